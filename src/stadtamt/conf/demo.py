"""The demonstration: three towns on one machine, the same package, each with the figures of its own bylaw."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyotp
from django.conf import settings

from stadtamt.kernel.ids import readable_code
from stadtamt.kernel.models import HostName, Municipality, Staff
from stadtamt.kernel.models.staff import Role
from stadtamt.kernel.rights import set_totp_secret
from stadtamt.kernel.tenancy import within
from stadtamt.notices.credentials import keep_credentials
from stadtamt.notices.seal import make_demo_certificate
from stadtamt.packages.actions import install
from stadtamt.packages.format.files import files_of_folder, text_of
from stadtamt.packages.format.layer import read_layer
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.models import Installation

PACKAGE = "hundesteuer-anmelden"
CLERK, OFFICER = "amt", "lotse"


@dataclass(frozen=True, slots=True)
class DemoTown:
    """A town of the demonstration. Bank and telephone are made up: no payment and no call may reach anybody."""

    key: str
    ars: str
    name: str
    office_name: str
    postcode: str
    accent: str
    clerk: str
    officer: str


TOWNS = (
    DemoTown("konstanz", "083355004043", "Konstanz", "Stadt Konstanz", "78459", "", "Jana Beispiel", "Rosa Lotse"),
    DemoTown(
        "hattenhofen",
        "081175009029",
        "Hattenhofen",
        "Gemeinde Hattenhofen",
        "73110",
        "green",
        "Kemal Muster",
        "Piet Lotse",
    ),
    DemoTown("bad-boll", "081175009012", "Bad Boll", "Gemeinde Bad Boll", "73087", "violet", "Oda Probe", "Enno Lotse"),
)


def seed(*, port: int) -> dict[str, Any]:
    """Lay the towns, their package, a clerk and a digital officer each; may be run again. What to print."""
    urls: list[tuple[str, str]] = []
    logins: list[tuple[str, ...]] = []
    secrets_file = settings.DATA / "demo.json"
    known: dict[str, dict[str, str]] = json.loads(secrets_file.read_text()) if secrets_file.exists() else {}
    for entry in TOWNS:
        address = f"http://{entry.key}.localhost:{port}"
        town = lay_town(entry, web=address)
        with within(town):
            if entry.key not in known:
                known[entry.key] = lay_clerk(entry)
            if _of_officer(entry.key) not in known:
                known[_of_officer(entry.key)] = lay_officer(entry)
            install_packages(entry.key)
        urls.append((entry.office_name, f"{address}/"))
        place, code = f"{entry.office_name}, {address}/amt/", f"./stadtamt code {entry.key}"
        logins.append((place, CLERK, known[entry.key]["password"], code))
        logins.append((place, OFFICER, known[_of_officer(entry.key)]["password"], f"{code} --as {OFFICER}"))
    _keep(secrets_file, known)
    return {"urls": urls, "logins": logins}


def lay_town(entry: DemoTown, *, web: str) -> Municipality:
    """The town with its host name and a seal of its own, marked as demonstration."""
    town, _ = Municipality.objects.update_or_create(
        ars=entry.ars,
        defaults={
            "name": entry.name,
            "office_name": entry.office_name,
            "land": "BW",
            "street": "Musterstraße 1",
            "postcode": entry.postcode,
            "place": entry.name,
            "phone": "07000 000000",
            "mail": f"buergerbuero@{entry.key}.invalid",
            "web": web,
            "iban": "DE02120300000000202051",
            "bic": "BYLADEM1001",
            "bank": "Beispielbank",
            "accent": entry.accent,
        },
    )
    HostName.objects.update_or_create(host=f"{entry.key}.localhost", defaults={"municipality": town})
    if not town.seal_key:
        keep_credentials(municipality=town, credentials=make_demo_certificate(entry.office_name))
    return town


def lay_clerk(entry: DemoTown) -> dict[str, str]:
    """A clerk with a random password and code secret, made once."""
    return _lay_person(CLERK, entry.clerk, Role.CLERK)


def lay_officer(entry: DemoTown) -> dict[str, str]:
    """The town's digital officer, likewise."""
    return _lay_person(OFFICER, entry.officer, Role.OFFICER)


def _lay_person(username: str, name: str, role: Role) -> dict[str, str]:
    password, totp = readable_code(groups=4), pyotp.random_base32()
    person, _ = Staff.objects.get_or_create(username=username, defaults={"name": name, "role": role})
    person.set_password(password)
    set_totp_secret(person, totp)
    person.save()
    return {"password": password, "totp": totp}


def install_package(key: str, package: str = PACKAGE) -> None:
    """A shipped package with the settings of this town."""
    folder: Path = settings.SERVICES / package
    files = files_of_folder(folder)
    install(files=files, layer=read_layer(text_of(files, f"parameters/{key}.toml")))


def install_packages(key: str) -> None:
    """Every shipped package for which this town has settings; what is in force already in this version stays."""
    installed = {one.key: one.version for one in Installation.objects.select_related("package")}
    for folder in sorted(settings.SERVICES.iterdir()):
        files = files_of_folder(folder)
        if f"parameters/{key}.toml" in files and installed.get(folder.name) != read_package(files).version:
            install_package(key, folder.name)


def present_code(key: str, username: str = CLERK) -> str | None:
    """The one-time code that the clerk or the digital officer of a demonstration town needs now."""
    file = settings.DATA / "demo.json"
    known = json.loads(file.read_text()) if file.exists() else {}
    account = known.get(key if username == CLERK else f"{key}/{username}")
    return pyotp.TOTP(account["totp"]).now() if account else None


def _of_officer(key: str) -> str:
    return f"{key}/{OFFICER}"


def _keep(file: Path, known: dict[str, dict[str, str]]) -> None:
    temporary = file.with_suffix(f".{secrets.token_hex(4)}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as stream:
        json.dump(known, stream)
    temporary.replace(file)
