"""Packs, signs, and reads as hostile: a manifest of digests, the author's public key, a signature over both."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from stadtamt.packages.archive.container import read_container, write_container
from stadtamt.packages.archive.keys import key_id_of
from stadtamt.packages.archive.problems import EntryRefused, ManifestWrong, SignatureMissing, SignatureWrong
from stadtamt.packages.format.files import checked

EXTENSION = ".leistung"
FORMAT = "stadtamt-package/1"
MANIFEST, SIGNATURE = "META/manifest.json", "META/signature.json"
# What is signed begins with words that no other document begins with: a signature cannot be carried elsewhere.
_CONTEXT = b"stadtamt-package/1 manifest\n"


class Signer(Protocol):
    """Who signs; an ``AuthorKey``, or a device that keeps the key to itself."""

    @property
    def public_key(self) -> bytes: ...

    def sign(self, message: bytes) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Archive:
    """What a verified archive holds. `digest` names the content, whoever signed it; `key_id` names the signer."""

    files: Mapping[str, bytes]
    digest: str
    key_id: str
    public_key: bytes
    signature: bytes


def pack(files: Mapping[str, bytes], signer: Signer) -> bytes:
    """The package as one signed file; the same files and signer give the same bytes. Raises PackageProblem."""
    manifest = _manifest(files, signer.public_key)
    return assemble(files, public_key=signer.public_key, signature=signer.sign(_CONTEXT + manifest))


def assemble(files: Mapping[str, bytes], *, public_key: bytes, signature: bytes) -> bytes:
    """The archive again, byte for byte, from what ``unpack`` gave. Raises SignatureWrong if the files were changed."""
    _check_texts(files)
    manifest = _manifest(files, public_key)
    _verify(manifest, public_key, signature)
    signed = _json({"key_id": key_id_of(public_key), "signature": signature.hex()})
    return write_container({MANIFEST: manifest, SIGNATURE: signed, **{name: files[name] for name in sorted(files)}})


def unpack(data: bytes) -> Archive:
    """The files of an archive, once everything about it has been found right.

    Raises ArchiveProblem with the reason, or PackageProblem for a file that no package may have.

    Who signed is for the caller to judge: here it is certain only that the owner of `public_key` did.
    """
    entries = read_container(data)
    manifest, signed = entries.pop(MANIFEST, None), entries.pop(SIGNATURE, None)
    if manifest is None:
        raise ManifestWrong("Das Verzeichnis der Prüfsummen fehlt.", file=MANIFEST)
    if signed is None:
        raise SignatureMissing("Das Archiv ist nicht unterschrieben.", file=SIGNATURE)
    public_key = _check_manifest(manifest, entries)
    signature = _signature(signed, public_key)
    _verify(manifest, public_key, signature)
    _check_texts(entries)
    if assemble(entries, public_key=public_key, signature=signature) != data:
        raise ManifestWrong("Die Einträge stehen nicht in der vorgeschriebenen Reihenfolge und Schreibweise.")
    return Archive(entries, digest_of(entries), key_id_of(public_key), public_key, signature)


def digest_of(files: Mapping[str, bytes]) -> str:
    """SHA-256 over names and contents: two packages with the same digest are the same."""
    return hashlib.sha256(_json(_rows(files))).hexdigest()


def _rows(files: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def _manifest(files: Mapping[str, bytes], public_key: bytes) -> bytes:
    return _json({"author": {"ed25519": public_key.hex()}, "files": _rows(files), "format": FORMAT})


def _json(data: Any) -> bytes:
    """The one way in which data is written."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def _check_manifest(manifest: bytes, files: Mapping[str, bytes]) -> bytes:
    """The author's public key; ManifestWrong unless the manifest lists exactly these files in exactly these words."""
    data = _object(manifest, MANIFEST)
    if data.get("format") != FORMAT:
        raise ManifestWrong("Diese Fassung des Archivs ist unbekannt.", file=MANIFEST)
    rows, author = data.get("files"), data.get("author")
    if not isinstance(rows, dict) or not isinstance(author, dict):
        raise ManifestWrong("Das Verzeichnis der Prüfsummen ist unvollständig.", file=MANIFEST)
    for name in sorted(files.keys() - rows.keys()):
        raise ManifestWrong("Die Datei liegt im Archiv, steht aber nicht im Verzeichnis der Prüfsummen.", file=name)
    for name in sorted(rows.keys() - files.keys()):
        raise ManifestWrong(f"Das Verzeichnis nennt „{name[:80]}“, aber das Archiv enthält die Datei nicht.")
    for name, digest in _rows(files).items():
        if rows[name] != digest:
            raise ManifestWrong("Die Datei wurde verändert: Ihre Prüfsumme stimmt nicht.", file=name)
    try:
        public_key = bytes.fromhex(author["ed25519"])
        Ed25519PublicKey.from_public_bytes(public_key)
    except (KeyError, TypeError, ValueError):
        raise ManifestWrong("Der öffentliche Schlüssel fehlt oder ist unlesbar.", file=MANIFEST) from None
    if manifest != _manifest(files, public_key):
        raise ManifestWrong("Das Verzeichnis der Prüfsummen enthält etwas, das nicht hineingehört.", file=MANIFEST)
    return public_key


def _signature(signed: bytes, public_key: bytes) -> bytes:
    data = _object(signed, SIGNATURE)
    words = data.get("signature")
    if not words:
        raise SignatureMissing("Das Archiv ist nicht unterschrieben.", file=SIGNATURE)
    if data.get("key_id") != key_id_of(public_key):
        raise SignatureWrong("Die Unterschrift stammt von einem anderen Schlüssel als dem genannten.", file=SIGNATURE)
    try:
        return bytes.fromhex(words)
    except (TypeError, ValueError):
        raise SignatureWrong("Die Unterschrift ist unlesbar.", file=SIGNATURE) from None


def _verify(manifest: bytes, public_key: bytes, signature: bytes) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, _CONTEXT + manifest)
    except (InvalidSignature, ValueError):
        raise SignatureWrong("Die Unterschrift passt nicht zum Inhalt des Archivs.", file=SIGNATURE) from None


def _object(content: bytes, name: str) -> dict[str, Any]:
    try:
        data = json.loads(content.decode("ascii"), object_pairs_hook=_no_doubles)
    except (ValueError, RecursionError):
        raise ManifestWrong("Die Datei ist kein gültiges JSON.", file=name) from None
    if not isinstance(data, dict):
        raise ManifestWrong("Die Datei ist kein gültiges JSON.", file=name)
    return data


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _check_texts(files: Mapping[str, bytes]) -> None:
    """Names, sizes and signs of a package; and it is text, so an archive inside an archive has no place."""
    for name, content in checked(files).items():
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            raise EntryRefused("Die Datei ist kein Text in UTF-8.", file=name) from None
