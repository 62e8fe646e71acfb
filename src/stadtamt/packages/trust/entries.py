"""What a registry says about one archive: the signed words beside its digest, and how they are searched."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from stadtamt.packages.archive import EXTENSION, Archive
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.files import check_package_id
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.reader import version_key
from stadtamt.packages.trust.problems import RegistryTampered

_VERSION = re.compile(r"\d{1,4}\.\d{1,4}\.\d{1,4}")
_KEY_ID = re.compile(r"[0-9a-f]{64}")
# What a town will fill in is open for who looks around.
_PLACE = re.compile(r"\{[^{}]*\}")
_LONGEST = {"title": 200, "summary": 1000, "maturity": 60, "matter": 60}
MAX_SYNONYMS = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One version of one service in a registry. `author` is the key id of who signed the archive."""

    service: str
    version: str
    title: str
    summary: str
    synonyms: tuple[str, ...]
    matter: str
    maturity: str
    author: str
    published: date

    @property
    def path(self) -> str:
        """Where the archive lies, below ``targets/``."""
        return f"{self.service}/{self.service}-{self.version}{EXTENSION}"

    def as_custom(self) -> dict[str, Any]:
        """The words as they stand in the signed metadata."""
        return {
            "service": self.service,
            "version": self.version,
            "title": self.title,
            "summary": self.summary,
            "synonyms": list(self.synonyms),
            "matter": self.matter,
            "maturity": self.maturity,
            "author": self.author,
            "published": self.published.isoformat(),
        }


def entry_of(package: Package, archive: Archive, *, maturity: str, published: date) -> Entry:
    """The entry of a package, from what is in its archive and nothing else."""
    service = package.service
    return Entry(
        service=package.id,
        version=package.version,
        title=_PLACE.sub("…", str(service["title"]))[: _LONGEST["title"]],
        summary=_PLACE.sub("…", str(service["summary"]))[: _LONGEST["summary"]],
        synonyms=tuple(str(word)[:100] for word in service.get("synonyms", ()))[:MAX_SYNONYMS],
        matter=package.matter[: _LONGEST["matter"]],
        maturity=maturity[: _LONGEST["maturity"]],
        author=archive.key_id,
        published=published,
    )


def read_entry(path: str, custom: Any) -> Entry:
    """The entry of a target. Raises RegistryTampered where a registry signed words that mean nothing."""
    try:
        words = {key: _text(custom, key, longest) for key, longest in _LONGEST.items()}
        synonyms = custom["synonyms"]
        if not isinstance(synonyms, list) or len(synonyms) > MAX_SYNONYMS:
            raise ValueError
        entry = Entry(
            service=check_package_id(_text(custom, "service", 60)),
            version=check_version(_text(custom, "version", 20)),
            author=_fitting(_KEY_ID, _text(custom, "author", 64)),
            published=date.fromisoformat(_text(custom, "published", 10)),
            synonyms=tuple(_text({"": word}, "", 100) for word in synonyms),
            **words,
        )
        if entry.path != path:
            raise ValueError
    except (KeyError, TypeError, ValueError, AttributeError, PackageProblem):
        raise RegistryTampered("Das Register beschreibt ein Archiv mit unlesbaren Angaben.", file=path[:120]) from None
    return entry


def check_version(version: str) -> str:
    """Three numbers with points between them, or ValueError."""
    return _fitting(_VERSION, version)


def newest(entries: Iterable[Entry]) -> Entry | None:
    """The entry with the highest version."""
    return max(entries, key=lambda entry: version_key(entry.version), default=None)


def found_by(text: str, entries: Iterable[Entry]) -> list[Entry]:
    """The newest entry of every service in which all the words occur; where they stand in the title first."""
    words = folded(text).split()
    services: dict[str, list[Entry]] = {}
    for entry in entries:
        services.setdefault(entry.service, []).append(entry)
    latest = (newest(versions) for versions in services.values())
    hits = [entry for entry in latest if entry and all(word in _everything(entry) for word in words)]
    return sorted(hits, key=lambda entry: (-sum(word in folded(entry.title) for word in words), entry.title))


def folded(text: str) -> str:
    """Without marks and capitals: ``Straße`` and ``strasse`` are found by each other."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _everything(entry: Entry) -> str:
    return folded(" ".join((entry.title, entry.summary, entry.service, entry.matter, *entry.synonyms)))


def _text(data: Mapping[str, Any], key: str, longest: int) -> str:
    value = data[key]
    if (
        not isinstance(value, str)
        or len(value) > longest
        or not all(sign.isprintable() or sign == "\n" for sign in value)
    ):
        raise ValueError
    return value


def _fitting(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError
    return text
