"""The container: a narrow profile of ZIP, so that anybody can look inside with the tools of any computer.

Stored, never compressed; entries one after another from the first byte to the last; no comments, no extra fields, no
dates, no flags. There is exactly one way to write given entries, and nothing else is read.
"""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from stadtamt.packages.archive.names import check_entry_name, check_entry_names
from stadtamt.packages.archive.problems import ArchiveDamaged, ArchiveTooLarge, EntryRefused

MAX_ARCHIVE_BYTES = 10_000_000
MAX_ENTRY_BYTES, MAX_LARGE_BYTES = 1_000_000, 6_000_000
LARGE = frozenset({"form.xdf.xml"})
"""Entries that may be large: the data schemas of FIM."""
MAX_ENTRIES = 300

_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\3\4", b"PK\1\2", b"PK\5\6"
_MADE_BY, _NEEDED = (3 << 8) | 20, 20
_NO_TIME, _NO_DATE = 0, (1 << 5) | 1  # 1 January 1980, the first day that ZIP can say
_MODE = (stat.S_IFREG | 0o644) << 16
_ENCRYPTED, _DESCRIPTOR = 0x0001, 0x0008


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    content: bytes
    offset: int
    checksum: int


def write_container(entries: Mapping[str, bytes]) -> bytes:
    """The entries in the given order as one file. Raises what ``read_container`` would raise for it."""
    check_entry_names(entries)
    if len(entries) > MAX_ENTRIES:
        raise ArchiveTooLarge(f"Das Archiv hat mehr als {MAX_ENTRIES} Einträge.")
    body, listing = bytearray(), bytearray()
    for name, content in entries.items():
        _check_size(name, len(content))
        raw, checksum, size = name.encode("ascii"), zlib.crc32(content), len(content)
        shared = (_NEEDED, 0, 0, _NO_TIME, _NO_DATE, checksum, size, size, len(raw), 0)
        listing += _CENTRAL.pack(_CENTRAL_MARK, _MADE_BY, *shared, 0, 0, 0, _MODE, len(body)) + raw
        body += _LOCAL.pack(_LOCAL_MARK, *shared) + raw + content
    count = len(entries)
    data = bytes(body + listing + _END.pack(_END_MARK, 0, 0, count, count, len(listing), len(body), 0))
    if len(data) > MAX_ARCHIVE_BYTES:
        raise ArchiveTooLarge("Das Archiv ist größer als 10 MB.")
    return data


def read_container(data: bytes) -> dict[str, bytes]:
    """The entries in their order. Raises ArchiveDamaged, ArchiveTooLarge or EntryRefused; nothing is ever unpacked."""
    if len(data) > MAX_ARCHIVE_BYTES:
        raise ArchiveTooLarge("Das Archiv ist größer als 10 MB.")
    count, listing_at = _end(data)
    entries = _entries(data, listing_at)
    if len(entries) != count:
        raise ArchiveDamaged(f"Das Archiv kündigt {count} Einträge an, enthält aber {len(entries)}.")
    _check_listing(data, listing_at, entries)
    check_entry_names(entry.name for entry in entries)
    found = {entry.name: entry.content for entry in entries}
    if write_container(found) != data:
        raise ArchiveDamaged("Das Archiv ist anders geschrieben, als ein Leistungsarchiv geschrieben wird.")
    return found


def _end(data: bytes) -> tuple[int, int]:
    """Number of entries and place of the listing, from the end of the file."""
    if not data.startswith(_LOCAL_MARK):
        if _LOCAL_MARK in data:
            raise ArchiveDamaged("Vor dem Anfang des Archivs stehen fremde Daten.")
        raise ArchiveDamaged("Die Datei ist kein Leistungsarchiv.")
    start = len(data) - _END.size
    if start < 0 or data[start : start + 4] != _END_MARK:
        found = data.rfind(_END_MARK)
        if found < 0 or found > start:
            raise ArchiveDamaged("Das Archiv bricht vor seinem Ende ab.")
        if _END.unpack_from(data, found)[7]:
            raise ArchiveDamaged("Das Archiv trägt einen Kommentar; das ist nicht erlaubt.")
        raise ArchiveDamaged("Nach dem Ende des Archivs folgen fremde Daten.")
    _, disk, first_disk, here, count, size, listing_at, comment = _END.unpack_from(data, start)
    if comment:
        raise ArchiveDamaged("Das Archiv bricht vor seinem Ende ab.")
    if disk or first_disk or here != count:
        raise ArchiveDamaged("Das Archiv ist auf mehrere Dateien verteilt.")
    if count > MAX_ENTRIES:
        raise ArchiveTooLarge(f"Das Archiv hat mehr als {MAX_ENTRIES} Einträge.")
    if listing_at + size != start:
        raise ArchiveDamaged("Das Inhaltsverzeichnis liegt nicht dort, wo das Archiv es angibt.")
    return count, listing_at


