"""Reads a service package from its files. Nothing in it is code; every file is read as hostile."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from stadtamt.decisions.dmn import DecisionModelError, merge_sources
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.files import Files, check_package_id, text_of, toml_of
from stadtamt.packages.format.form_file import form_of
from stadtamt.packages.format.package import Entry, LetterFile, Package
from stadtamt.packages.format.parameters import Parameter, read_parameters

MANIFEST = "service.toml"
SECTIONS = frozenset(
    {
        *("service", "automation", "deadlines", "remedy", "efile", "costs", "outcome", "person"),
        *("letter", "parameter", "share"),
    }
)
_VERSION = re.compile(r"\d{1,4}\.\d{1,4}\.\d{1,4}")
_LETTER = re.compile(r"[a-z][a-z0-9-]{0,59}")


def read_package(files: Files) -> Package:
    """The package in these files. Raises PackageProblem with the file and a German sentence."""
    return read_with_form(files, form_of(files).source)


def read_with_form(files: Files, form: str) -> Package:
    """The package with this form, as text, in the place of its own. Raises PackageProblem."""
    manifest = toml_of(files, MANIFEST)
    for section in manifest:
        if section not in SECTIONS:
            raise PackageProblem(MANIFEST, f"Den Abschnitt „{section}“ gibt es nicht.")
    service = _table(manifest, "service", required=True)
    return Package(
        id=check_package_id(str(service.get("id", ""))),
        version=_version(service),
        service=_checked_service(service),
        automation=_table(manifest, "automation"),
        person=_table(manifest, "person", required=True),
        deadlines=_deadlines(manifest),
        remedy=_table(manifest, "remedy"),
        efile=_table(manifest, "efile"),
        outcome=_table(manifest, "outcome"),
        costs=_words(_table(manifest, "costs"), "examples", MANIFEST),
        parameters=_parameters(files, manifest),
        form=form,
        process=text_of(files, "process.bpmn"),
        rules=_rules(files),
        letters=tuple(_letter(files, entry) for entry in _tables(manifest, "letter")),
        entries=tuple(_entries(files)),
        texts=dict(_texts(files)),
        files=files,
    )


def newer(version: str, than: str) -> bool:
    """Whether a version follows another, part by part."""
    return version_key(version) > version_key(than)


def version_key(version: str) -> tuple[int, ...]:
    """A version in a form that sorts."""
    return tuple(int(part) for part in version.split("."))


def _version(service: Mapping[str, Any]) -> str:
    version = str(service.get("version", ""))
    if not _VERSION.fullmatch(version):
        raise PackageProblem(MANIFEST, "Die Version besteht aus drei Zahlen, zum Beispiel „1.0.0“.")
    return version


def _checked_service(service: dict[str, Any]) -> dict[str, Any]:
    for key in ("title", "summary"):
        if not isinstance(service.get(key), str) or not service[key].strip():
            raise PackageProblem(MANIFEST, f"Unter [service] fehlt „{key}“.")
    for key in ("synonyms", "life_events", "legal_bases", "needed", "channels"):
        value = service.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            raise PackageProblem(MANIFEST, f"„{key}“ unter [service] muss eine Liste von Texten sein.")
    return service


def _deadlines(manifest: Mapping[str, Any]) -> dict[str, Any]:
    deadlines = _table(manifest, "deadlines", required=True)
    days = deadlines.get("processing_days")
    if not isinstance(days, int) or isinstance(days, bool) or not 0 < days <= 730:
        raise PackageProblem(MANIFEST, "„processing_days“ unter [deadlines] muss eine Zahl von Tagen sein (1 bis 730).")
    if deadlines.get("law", "tax") not in ("tax", "administrative"):
        raise PackageProblem(MANIFEST, "„law“ unter [deadlines] ist „tax“ oder „administrative“.")
    return deadlines


def _parameters(files: Files, manifest: Mapping[str, Any]) -> tuple[Parameter, ...]:
    found = read_parameters(_tables(manifest, "parameter"))
    if "parameters.toml" in files:
        more = toml_of(files, "parameters.toml")
        found += read_parameters(_tables(more, "parameter", "parameters.toml"), file="parameters.toml")
    seen: set[str] = set()
    for parameter in found:
        if parameter.key in seen:
            raise PackageProblem(MANIFEST, f"Den Parameter „{parameter.key}“ gibt es zweimal.")
        seen.add(parameter.key)
    return found


def _rules(files: Files) -> str:
    """All decision tables as one document; shared rules lie in a file of their own."""
    sources = {name: content for name, content in files.items() if name.endswith(".dmn")}
    if "rules.dmn" not in sources:
        raise PackageProblem("rules.dmn", "Die Datei fehlt.")
    if len(sources) == 1:
        return text_of(files, "rules.dmn")
    return _merged(tuple(sorted(sources.items())))


@lru_cache(maxsize=32)
def _merged(sources: tuple[tuple[str, bytes], ...]) -> str:
    """A package is read many times on its way into a town, and a fifth of a second each time would be felt."""
    try:
        return merge_sources(dict(sources)).decode("utf-8")
    except DecisionModelError as fault:
        raise PackageProblem("rules.dmn", str(fault)) from fault


def _letter(files: Files, entry: Mapping[str, Any]) -> LetterFile:
    name = str(entry.get("id", ""))
    if not _LETTER.fullmatch(name):
        raise PackageProblem(MANIFEST, f"„{name[:60]}“ ist keine Kennung für einen Brief.")
    arrangement = f"letters/{name}.typ"
    return LetterFile(
        id=name,
        when=str(entry.get("when", "")),
        words=text_of(files, f"letters/{name}.yaml"),
        # Without an arrangement of its own a letter is set as the house sets its letters.
        arrangement=text_of(files, arrangement) if arrangement in files else "",
    )


def _entries(files: Files) -> Iterator[Entry]:
    if "catalogue.toml" not in files:
        return
    for entry in _tables(toml_of(files, "catalogue.toml"), "entry", "catalogue.toml"):
        yield Entry(
            key=check_package_id(str(entry.get("key", ""))),
            title=str(entry.get("title", "")),
            summary=str(entry.get("summary", "")),
            synonyms=_words(entry, "synonyms", "catalogue.toml"),
            life_events=_words(entry, "life_events", "catalogue.toml"),
            unit=str(entry.get("unit", "")),
        )


def _texts(files: Files) -> Iterator[tuple[str, dict[str, str]]]:
    """Translations by language. ``texts/de.toml`` holds short words and is no translation."""
    for name in files:
        if not name.startswith("texts/") or name == "texts/de.toml":
            continue
        table = toml_of(files, name)
        if not all(isinstance(text, str) for text in table.values()):
            raise PackageProblem(name, 'Jede Zeile hat die Form: "Adresse" = "Text".')
        yield name.removeprefix("texts/").removesuffix(".toml"), table


def _words(data: Mapping[str, Any], key: str, file: str) -> tuple[str, ...]:
    value = data.get(key, [])
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise PackageProblem(file, f"„{key}“ muss eine Liste von Texten sein.")
    return tuple(value)


def _table(manifest: Mapping[str, Any], name: str, *, required: bool = False) -> dict[str, Any]:
    value = manifest.get(name, {})
    if not isinstance(value, dict) or (required and not value):
        raise PackageProblem(MANIFEST, f"Der Abschnitt [{name}] fehlt.")
    return value


def _tables(data: Mapping[str, Any], name: str, file: str = MANIFEST) -> list[dict[str, Any]]:
    value = data.get(name, [])
    if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
        raise PackageProblem(file, f"„{name}“ wird als [[{name}]] geschrieben.")
    return value
