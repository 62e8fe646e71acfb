"""A small package and a small registry for the tests of trust."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from stadtamt.packages.archive import AuthorKey, pack
from stadtamt.packages.trust import Registry, RegistryKeys, add, create, publish

NOW = datetime(2026, 5, 11, 8, 0, tzinfo=UTC)
AUTHOR, STRANGER = AuthorKey.generate(), AuthorKey.generate()


def package_files(
    service: str = "anwohnerparken", version: str = "1.0.0", *, title: str = "Bewohnerparkausweis", more: str = ""
) -> dict[str, bytes]:
    """The files of a package that can be read, though not used."""
    manifest = f"""
[service]
id = "{service}"
version = "{version}"
title = "{title}"
summary = "Vor der eigenen Tür parken."
synonyms = ["Parkausweis", "Anwohnerparken"]
legal_bases = ["§ 6a StVG"]
[deadlines]
processing_days = 5
[person]
name = "answers.name"
"""
    texts = {"service.toml": manifest, "form.yaml": more, "process.bpmn": "", "rules.dmn": ""}
    return {name: text.encode() for name, text in texts.items()}


def archive_of(
    service: str = "anwohnerparken", version: str = "1.0.0", *, author: AuthorKey = AUTHOR, **words: str
) -> bytes:
    return pack(package_files(service, version, **words), author)


@dataclass
class Place:
    """A registry folder, its keys, and where an installation keeps what it knows."""

    folder: Path
    keys: RegistryKeys
    known: Path

    def publish(self, *archives: bytes, now: datetime = NOW) -> None:
        publish(self.folder, self.keys, archives, now=now)

    def metadata(self, name: str) -> Path:
        return self.folder / "metadata" / name

    @property
    def root(self) -> bytes:
        return self.metadata("1.root.json").read_bytes()

    def known_as(self, name: str, *, address: str = "", now: datetime = NOW) -> Registry:
        return add(self.known, name=name, address=address or str(self.folder), root=self.root, now=now)


def make_place(folder: Path, *archives: bytes) -> Place:
    place = Place(folder / "registry", RegistryKeys(folder / "keys"), folder / "known")
    create(place.folder, place.keys, now=NOW)
    if archives:
        place.publish(*archives)
    return place
