"""A town says something in its own words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from stadtamt.forms.schema import FormProblem
from stadtamt.kernel.expressions import ExpressionError, compile_text
from stadtamt.notices.composing import read_letter
from stadtamt.notices.errors import LetterSourceRefused
from stadtamt.packages.format.addresses import texts_of, with_texts
from stadtamt.packages.format.layer import Override
from stadtamt.packages.format.package import Package
from stadtamt.packages.overrides.errors import OverrideRefused
from stadtamt.packages.overrides.needs import read_form, unknown_in

_KEYS = frozenset({"address", "was", "text", "translations"})
_PLAIN = re.compile(r"\.(?:purpose|output|content)$|\.(?:synonyms|choices)\.|^rule\.")
"""Texts without places, where a brace is a brace."""


def say(package: Package, override: Override, author: Mapping[str, str]) -> Package:
    """Other words at an address. The author's translations of the old words go; the town may give its own.

    `author` are the author's words before any deviation; what another deviation put there is not the author's.
    """
    address, text = _read(override)
    texts = texts_of(package)
    if address not in texts:
        raise OverrideRefused(override, "gone", f"Den Text „{address}“ gibt es nicht.")
    was = override.data.get("was")
    now = author.get(address, texts[address])
    if was is not None and not same(now, str(was)) and not same(now, text):
        raise OverrideRefused(override, "differs", f"Der Text „{address}“ lautet inzwischen: „{now}“")
    changed = with_texts(package, {address: text})
    _check_places(override, changed, address, text)
    own = override.data.get("translations") or {}
    return replace(
        changed,
        texts={
            language: {key: said for key, said in package.texts.get(language, {}).items() if key != address}
            | ({address: own[language]} if language in own else {})
            for language in sorted({*package.texts, *own})
        },
    )


def same(one: str, other: str) -> bool:
    """Whether two texts are the same words; line breaks and blanks do not count."""
    return one.split() == other.split()


def _read(override: Override) -> tuple[str, str]:
    for key in override.data:
        if key not in _KEYS:
            raise OverrideRefused(override, "wrong", f"Die Angabe „{key}“ gibt es hier nicht.")
    address, text = override.data.get("address"), override.data.get("text")
    if not isinstance(address, str) or not isinstance(text, str) or not text.strip():
        raise OverrideRefused(override, "wrong", "Ein eigener Text braucht „address“ und „text“.")
    own = override.data.get("translations") or {}
    if not isinstance(own, dict) or not all(isinstance(said, str) for said in own.values()):
        raise OverrideRefused(override, "wrong", 'Übersetzungen haben die Form translations = { en = "…" }.')
    return address, text


def _check_places(override: Override, package: Package, address: str, text: str) -> None:
    """What stands in braces must be readable, and what it reads must be there."""
    if _PLAIN.search(address):
        return
    parameters = {parameter.key for parameter in package.parameters}
    try:
        said = compile_text(text)
        schema = read_form(package.form)
        for letter in package.letters:
            if address.startswith(f"letter.{letter.id}."):
                read_letter(letter.words, path=f"letters/{letter.id}.yaml")
    except (ExpressionError, FormProblem, LetterSourceRefused) as problem:
        raise OverrideRefused(override, "wrong", str(problem)) from problem
    if address.startswith("service.") and (strange := said.names - {"parameters"}):
        raise OverrideRefused(override, "names", f"Den Namen „{sorted(strange)[0]}“ gibt es hier nicht.")
    root = "answers" if address.startswith("letter.") else ""
    if unknown := unknown_in([said], schema.fields, parameters, root):
        raise OverrideRefused(override, "names", f"Der Text verwendet „{unknown}“; das gibt es nicht.")
