"""A package to begin with: small, complete, and right by its own check and its own golden cases."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from stadtamt.forms.xdatenfelder.model import Document
from stadtamt.packages.format.files import Files, check_package_id, checked, files_of_folder
from stadtamt.packages.skeleton.from_schema import files_for

FOLDER = Path(__file__).parent / "neue-leistung"
NAME = "neue-leistung"
# Which schema an editor holds against a file, by the beginning of its name.
_SCHEMAS = {
    "service.toml": "service",
    "form.yaml": "form",
    "form.toml": "adjustments",
    "letters/": "letter",
    "texts/en": "texts",
    "tests/": "tests",
    "parameters/": "layer",
}


def skeleton(name: str, *, schemas: str = "") -> Files:
    """The files of a new package of this name. `schemas` is the address under which editors find the schemas.

    Raises PackageProblem for a name that no package can have.
    """
    check_package_id(name)
    files = files_of_folder(FOLDER)
    return checked({file: _named(file, content, name, schemas) for file, content in files.items()})


def skeleton_for_form(
    name: str, *, document: Document, xdf: bytes, code_lists: Mapping[str, bytes], schemas: str = ""
) -> Files:
    """The files of a new package whose form is this data schema; of the code lists, those that it names.

    Raises PackageProblem for a name that no package can have, or a schema that cannot be taken.
    """
    files = files_for(name, document=document, xdf=xdf, code_lists=code_lists)
    kept = ("form.xdf.xml", "code-lists/")
    return checked(
        {file: content if file.startswith(kept) else _hinted(file, content, schemas) for file, content in files.items()}
    )


def _named(file: str, content: bytes, name: str, schemas: str) -> bytes:
    return _hinted(file, content.decode("utf-8").replace(NAME, name).encode(), schemas)


def _hinted(file: str, content: bytes, schemas: str) -> bytes:
    """The file with a first line that tells an editor where its schema lies."""
    text = content.decode("utf-8")
    schema = next((schema for start, schema in _SCHEMAS.items() if file.startswith(start)), "")
    if not schemas or not schema:
        return text.encode()
    address = f"{schemas.rstrip('/')}/{schema}.json"
    hint = f"#:schema {address}" if file.endswith(".toml") else f"# yaml-language-server: $schema={address}"
    return f"{hint}\n{text}".encode()
