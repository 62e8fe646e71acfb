"""Reads OASIS genericode 1.0 with the metadata of the XÖV handbook (annotations of generations 1 to 4).

Refused: what is hostile or no genericode, lists without rows of their own (references to other files), an empty code,
the same code twice, and what exceeds the bounds. Values keep their wording; only blanks around and Unicode forms are
made one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date

from lxml import etree

from stadtamt.forms.codelists.columns import Key, Roles, code_column, roles, says_something
from stadtamt.forms.codelists.model import MAX_CODE, MAX_ENTRIES, MAX_NAME, CodeList, CodeListRefused, Column, Entry
from stadtamt.kernel.xml import XmlRefused, parse_xml

MAX_BYTES = 20_000_000
MAX_SIGNS = 1_500_000  # of "<": bounds the elements, and so the memory
MAX_DEPTH = 40
MAX_COLUMNS = 100
MAX_VALUE = 10_000
_NAMESPACE = "http://docs.oasis-open.org/codelist/ns/genericode/1.0/"
_FROM = frozenset({"validfrom", "datumgueltigkeitab"})
_TO = frozenset({"validto", "validuntil", "datumgueltigkeitbis"})
_GERMAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_ISO_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:Z|T[0-9:.]*Z?|[+-]\d{2}:\d{2})?")


def read_genericode(data: bytes, *, code_column: str = "", name_column: str = "", source: str = "") -> CodeList:
    """The list. A column may be asked for by its id or by the id of its key; CodeListRefused with line and sentence."""
    if data.count(b"<") > MAX_SIGNS:
        raise CodeListRefused("Die Codeliste hat zu viele Elemente.")
    try:
        root = parse_xml(data, max_bytes=MAX_BYTES, max_depth=MAX_DEPTH)
    except XmlRefused as refused:
        raise CodeListRefused(refused.sentence, line=refused.line) from refused
    if root.tag != f"{{{_NAMESPACE}}}CodeList":
        raise _refused(root, "Die Datei ist keine Codeliste im Format genericode 1.0")
    identity = _identity(root)
    columns, keys = _column_set(root)
    return _assembled(root, identity, columns, keys, code_column, name_column, source)


def _assembled(
    root: etree._Element,
    identity: Mapping[str, str],
    columns: tuple[Column, ...],
    keys: tuple[Key, ...],
    wanted_code: str,
    wanted_name: str,
    source: str,
) -> CodeList:
    code = code_column(columns, keys, wanted_code)
    lines: list[int] = []
    rows = list(_rows(root, columns, lines))
    own = (identity["short_name"], identity["uri"].rpartition(":")[2])
    found = roles(columns, keys, rows, code=code, names=own, wanted=wanted_name)
    notes = {_local(element).lower(): (element.text or "").strip() for element in _annotation(root)}
    return CodeList(
        **identity,
        valid_from=_first_date(notes, _FROM),
        valid_to=_first_date(notes, _TO),
        entries=_entries(rows, lines, found),
        columns=columns,
        code_column=code,
        name_column=found.names[0],
        source=source,
    )


def _identity(root: etree._Element) -> dict[str, str]:
    element = _child(root, "Identification")
    if element is None:
        raise _refused(root, "Der Codeliste fehlt der Abschnitt „Identification“")
    uri, version, version_uri = (
        _text(_child(element, name)) for name in ("CanonicalUri", "Version", "CanonicalVersionUri")
    )
    if not uri and version and version_uri.endswith(f"_{version}"):
        uri = version_uri.removesuffix(f"_{version}")
    if not uri:
        raise _refused(element, "Der Codeliste fehlt die Kennung „CanonicalUri“")
    if not version and version_uri.startswith(f"{uri}_"):
        version = version_uri.removeprefix(f"{uri}_")
    short, long = _spoken(element, "ShortName"), _spoken(element, "LongName")
    agency = _child(element, "Agency")
    by = "" if agency is None else _spoken(agency, "LongName") or _spoken(agency, "ShortName")
    return {
        "uri": uri,
        "version": version,
        "version_uri": version_uri or (f"{uri}_{version}" if version else uri),
        "name": long or short or uri,
        "short_name": short,
        "agency": by,
    }


def _column_set(root: etree._Element) -> tuple[tuple[Column, ...], tuple[Key, ...]]:
    element = _child(root, "ColumnSet")
    declared = [] if element is None else _children(element, "Column")
    if element is None or not declared:
        raise _refused(root, "Die Codeliste hat keine eigenen Spalten")
    if len(declared) > MAX_COLUMNS:
        raise _refused(declared[MAX_COLUMNS], f"Die Codeliste hat mehr als {MAX_COLUMNS} Spalten")
    columns: dict[str, Column] = {}
    for each in declared:
        column = _column(each)
        if not column.id or column.id in columns:
            raise _refused(each, "Eine Spalte der Codeliste hat keine eigene Kennung")
        columns[column.id] = column
    keys = tuple(_key(each) for each in _children(element, "Key"))
    for key in keys:
        if set(key.columns) - set(columns):
            raise _refused(
                element, f"Der Schlüssel „{key.id}“ der Codeliste verweist auf eine Spalte, die es nicht gibt"
            )
    return tuple(columns.values()), keys


def _column(element: etree._Element) -> Column:
    data = _child(element, "Data")
    return Column(
        id=element.get("Id", "").strip(),
        name=_spoken(element, "LongName") or _spoken(element, "ShortName"),
        type="string" if data is None else data.get("Type", "string").rpartition(":")[2],
        required=element.get("Use") == "required",
    )


def _key(element: etree._Element) -> Key:
    marks = (_local(each).lower() for note in _children(element, "Annotation") for each in note.iter("{*}*"))
    columns = tuple(each.get("Ref", "").strip() for each in _children(element, "ColumnRef"))
    return Key(element.get("Id", "").strip(), columns, frozenset(marks))


def _rows(root: etree._Element, columns: tuple[Column, ...], lines: list[int]) -> Iterator[dict[str, str]]:
    body = _child(root, "SimpleCodeList")
    if body is None:
        raise _refused(root, "Die Codeliste enthält keine Einträge (Abschnitt „SimpleCodeList“)")
    ids = [column.id for column in columns]
    at = {each: number for number, each in enumerate(ids)}
    for element in body:
        if _local(element) != "Row":
            continue
        if len(lines) >= MAX_ENTRIES:
            raise _refused(element, f"Die Codeliste hat mehr als {MAX_ENTRIES:,} Einträge".replace(",", "."))
        lines.append(_line(element))
        yield _row(element, ids, at)


def _row(element: etree._Element, ids: list[str], at: Mapping[str, int]) -> dict[str, str]:
    """The values that are not empty. A value that names no column belongs to the one after the last."""
    row: dict[str, str] = {}
    seen: set[int] = set()
    next_one = 0
    for value in element:
        if _local(value) != "Value":
            continue
        reference = value.get("ColumnRef")
        number = next_one if reference is None else at.get(reference.strip(), -1)
        if not 0 <= number < len(ids):
            raise _refused(value, "Ein Wert der Codeliste gehört zu keiner Spalte")
        if number in seen:
            raise _refused(value, f"Ein Eintrag der Codeliste hat zwei Werte in der Spalte „{ids[number]}“")
        seen.add(number)
        next_one = number + 1
        text = _text(_child(value, "SimpleValue"))
        if len(text) > MAX_VALUE:
            raise _refused(value, f"Ein Wert der Codeliste ist länger als {MAX_VALUE} Zeichen")
        if text:
            row[ids[number]] = text
    return row


def _entries(rows: list[dict[str, str]], lines: list[int], found: Roles) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    first: dict[str, int] = {}
    for row, line in zip(rows, lines, strict=True):
        entry = _entry(row, found)
        if not entry.code:
            raise CodeListRefused(f"Ein Eintrag der Codeliste hat keinen Code (Zeile {line}).", line=line)
        if len(entry.code) > MAX_CODE or len(entry.name) > MAX_NAME:
            raise CodeListRefused(f"Ein Eintrag der Codeliste ist zu lang (Zeile {line}).", line=line)
        if entry.code in first:
            sentence = (
                f"Der Code „{entry.code}“ steht zweimal in der Codeliste (Zeilen {first[entry.code]} und {line})."
            )
            raise CodeListRefused(sentence, line=line)
        first[entry.code] = line
        entries.append(entry)
    if not entries:
        raise CodeListRefused("Die Codeliste enthält keine Einträge.")
    return tuple(entries)


def _entry(row: dict[str, str], found: Roles) -> Entry:
    code = row.get(found.code, "")
    name_from = next((each for each in found.names if says_something(row.get(each))), found.code)
    name = " ".join(row.get(name_from, "").split())
    also = dict.fromkeys(" ".join(row[each].split()) for each in found.also if says_something(row.get(each)))
    also.pop(name, None)
    more = {each: value for each, value in row.items() if each not in (found.code, name_from)}
    return Entry(
        code=code,
        name=name,
        valid_from=read_date(row.get(found.valid_from, "")),
        valid_to=read_date(row.get(found.valid_to, "")),
        also=tuple(also),
        more=more,
    )


def read_date(text: str) -> date | None:
    """2024-08-01, also with a time behind it, or 1.8.2024; None for anything else."""
    try:
        if iso := _ISO_DATE.fullmatch(text):
            return date.fromisoformat(iso[1])
        if german := _GERMAN_DATE.fullmatch(text):
            return date(int(german[3]), int(german[2]), int(german[1]))
    except ValueError:
        return None
    return None


def _first_date(notes: Mapping[str, str], names: frozenset[str]) -> date | None:
    return next((day for name in sorted(names) if (day := read_date(notes.get(name, "")))), None)


def _annotation(root: etree._Element) -> Iterator[etree._Element]:
    for note in _children(root, "Annotation"):
        yield from note.iter("{*}*")


def _line(element: etree._Element) -> int:
    line = element.sourceline
    return line if isinstance(line, int) else 1


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((each for each in element if _local(each) == name), None)


def _children(element: etree._Element, name: str) -> list[etree._Element]:
    return [each for each in element if _local(each) == name]


def _spoken(element: etree._Element, name: str) -> str:
    """The German text where there are several, else the first."""
    told = _children(element, name)
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    german = [each for each in told if each.get(language, "").lower().startswith("de")]
    return _text(next(iter(german or told), None))


def _text(element: etree._Element | None) -> str:
    if element is None or not element.text:
        return ""
    return unicodedata.normalize("NFC", element.text).strip()


def _refused(element: etree._Element, what: str) -> CodeListRefused:
    line = _line(element)
    return CodeListRefused(f"{what} (Zeile {line}).", line=line)
