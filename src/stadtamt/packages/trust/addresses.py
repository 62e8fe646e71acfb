"""Where a registry lies: a folder, or an address of the web."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from stadtamt.packages.trust.problems import AddressRefused

_HOST = re.compile(r"[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]")
_PATH = re.compile(r"(?:/[A-Za-z0-9._~-]+)*/?")


@dataclass(frozen=True, slots=True)
class WebAddress:
    """`path` begins with a slash and ends without."""

    secure: bool
    host: str
    port: int
    path: str


def parse_address(address: str) -> Path | WebAddress:
    """Raises AddressRefused for anything but ``http(s)://host[:port]/path`` and an absolute folder."""
    if "://" not in address:
        folder = Path(address)
        if not address or "\0" in address or not folder.is_absolute():
            raise AddressRefused("Bitte einen ganzen Pfad oder eine Adresse mit http:// oder https:// angeben.")
        return folder
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise AddressRefused("Diese Adresse ist nicht lesbar.") from None
    if parts.scheme not in ("http", "https"):
        raise AddressRefused(f"Ein Register wird mit http oder https gelesen, nicht mit „{parts.scheme[:20]}“.")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise AddressRefused("Die Adresse eines Registers enthält weder Zugangsdaten noch „?“ oder „#“.")
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
    if not _HOST.fullmatch(host) or not _PATH.fullmatch(parts.path) or ".." in parts.path.split("/"):
        raise AddressRefused("Diese Adresse ist nicht lesbar.")
    secure = parts.scheme == "https"
    return WebAddress(secure, host.strip("[]"), port or (443 if secure else 80), parts.path.rstrip("/"))
