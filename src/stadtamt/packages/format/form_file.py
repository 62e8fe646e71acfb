"""The form of a package: written as form.yaml, or made of a data schema of FIM with the author's adjustments."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

from stadtamt.forms.fim import FimRefused, FormSource, form_source
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.files import Files, text_of, toml_of
from stadtamt.packages.format.layer import Override, read_overrides

FORM, SCHEMA, ADJUSTMENTS, CODE_LISTS = "form.yaml", "form.xdf.xml", "form.toml", "code-lists/"
ADJUSTABLE = frozenset({"hide", "add", "order", "text", "rule", "field"})
"""What an author may adjust; the rest is a town's."""
MOST_KEPT = 32
_NOT_READ = ("tests/", "texts/", "parameters/", "README", "CHANGES", "LICENSE")


@dataclass(frozen=True, slots=True)
class FormFile:
    """A form as `read_form` takes it; of a data schema also what was noticed, and the code lists that are missing."""

    source: str
    warnings: tuple[str, ...] = ()
    missing_lists: tuple[str, ...] = ()


def form_file(files: Mapping[str, bytes]) -> str:
    """The file in which the form stands; form.yaml where there is none."""
    return SCHEMA if SCHEMA in files else FORM


def form_of(files: Files) -> FormFile:
    """The author's form. Raises PackageProblem with file, line and sentence."""
    if SCHEMA not in files:
        strange = next((name for name in files if name == ADJUSTMENTS or name.startswith(CODE_LISTS)), "")
        if strange:
            raise PackageProblem(strange, f"Diese Datei gehört zu einem Datenschema; {SCHEMA} fehlt.")
        return FormFile(text_of(files, FORM))
    if FORM in files:
        raise PackageProblem(FORM, f"Ein Paket hat entweder {FORM} oder {SCHEMA}, nicht beides.")
    lists = {name.removeprefix(CODE_LISTS): files[name] for name in files if name.startswith(CODE_LISTS)}
    made = _made(files[SCHEMA], lists, _key(files))
    if ADJUSTMENTS in files:
        made = _adjusted(made, files)
    return FormFile(made.source, made.warnings, made.missing_lists)


def adjustments_of(files: Files) -> tuple[Override, ...]:
    """What the author adjusts of the data schema. Raises PackageProblem."""
    if ADJUSTMENTS not in files:
        return ()
    data = toml_of(files, ADJUSTMENTS)
    if strange := sorted(set(data) - {"override"}):
        raise PackageProblem(ADJUSTMENTS, f"Die Angabe „{strange[0]}“ gibt es hier nicht.")
    found = read_overrides(data, ADJUSTMENTS)
    for one in found:
        if one.kind not in ADJUSTABLE:
            known = ", ".join(sorted(ADJUSTABLE))
            raise PackageProblem(ADJUSTMENTS, f"„{one.id}“: Die Art „{one.kind}“ gibt es hier nicht. Möglich: {known}.")
        if one.kind == "text" and not str(one.data.get("address", "")).startswith(("form.", "rule.")):
            raise PackageProblem(ADJUSTMENTS, f"„{one.id}“: Hier stehen nur Texte des Formulars.")
    return found


def _key(files: Files) -> str:
    service = toml_of(files, "service.toml").get("service")
    return str(service.get("id", "") if isinstance(service, dict) else "") or "formular"


def _adjusted(made: FormSource, files: Files) -> FormSource:
    """The form with the author's adjustments, put on it by the same code as a town's deviations."""
    from stadtamt.packages.format.reader import read_with_form  # which reads the form itself
    from stadtamt.packages.overrides import OverrideRefused, apply

    given = adjustments_of(files)
    # What is read of a field elsewhere in the package counts too, so all of it makes the name.
    read = {name: content for name, content in files.items() if not name.startswith(_NOT_READ)}
    digest = _digest(repr(_digests(read)).encode())
    found = _KEPT.get(digest)
    if found is None:
        try:
            found = replace(made, source=apply(read_with_form(files, made.source), given).form)
        except OverrideRefused as refusal:
            raise PackageProblem(ADJUSTMENTS, f"„{refusal.override}“: {refusal.reason}") from refusal
        _KEPT.put(digest, found)
    return found


class _Kept:
    """What was made of schemas, by the digest of what it was made of: a package is read many times on its way."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._made: OrderedDict[str, FormSource] = OrderedDict()

    def get(self, digest: str) -> FormSource | None:
        with self._lock:
            if digest in self._made:
                self._made.move_to_end(digest)
            return self._made.get(digest)

    def put(self, digest: str, made: FormSource) -> None:
        with self._lock:
            self._made[digest] = made
            while len(self._made) > MOST_KEPT:
                self._made.popitem(last=False)


_KEPT = _Kept()


def _made(xdf: bytes, code_lists: Mapping[str, bytes], key: str) -> FormSource:
    digest = _digest(repr((key, _digest(xdf), *_digests(code_lists))).encode())
    found = _KEPT.get(digest)
    if found is None:
        try:
            found = form_source(xdf, code_lists, key=key)
        except FimRefused as problem:
            file = f"{CODE_LISTS}{problem.file}" if problem.file else SCHEMA
            raise PackageProblem(file, problem.sentence, problem.line) from problem
        _KEPT.put(digest, found)
    return found


def _digests(files: Mapping[str, bytes]) -> list[Any]:
    return [(name, _digest(content)) for name, content in sorted(files.items())]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