def _entries(data: bytes, listing_at: int) -> list[_Entry]:
    entries: list[_Entry] = []
    at = 0
    while at < listing_at:
        entry = _entry(data, at, listing_at)
        entries.append(entry)
        if len(entries) > MAX_ENTRIES:
            raise ArchiveTooLarge(f"Das Archiv hat mehr als {MAX_ENTRIES} Einträge.")
        at += _LOCAL.size + len(entry.name) + len(entry.content)
    return entries


def _entry(data: bytes, at: int, listing_at: int) -> _Entry:
    if at + _LOCAL.size > listing_at or data[at : at + 4] != _LOCAL_MARK:
        raise ArchiveDamaged("Zwischen den Einträgen des Archivs liegen fremde Daten.")
    _, _, flags, method, _, _, checksum, stored, size, name_length, extra = _LOCAL.unpack_from(data, at)
    name_at = at + _LOCAL.size
    name = _name(data[name_at : name_at + name_length])
    check_entry_name(name)
    for refused, reason in (
        (flags & _ENCRYPTED, f"Der Eintrag „{name}“ ist verschlüsselt."),
        (flags & _DESCRIPTOR, f"Der Eintrag „{name}“ nennt seine Größe erst hinterher; das ist nicht erlaubt."),
        (flags, f"Der Eintrag „{name}“ trägt unbekannte Merkmale."),
        (method, f"Der Eintrag „{name}“ ist komprimiert; ein Leistungsarchiv enthält nichts Komprimiertes."),
        (extra, f"Der Eintrag „{name}“ trägt Zusatzangaben; das ist nicht erlaubt."),
        (stored != size, f"Der Eintrag „{name}“ nennt zwei verschiedene Größen."),
    ):
        if refused:
            raise EntryRefused(reason)
    _check_size(name, size)
    start = name_at + name_length
    if start + size > listing_at:
        raise ArchiveDamaged(f"Der Eintrag „{name}“ nennt mehr Daten, als das Archiv enthält.")
    content = data[start : start + size]
    if zlib.crc32(content) != checksum:
        raise ArchiveDamaged(f"Der Eintrag „{name}“ ist beschädigt: Die Prüfzahl stimmt nicht.")
    return _Entry(name, content, at, checksum)


def _check_size(name: str, size: int) -> None:
    most = MAX_LARGE_BYTES if name in LARGE else MAX_ENTRY_BYTES
    if size > most:
        raise ArchiveTooLarge(f"Der Eintrag „{name}“ ist größer als {most // 1_000_000} MB.")


def _check_listing(data: bytes, at: int, entries: list[_Entry]) -> None:
    """The listing at the end says the same as the entries themselves, or two readers would see two archives."""
    for entry in entries:
        if data[at : at + 4] != _CENTRAL_MARK or at + _CENTRAL.size > len(data):
            raise ArchiveDamaged("Das Inhaltsverzeichnis des Archivs ist unvollständig.")
        fields = _CENTRAL.unpack_from(data, at)
        flags, method, checksum, stored, size, name_length, extra, comment = (*fields[3:5], *fields[7:13])
        attributes, offset = fields[15], fields[16]
        name = _name(data[at + _CENTRAL.size : at + _CENTRAL.size + name_length])
        check_entry_name(name)
        if comment:
            raise EntryRefused(f"Der Eintrag „{name}“ trägt einen Kommentar; das ist nicht erlaubt.")
        if offset != entry.offset:
            raise ArchiveDamaged(f"Der Eintrag „{name}“ überlappt einen anderen oder liegt an anderer Stelle.")
        if name != entry.name:
            raise ArchiveDamaged(f"„{entry.name}“ heißt im Inhaltsverzeichnis „{name}“.")
        _check_kind(name, attributes >> 16)
        if (flags, method, extra) != (0, 0, 0) or (checksum, stored, size) != (
            entry.checksum,
            *[len(entry.content)] * 2,
        ):
            raise ArchiveDamaged(f"Das Inhaltsverzeichnis beschreibt „{name}“ anders als der Eintrag selbst.")
        at += _CENTRAL.size + name_length


def _check_kind(name: str, mode: int) -> None:
    if stat.S_ISLNK(mode):
        raise EntryRefused(f"Der Eintrag „{name}“ ist eine Verknüpfung auf eine andere Datei.")
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        raise EntryRefused(f"Der Eintrag „{name}“ ist keine gewöhnliche Datei.")
    if mode & 0o7111:
        raise EntryRefused(f"Der Eintrag „{name}“ ist als ausführbar gekennzeichnet.")


def _name(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise EntryRefused("Der Name eines Eintrags ist nicht in UTF-8 geschrieben.") from None
