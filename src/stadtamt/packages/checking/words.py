"""What a package owes to people: legal bases, purposes, translations; and letters that say what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stadtamt.forms.schema import Schema
from stadtamt.forms.schema.model import UNASKED
from stadtamt.kernel.expressions import ExpressionError, compile_text
from stadtamt.notices.composing import read_letter
from stadtamt.notices.errors import LetterSourceRefused, RenderingRefused
from stadtamt.notices.rendering import refuse_forbidden
from stadtamt.packages.checking.findings import Finding, error, warning
from stadtamt.packages.checking.parts import Parts, raw_fields
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.addresses import texts_of
from stadtamt.packages.format.form_file import SCHEMA
from stadtamt.packages.format.life_events import LIFE_EVENTS
from stadtamt.packages.format.package import Package

MANIFEST = "service.toml"
DEMANDED = ("en",)

_WORDS = re.compile(r'"(?:\\.|[^"\\])*"')


def legal_bases(parts: Parts) -> Iterator[Finding]:
    """Nothing is decided by itself without a rule of law that allows it, and never where there is discretion."""
    automation = parts.section("automation")
    line = parts.line(MANIFEST, "automation", "enabled")
    if automation.get("enabled") is True and not str(automation.get("legal_basis") or "").strip():
        yield error(MANIFEST, "Automatisch entscheiden darf nur, wer in [automation] die „legal_basis“ nennt.", line)
    if automation.get("enabled") is True and automation.get("discretion") is True:
        sentence = "Wo Ermessen besteht, wird nicht automatisch entschieden (§ 35a VwVfG, § 155 Abs. 4 AO)."
        yield error(MANIFEST, sentence, line)
    yield from _purposes(parts)


def _purposes(parts: Parts) -> Iterator[Finding]:
    """Whether every field says why it is asked; of a data schema, which knows no purposes, how many do not."""
    silent = {
        called: at
        for called, (entry, at) in raw_fields(parts).items()
        if not str(entry.get("purpose") or "").strip() and entry.get("type") not in UNASKED
    }
    if parts.form_file == SCHEMA:
        if silent:
            sentence = f"{len(silent)} Felder sagen nicht, wozu gefragt wird; form.toml kann es sagen (field, purpose)."
            yield warning(SCHEMA, sentence)
        return
    for called, at in silent.items():
        yield warning(parts.form_file, f"„{called}“ sagt nicht, wozu gefragt wird („purpose“ fehlt).", at)


def unclear_rules(parts: Parts, schema: Schema) -> Iterator[Finding]:
    """Rules of a data schema that nobody could read with certainty: a person must say what follows."""
    settled_in = "form.toml" if parts.form_file == SCHEMA else "form.yaml"
    for rule in schema.rules:
        if rule.status == "unclear":
            place = f" bei {rule.at}" if rule.at else ""
            yield warning(
                parts.form_file,
                f"Die Regel {rule.id}{place} ist nicht sicher verstanden: {_short(rule.text)} "
                f"Was aus ihr folgt, sagen Sie in {settled_in} oder auf der Seite „Formular“ der Leistung.",
            )


def life_events(parts: Parts) -> Iterator[Finding]:
    """A package sorts itself among the events that all packages share."""
    told = parts.section("service").get("life_events")
    for event in told if isinstance(told, list) else []:
        if isinstance(event, str) and event not in LIFE_EVENTS:
            sentence = f"Die Lebenslage „{event}“ kennt sonst kein Paket. Üblich sind: {', '.join(LIFE_EVENTS)}."
            yield warning(MANIFEST, sentence, parts.line(MANIFEST, "service", "life_events"))


def letters(parts: Parts) -> Iterator[Finding]:
    """Every letter is there and calls itself by its name; what only its own reader knows is refused by it."""
    declared = {str(entry.get("id")): number for number, entry in parts.entries(MANIFEST, "letter")}
    for name, number in declared.items():
        file = f"letters/{name}.yaml"
        if file not in parts.files:
            line = parts.line(MANIFEST, "letter", number, "id")
            yield error(MANIFEST, f"Die Datei {file} fehlt.", line)
    for file, text in parts.texts.items():
        if not file.startswith("letters/"):
            continue
        if file.endswith(".typ"):
            yield from _arrangement(file, text)
            continue
        name = file.removeprefix("letters/").removesuffix(".yaml")
        if name not in declared:
            yield warning(file, "Diesen Brief wählt niemand: In service.toml fehlt dafür ein [[letter]].")
        if file in parts.broken:
            continue
        try:
            source = read_letter(text)
        except LetterSourceRefused as problem:
            yield error(file, problem.fault, problem.line)
            continue
        if source.id != name:
            yield error(file, f"Der Brief nennt sich „{source.id}“, die Datei „{name}“.", parts.line(file, "letter"))


def _arrangement(file: str, text: str) -> Iterator[Finding]:
    """Whether the setting of a letter reaches for what it may not have; whether it sets well, only a letter shows."""
    try:
        refuse_forbidden(text)
    except RenderingRefused as problem:
        yield error(file, str(problem))


def translations(parts: Parts, package: Package) -> Iterator[Finding]:
    """English is asked for; what is translated has the same places as the German text."""
    try:
        german = {key: text for key, text in texts_of(package).items() if not key.startswith("letter.")}
    except PackageProblem:
        return
    for language in sorted({*DEMANDED, *package.texts}):
        file = f"texts/{language}.toml"
        if language not in package.texts:
            yield warning(file, f"Die Übersetzung fehlt ({len(german)} Texte).")
            continue
        there = package.texts[language]
        for address, text in german.items():
            if address not in there:
                if not address.startswith("service.synonyms."):
                    yield warning(file, f"Die Übersetzung von „{address}“ fehlt: {_short(text)}")
                continue
            yield from _same_places(parts, file, address, text, there[address])
        for address in there:
            if address not in german:
                yield warning(file, f"Die Adresse „{address}“ gibt es nicht.", parts.line(file, address))


def _same_places(parts: Parts, file: str, address: str, german: str, other: str) -> Iterator[Finding]:
    wanted, found = _places(german), _places(other)
    if wanted is None or found is None:
        return
    line = parts.line(file, address)
    for place in sorted(wanted.keys() - found.keys()):
        yield error(file, f"„{address}“: Die Stelle {{{wanted[place]}}} fehlt.", line)
    for place in sorted(found.keys() - wanted.keys()):
        yield error(file, f"„{address}“: Die Stelle {{{found[place]}}} gibt es im deutschen Text nicht.", line)


def _places(text: str) -> dict[str, str] | None:
    """The places by what they look at; words inside an expression may be translated, so they do not count."""
    try:
        written = [" ".join(place.source.split()) for place in compile_text(text).places]
    except ExpressionError:
        return None
    return {_WORDS.sub('""', place): place for place in written}


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return f"„{flat}“" if len(flat) <= 60 else f"„{flat[:60]} …“"
