"""Archives with one thing wrong each: most made by the tools of the language, as a stranger would."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

from packages.trust.samples import AUTHOR, STRANGER, package_files
from stadtamt.packages.archive import AuthorKey, pack
from stadtamt.packages.archive.container import write_container
from stadtamt.packages.archive.sealing import MANIFEST, SIGNATURE, _json, _manifest

FILES = package_files()
GOOD = pack(FILES, AUTHOR)
MEGABYTE = 1_000_000


def zipped(
    *entries: tuple[zipfile.ZipInfo | str, bytes], comment: bytes = b"", method: int = zipfile.ZIP_STORED
) -> bytes:
    """What the standard library writes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for entry, content in entries:
            info = entry if isinstance(entry, zipfile.ZipInfo) else zipfile.ZipInfo(entry)
            info.compress_type = method
            info.external_attr = info.external_attr or 0o100644 << 16
            archive.writestr(info, content)
        archive.comment = comment
    return stream.getvalue()


def named(name: str, content: bytes = b"") -> bytes:
    """A good archive with one more entry of this name."""
    return zipped(*goods(), (name, content))


def goods() -> list[tuple[zipfile.ZipInfo | str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def special(mode: int, name: str = "form2.yaml", content: bytes = b"/etc/passwd") -> bytes:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return zipped(*goods(), (info, content))


def renamed(name: bytes, *, places: tuple[int, ...] = (1, 2)) -> bytes:
    """``form.yaml`` called otherwise: place 0 is the manifest, 1 the entry itself, 2 the listing."""
    parts = GOOD.split(b"form.yaml")
    return parts[0] + b"".join(
        (name if number in places else b"form.yaml") + part for number, part in enumerate(parts[1:])
    )


def local_changed(offset: int, form: str, value: int) -> bytes:
    """The first local header with another number in it."""
    data = bytearray(GOOD)
    struct.pack_into(form, data, offset, value)
    return bytes(data)


def central_changed(offset: int, form: str, value: int, *, entry: int = 0) -> bytes:
    """A row of the listing with another number in it."""
    data, at = bytearray(GOOD), -1
    for _ in range(entry + 1):
        at = data.index(b"PK\1\2", at + 1)
    struct.pack_into(form, data, at + offset, value)
    return bytes(data)


def end_changed(offset: int, form: str, value: int) -> bytes:
    data = bytearray(GOOD)
    struct.pack_into(form, data, len(data) - 22 + offset, value)
    return bytes(data)


def rewritten(
    change: Callable[[dict[str, bytes]], object], *, signer: AuthorKey | None = None, files: Mapping[str, bytes] = FILES
) -> bytes:
    """A container in order whose entries were changed; with `signer` the changed manifest is signed."""
    manifest = _manifest(files, AUTHOR.public_key)
    entries = {MANIFEST: manifest, SIGNATURE: b"", **{name: files[name] for name in sorted(files)}}
    entries[SIGNATURE] = signature(manifest, AUTHOR)
    change(entries)
    if signer:
        entries[SIGNATURE] = signature(entries[MANIFEST], signer)
    return write_container(entries)


def signature(manifest: bytes, key: AuthorKey) -> bytes:
    signed = key.sign(b"stadtamt-package/1 manifest\n" + manifest)
    return _json({"key_id": key.key_id, "signature": signed.hex()})


def manifest_with(**changes: object) -> Callable[[dict[str, bytes]], object]:
    def change(entries: dict[str, bytes]) -> None:
        entries[MANIFEST] = _json({**json.loads(entries[MANIFEST]), **changes})

    return change


def rows_with(change: Callable[[dict[str, str]], object]) -> bytes:
    def apply(entries: dict[str, bytes]) -> None:
        data = json.loads(entries[MANIFEST])
        change(data["files"])
        entries[MANIFEST] = _json(data)

    return rewritten(apply, signer=AUTHOR)


def bomb() -> bytes:
    """A thousand times larger than it looks."""
    return zipped(("service.toml", b"\0" * 5 * MEGABYTE), method=zipfile.ZIP_DEFLATED)


def nested() -> bytes:
    inner = bomb()
    return rewritten(lambda entries: None, files={**FILES, "form.yaml": zipped(("a", inner))})


def overlapping() -> bytes:
    """Two rows of the listing that lead to the same data, as in the quoted-overlap bombs."""
    first = GOOD.index(b"PK\1\2")
    return central_changed(42, "<I", 0, entry=1) if first else GOOD


def swapped_signature() -> bytes:
    other = pack({**FILES, "form.yaml": b"other"}, AUTHOR)
    with zipfile.ZipFile(io.BytesIO(other)) as archive:
        return rewritten(lambda entries: entries.update({SIGNATURE: archive.read(SIGNATURE)}))


def many() -> bytes:
    return zipped(*((f"tests/t{number}.toml", b"") for number in range(302)))


def doubled() -> bytes:
    entries = [*goods(), ("service.toml", b"[service]")]
    data, listing = b"", b""
    for name, content in entries:
        raw = str(name).encode()
        shared = struct.pack(
            "<HHHHHIIIHH", 20, 0, 0, 0, 33, zlib.crc32(content), len(content), len(content), len(raw), 0
        )
        listing += (
            b"PK\1\2"
            + struct.pack("<H", 788)
            + shared
            + struct.pack("<HHHII", 0, 0, 0, 0o100644 << 16, len(data))
            + raw
        )
        data += b"PK\3\4" + shared + raw + content
    count = len(entries)
    return data + listing + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, count, count, len(listing), len(data), 0)


NAMES = {
    "path traversal": (lambda: named("../../etc/cron.d/x"), "führt aus dem Paket hinaus"),
    "path traversal inside": (lambda: named("letters/../../x.yaml"), "führt aus dem Paket hinaus"),
    "absolute path": (lambda: named("/etc/passwd"), "beginnt bei der Wurzel"),
    "drive letter": (lambda: named("C:/x.toml"), "beginnt bei der Wurzel"),
    "backslash": (lambda: named("letters\\..\\x.yaml"), "Rückstrich"),
    "a folder": (lambda: named("letters/"), "ist ein Ordner"),
    "no name": (lambda: named(""), "hat keinen Namen"),
    "nul in the name": (lambda: renamed(b"form\0yaml"), "Nullzeichen"),
    "two forms of unicode": (lambda: named("texts/ko\u0308ln.toml"), "nicht zusammengesetzt"),
    "look-alike letters": (lambda: named("f\u043erm.yaml"), "andere Zeichen als Buchstaben"),
    "direction reversed": (lambda: named("texts/\u202elmot.toml"), "andere Zeichen als Buchstaben"),
    "a device": (lambda: named("letters/con.yaml"), "bezeichnet auf manchen Rechnern ein Gerät"),
    "capitals only": (lambda: named("Form.yaml"), "dieselbe Datei"),
    "file and folder": (lambda: named("form.yaml/x.toml"), "zugleich Datei und Ordner"),
    "the same name twice": (doubled, "dieselbe Datei"),
    "a very long name": (lambda: named("a" * 5000), "zu lang"),
    "very deep": (lambda: named("a/b/c/d/e/f.toml"), "zu vielen Ordnern"),
    "not utf-8": (lambda: renamed(b"form\xffyaml"), "nicht in UTF-8"),
    "hidden file": (lambda: named(".env"), "andere Zeichen als Buchstaben"),
}
CONTAINERS = {
    "symbolic link": (lambda: special(0o120777), "ist eine Verknüpfung"),
    "pipe": (lambda: special(0o010644), "keine gewöhnliche Datei"),
    "device file": (lambda: special(0o020666), "keine gewöhnliche Datei"),
    "set user id": (lambda: special(0o104755), "ausführbar"),
    "executable": (lambda: special(0o100755), "ausführbar"),
    "archive bomb": (bomb, "komprimiert"),
    "bomb inside": (nested, "Steuerzeichen|kein Text"),
    "lying size": (lambda: local_changed(18, "<I", 0xFFFFFF), "zwei verschiedene Größen"),
    "lying size twice": (lambda: GOOD[:18] + struct.pack("<II", 900_000, 900_000) + GOOD[26:], "mehr Daten, als"),
    "overlapping entries": (overlapping, "überlappt"),
    "listing says otherwise": (lambda: central_changed(24, "<I", 7), "anders als der Eintrag selbst"),
    "listing names otherwise": (lambda: renamed(b"fOrm.yaml", places=(2,)), "heißt im Inhaltsverzeichnis"),
    "data in front": (lambda: b"#!/bin/sh\n" + GOOD, "Vor dem Anfang"),
    "data behind": (lambda: GOOD + b"<?php", "Nach dem Ende"),
    "data between": (lambda: GOOD.replace(b"PK\1\2", b"xxPK\1\2", 1), "nicht dort"),
    "a second archive behind": (lambda: GOOD + GOOD, "fremde Daten|nicht dort"),
    "a comment": (lambda: zipped(*goods(), comment=b"Hallo"), "trägt einen Kommentar"),
    "encrypted": (lambda: local_changed(6, "<H", 1), "verschlüsselt"),
    "size told afterwards": (lambda: local_changed(6, "<H", 8), "erst hinterher"),
    "unknown flags": (lambda: local_changed(6, "<H", 0x40), "unbekannte Merkmale"),
    "extra fields": (lambda: local_changed(28, "<H", 4), "Zusatzangaben"),
    "other date": (lambda: local_changed(12, "<H", 99), "anders geschrieben"),
    "several disks": (lambda: end_changed(4, "<H", 1), "mehrere Dateien"),
    "wrong count": (lambda: end_changed(8, "<H", 1), "mehrere Dateien"),
    "damaged content": (lambda: GOOD.replace(b"Parkausweis", b"Porkausweis", 1), "Prüfzahl"),
    "cut off": (lambda: GOOD[:-30], "bricht vor seinem Ende ab"),
    "empty": (lambda: b"", "kein Leistungsarchiv"),
    "something else": (lambda: b"\x7fELF" + b"\0" * 100, "kein Leistungsarchiv"),
    "too large": (lambda: b"PK\3\4" + b"\0" * 10 * MEGABYTE, "größer als 10 MB"),
    "too large entry": (lambda: zipped(("service.toml", b" " * (MEGABYTE + 1))), "größer als 1 MB"),
    "too large schema": (lambda: zipped(("form.xdf.xml", b" " * (6 * MEGABYTE + 1))), "größer als 6 MB"),
    "as large as a schema": (lambda: zipped(("forms/form.xdf.xml", b" " * (MEGABYTE + 1))), "größer als 1 MB"),
    "too many entries": (many, "mehr als 300"),
}
SEALS = {
    "unsigned": (lambda: rewritten(lambda entries: entries.pop(SIGNATURE)), "nicht unterschrieben"),
    "empty signature": (
        lambda: rewritten(lambda e: e.update({SIGNATURE: _json({"key_id": AUTHOR.key_id, "signature": ""})})),
        "nicht unterschrieben",
    ),
    "no manifest": (lambda: rewritten(lambda entries: entries.pop(MANIFEST)), "Verzeichnis der Prüfsummen fehlt"),
    "signed by a stranger": (lambda: rewritten(lambda e: None, signer=STRANGER), "anderen Schlüssel"),
    "signature of other content": (swapped_signature, "passt nicht zum Inhalt"),
    "signature of noise": (
        lambda: rewritten(lambda e: e.update({SIGNATURE: _json({"key_id": AUTHOR.key_id, "signature": "00" * 64})})),
        "passt nicht zum Inhalt",
    ),
    "signature not hexadecimal": (
        lambda: rewritten(lambda e: e.update({SIGNATURE: _json({"key_id": AUTHOR.key_id, "signature": "zz"})})),
        "unlesbar",
    ),
    "key exchanged": (
        lambda: rewritten(manifest_with(author={"ed25519": STRANGER.public_key.hex()})),
        "anderen Schlüssel",
    ),
    "no key": (lambda: rewritten(manifest_with(author={}), signer=AUTHOR), "öffentliche Schlüssel fehlt"),
    "content exchanged": (lambda: rewritten(lambda e: e.update({"form.yaml": b"x"})), "Prüfsumme stimmt nicht"),
    "file added": (lambda: rewritten(lambda e: e.update({"letters/a.yaml": b""})), "steht aber nicht"),
    "file taken away": (lambda: rewritten(lambda e: e.pop("form.yaml")), "enthält die Datei nicht"),
    "row missing": (lambda: rows_with(lambda rows: rows.pop("form.yaml")), "steht aber nicht"),
    "row too many": (lambda: rows_with(lambda rows: rows.update({"letters/a.yaml": "00"})), "enthält die Datei nicht"),
    "more in the manifest": (lambda: rewritten(manifest_with(run="x"), signer=AUTHOR), "nicht hineingehört"),
    "manifest of another format": (lambda: rewritten(manifest_with(format="x/9"), signer=AUTHOR), "unbekannt"),
    "manifest endlessly deep": (
        lambda: rewritten(lambda e: e.update({MANIFEST: b"[" * 100_000}), signer=AUTHOR),
        "kein gültiges JSON",
    ),
    "names twice in the manifest": (
        lambda: rewritten(
            lambda e: e.update({MANIFEST: e[MANIFEST].replace(b'"format"', b'"files":{},"format"')}), signer=AUTHOR
        ),
        "kein gültiges JSON",
    ),
    "a program": (lambda: sealed({**FILES, "run.py": b"import os"}), "gehört nicht in ein Leistungspaket"),
    "a folder of code": (lambda: sealed({**FILES, "letters/x.js": b""}), "gehört nicht in ein Leistungspaket"),
    "other order": (lambda: zipped(*reversed(goods())), "Reihenfolge"),
}


def sealed(files: Mapping[str, bytes]) -> bytes:
    """Signed in all form, though ``pack`` would refuse it."""
    return rewritten(lambda entries: None, files=files)
