"""A package to begin with: small, complete, and right by its own check and its own golden cases."""

from __future__ import annotations

from pathlib import Path

from stadtamt.packages.format.files import Files, check_package_id, checked, files_of_folder

FOLDER = Path(__file__).parent / "neue-leistung"
NAME = "neue-leistung"
# Which schema an editor holds against a file, by the beginning of its name.
_SCHEMAS = {
    "service.toml": "service",
    "form.yaml": "form",
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


def _named(file: str, content: bytes, name: str, schemas: str) -> bytes:
    text = content.decode("utf-8").replace(NAME, name)
    schema = next((schema for start, schema in _SCHEMAS.items() if file.startswith(start)), "")
    if not schemas or not schema:
        return text.encode()
    address = f"{schemas.rstrip('/')}/{schema}.json"
    hint = f"#:schema {address}" if file.endswith(".toml") else f"# yaml-language-server: $schema={address}"
    return f"{hint}\n{text}".encode()
