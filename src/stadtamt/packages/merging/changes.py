"""What is other in the author's next version, for the preview: one line for each change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from stadtamt.packages.format.addresses import texts_of
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.parameters import MISSING, plain
from stadtamt.packages.merging.form_changes import form_changes
from stadtamt.packages.merging.letter_changes import letter_changes
from stadtamt.packages.merging.parameters import by_key, described, heirs_of
from stadtamt.packages.merging.process_changes import process_changes
from stadtamt.packages.merging.result import Change
from stadtamt.packages.merging.rule_changes import rule_changes
from stadtamt.packages.merging.words import shown

NOTHING: Mapping[str, Any] = MappingProxyType({})
# Sections of service.toml, the kind of their changes, and what a person calls them.
_SECTIONS = (
    ("automation", "automation", "Automatik"),
    ("deadlines", "deadline", "Frist"),
    ("remedy", "remedy", "Rechtsbehelf"),
    ("efile", "efile", "Akte"),
    ("outcome", "outcome", "Entscheidung"),
    ("person", "person", "Angaben zur Person"),
)
_SERVICE = {
    "channels": "Wege zum Antrag",
    "trust_level": "Anmeldung",
    "leika": "Schlüssel",
    "life_events": "Lebenslagen",
}


def changes_between(
    old: Package, new: Package, values: Mapping[str, Any] = NOTHING, merged: Mapping[str, Any] = NOTHING
) -> tuple[Change, ...]:
    """All changes from one version of the author to another.

    `values` is what the town set under the old version, `merged` under the new: a new default tells what counts.
    """
    return (
        *_parameter_changes(old, new, values, merged),
        *form_changes(old, new),
        *letter_changes(old, new),
        *process_changes(old, new),
        *rule_changes(old, new),
        *_section_changes(old, new),
        *_word_changes(old, new),
    )


def _parameter_changes(
    old: Package, new: Package, values: Mapping[str, Any], merged: Mapping[str, Any]
) -> Iterator[Change]:
    before, after = by_key(old), by_key(new)
    heirs = {former: key for former, key in heirs_of(after).items() if former in before}
    for key, parameter in before.items():
        if key not in after and key not in heirs:
            sentence = f"Die Einstellung „{parameter.label}“ entfällt."
            yield Change("parameter-removed", key, described(parameter), None, sentence)
    former_of = {key: former for former, key in reversed(heirs.items())}
    for key, parameter in after.items():
        former = before.get(key) or before.get(former_of.get(key, ""))
        if former is None:
            counts = "" if parameter.required else f" Vorgabe: {shown(parameter.default, parameter.type)}."
            sentence = f"Neue Einstellung „{parameter.label}“ ({parameter.paragraph}).{counts} {parameter.explanation}"
            yield Change("parameter-new", key, None, described(parameter), sentence.strip())
            continue
        if former.key != key:
            sentence = f"Die Einstellung „{former.label}“ heißt jetzt „{parameter.label}“."
            yield Change("parameter-renamed", key, former.key, key, sentence)
        if former.default is not MISSING and parameter.required:
            sentence = f"Für „{parameter.label}“ gibt es keine Vorgabe mehr."
            yield Change("parameter-default", key, former.default, None, sentence)
        elif former.default is not parameter.default and former.default != parameter.default:
            old_value, new_value = values.get(former.key, former.default), merged.get(key, parameter.default)
            yield _default_change(key, parameter.label, parameter.type, old_value, new_value)
        if _admits(described(former)) != _admits(described(parameter)):
            sentence = f"Für „{parameter.label}“ sind jetzt andere Werte möglich."
            yield Change("parameter-limits", key, described(former), described(parameter), sentence)
        said = [(one.label, one.explanation, one.paragraph, one.choices) for one in (former, parameter)]
        if said[0] != said[1]:
            words = [{"label": one[0], "explanation": one[1], "paragraph": one[2]} for one in said]
            sentence = f"Die Einstellung „{parameter.label}“ ist anders erklärt oder hat eine andere Rechtsgrundlage."
            yield Change("parameter-words", key, words[0], words[1], sentence)


def _default_change(key: str, label: str, kind: str, before: Any, after: Any) -> Change:
    """`before` and `after` are what counts for the town."""
    before, after = (None if value is MISSING else plain(value) for value in (before, after))
    if before == after:
        sentence = f"Die Vorgabe für „{label}“ ist neu; bei Ihnen bleibt es bei {shown(before, kind)}."
    else:
        sentence = f"Die Vorgabe für „{label}“ ist neu: bei Ihnen galt {shown(before, kind)}"
        sentence += f", künftig {shown(after, kind)}."
    return Change("parameter-default", key, before, after, sentence)


def _admits(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in {"key", "label", "default"}}


def _section_changes(old: Package, new: Package) -> Iterator[Change]:
    for name, kind, word in _SECTIONS:
        yield from _differences(kind, word, name, getattr(old, name), getattr(new, name))
    before, after = (list(one.service.get("legal_bases", [])) for one in (old, new))
    if before != after:
        sentence = f"Andere Rechtsgrundlagen: bisher {shown(', '.join(before))}, jetzt {shown(', '.join(after))}."
        yield Change("legal-basis", "service.legal_bases", before, after, sentence)
    for key, word in _SERVICE.items():
        yield from _differences("service", word, "service", *({key: one.service.get(key)} for one in (old, new)))
    entries = [{entry.key: entry.title for entry in one.entries} for one in (old, new)]
    yield from _differences("catalogue", "Katalog", "catalogue", *entries)


def _differences(
    kind: str, word: str, place: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Change]:
    for key in dict.fromkeys([*before, *after]):
        old, new = plain(before.get(key)), plain(after.get(key))
        if old != new:
            sentence = f"{word} ({key}): bisher {shown(old)}, jetzt {shown(new)}."
            yield Change(kind, f"{place}.{key}", old, new, sentence)


def _word_changes(old: Package, new: Package) -> Iterator[Change]:
    """The words of the catalogue entry, and translations; form and letters are told where they stand."""
    before, after = (
        {key: text for key, text in texts_of(one).items() if key.startswith("service.")} for one in (old, new)
    )
    for address in dict.fromkeys([*before, *after]):
        if before.get(address) != after.get(address):
            sentence = f"Text „{address}“: bisher {shown(before.get(address))}, jetzt {shown(after.get(address))}."
            yield Change("text", address, before.get(address), after.get(address), sentence)
    for language in sorted({*old.texts, *new.texts}):
        told, tells = old.texts.get(language, {}), new.texts.get(language, {})
        changed = [address for address in dict.fromkeys([*told, *tells]) if told.get(address) != tells.get(address)]
        if changed:
            sentence = f"Übersetzung „{language}“: {len(changed)} Texte sind neu oder anders."
            yield Change("translation", language, len(told), len(tells), sentence)
