"""The digital officer with a browser that has no JavaScript: opens the pages of services, sends back what they hold."""

from __future__ import annotations

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from stadtamt.kernel.models import Municipality
from stadtamt.kernel.models.staff import Role
from stadtamt.packages.archive import AuthorKey, pack
from stadtamt.packages.format.files import Files
from support.staff import Desk

LIST = "/amt/leistungen/"


class Officer:
    """The digital officer of a town, at the pages of services."""

    def __init__(self, town: Municipality, host: str = "konstanz.localhost") -> None:
        self.town = town
        self.client = Desk(town, host, Role.OFFICER).client

    def page(self, path: str = "") -> str:
        response = self.client.get(f"{LIST}{path}", follow=True)
        assert response.status_code == 200, response.content.decode()[:1500]
        return str(response.content.decode())

    def post(self, path: str, data: dict[str, Any]) -> Any:
        return self.client.post(f"{LIST}{path}", data)

    def take(self, key: str) -> str:
        """Fetch a shipped package; the address of its settings."""
        response = self.post("uebernehmen/", {"source": "", "key": key})
        assert response.status_code == 302, response.content.decode()[:1500]
        self.client.get(response["Location"])
        return f"{key}/einstellungen/"

    def upload(self, files: Files, key: AuthorKey) -> Any:
        """Send a package as a signed file."""
        return self.upload_bytes(pack(files, key))

    def upload_bytes(self, content: bytes) -> Any:
        return self.post("hochladen/", {"archive": SimpleUploadedFile("paket.leistung", content)})

    def typed(self, path: str) -> dict[str, Any]:
        """What a browser would send back if nothing was changed."""
        return inputs(self.page(path))


def inputs(html: str) -> dict[str, Any]:
    """The successful controls of the page's form."""
    form = html.partition('<form class="st-settings"')[2].partition("</form>")[0]
    found: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and (('type="radio"' not in tag and 'type="checkbox"' not in tag) or " checked" in tag):
            found[name[1]] = _plain(value[1]) if value else ""
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\n?([^<]*)</textarea>', form):
        found[name] = _plain(text)
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        found[name] = _plain(chosen[1]) if chosen else ""
    found.pop("example", None)
    return found


def _plain(text: str) -> str:
    for sign, plain in (("&quot;", '"'), ("&#x27;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(sign, plain)
    return text
