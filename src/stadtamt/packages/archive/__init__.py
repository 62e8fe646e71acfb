"""One signed file of a package (``.leistung``): the same files and the same key give the same bytes. Pure.

``pack`` and ``unpack`` are the two ways; ``assemble`` writes an archive again from what ``unpack`` gave.
"""

from stadtamt.packages.archive.container import MAX_ARCHIVE_BYTES
from stadtamt.packages.archive.keys import AuthorKey, author_key, key_id_of
from stadtamt.packages.archive.problems import (
    ArchiveDamaged,
    ArchiveProblem,
    ArchiveTooLarge,
    EntryRefused,
    KeyFileProblem,
    ManifestWrong,
    SignatureMissing,
    SignatureWrong,
)
from stadtamt.packages.archive.sealing import EXTENSION, Archive, Signer, assemble, digest_of, pack, unpack

__all__ = [
    "EXTENSION",
    "MAX_ARCHIVE_BYTES",
    "Archive",
    "ArchiveDamaged",
    "ArchiveProblem",
    "ArchiveTooLarge",
    "AuthorKey",
    "EntryRefused",
    "KeyFileProblem",
    "ManifestWrong",
    "SignatureMissing",
    "SignatureWrong",
    "Signer",
    "assemble",
    "author_key",
    "digest_of",
    "key_id_of",
    "pack",
    "unpack",
]
