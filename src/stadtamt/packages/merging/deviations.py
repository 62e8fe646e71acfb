"""A town's deviations on the author's next version: each is put on it as it is, or asked about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from stadtamt.forms.schema.paths import join
from stadtamt.packages.format.addresses import form_data, texts_of
from stadtamt.packages.format.layer import Layer, Override
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.parameters import plain
from stadtamt.packages.merging.form_parts import FormParts, parts_of_form
from stadtamt.packages.merging.result import MINE, THEIRS, VALUE, Answer, Conflict, Desk
from stadtamt.packages.merging.words import shown
from stadtamt.packages.overrides import OverrideRefused, apply

_WORDS = {
    "hide": "Weglassen",
    "add": "eigene Frage",
    "order": "andere Reihenfolge",
    "text": "eigener Text",
    "rule": "geklärte Regel",
    "field": "Angaben zu einem Feld",
    "letterhead": "eigener Briefkopf",
    "unit": "eigene Stelle",
    "four-eyes": "Vier-Augen-Schritt",
}


def merge_overrides(old: Package, new: Package, layer: Layer, desk: Desk) -> tuple[tuple[Override, ...], Package]:
    """The deviations that are kept, in the town's order, and the new version with them."""
    merging = _Merging(old, new, desk)
    overrides = [merging.based(override) for override in layer.overrides]
    while True:
        try:
            package = apply(new, overrides)
            break
        except OverrideRefused as refusal:
            place = max(place for place, one in enumerate(overrides) if one.id == refusal.override)
            other = merging.settled(overrides[place], refusal)
            overrides[place : place + 1] = [other] if other is not None else []
    kept = tuple(overrides)
    for override in kept:
        sentence = f"Ihre Abweichung „{override.id}“ ({_WORDS[override.kind]}) bleibt."
        desk.keep("override", override.id, plain(override.data), sentence)
    return kept, package


class _Merging:
    def __init__(self, old: Package, new: Package, desk: Desk) -> None:
        self.desk = desk
        self.old, self.new = texts_of(old), texts_of(new)
        self.old_form, self.new_form = parts_of_form(form_data(old.form)), parts_of_form(form_data(new.form))
        self.asked: set[str] = set()

    def based(self, override: Override) -> Override:
        """A text remembers which words of the author it replaced, a settled rule which it settled."""
        was = self.words(override, self.old, self.old_form)
        return override if was is None else replace(override, data={**override.data, "was": was})

    def words(self, override: Override, texts: dict[str, str], form: FormParts) -> str | None:
        """The author's words that the deviation answers to; None where there are none."""
        if override.kind == "text":
            return texts.get(str(override.data.get("address")))
        rule = form.rules.get(_rule_key(override.data)) if override.kind == "rule" else None
        return str(rule.get("text") or "").strip() or None if rule is not None else None

    def settled(self, override: Override, refusal: OverrideRefused) -> Override | None:
        """The deviation as the answer wants it; None where it is dropped or the question is open."""
        conflict = self.conflict(override, refusal)
        if conflict.id in self.asked:
            self.desk.reopen(conflict.id, refusal.reason)
            return None
        self.asked.add(conflict.id)
        answer = self.desk.ask(conflict, lambda value: _strange(override, value))
        if answer is None or answer.word == THEIRS:
            return None
        return self.answered(override, answer)

    def answered(self, override: Override, answer: Answer) -> Override:
        data = dict(override.data)
        if answer.word == VALUE:
            data |= answer.value if isinstance(answer.value, dict) else {"text": answer.value}
        elif override.kind == "add":
            data["after"] = self.last_question(str(data.get("after", "")))
        if override.kind in {"text", "rule"}:
            data.pop("was", None)
            if (now := self.words(replace(override, data=data), self.new, self.new_form)) is not None:
                data["was"] = now
        return replace(override, data=data)

    def last_question(self, after: str) -> str:
        """The last question of the group in which a question stood that is gone; empty where the group is gone too."""
        group = after.partition("-")[0]
        return next((key for key in reversed(self.new_form.questions) if key.partition("-")[0] == group), "")

    def conflict(self, override: Override, refusal: OverrideRefused) -> Conflict:
        town, before, after = self.sides(override)
        sentence = f"Ihre Abweichung „{override.id}“ ({_WORDS.get(override.kind, override.kind)}) passt nicht mehr. "
        sentence += refusal.reason
        if refusal.code == "differs" and override.kind == "rule":
            sentence = (
                f"Sie haben die Regel „{override.data.get('rule')}“ geklärt, und ihr Wortlaut wurde im Paket geändert. "
                f"Bisher: {shown(before)} Jetzt: {shown(after)}"
            )
        elif refusal.code == "differs":
            sentence = (
                f"Sie haben den Text „{override.data.get('address')}“ ersetzt, und er wurde auch im Paket geändert. "
                f"Ihrer: {shown(town)} Bisher im Paket: {shown(before)} Jetzt im Paket: {shown(after)}"
            )
        return Conflict(
            id=f"override:{override.id}:{refusal.code}",
            kind=f"{override.kind}-{refusal.code}",
            place=str(override.data.get("address") or self.place_of(override)),
            town=town,
            before=before,
            after=after,
            sentence=sentence,
            answers=self.possible(override, refusal),
        )

    def possible(self, override: Override, refusal: OverrideRefused) -> tuple[str, ...]:
        if override.kind in {"hide", "order", "four-eyes"} or refusal.code == "twice":
            return (THEIRS,)
        if refusal.code == "differs":
            return (MINE, THEIRS, VALUE)
        if (
            override.kind == "add"
            and refusal.code == "gone"
            and self.last_question(str(override.data.get("after", "")))
        ):
            return (MINE, THEIRS, VALUE)
        return (THEIRS, VALUE)

    def place_of(self, override: Override) -> str:
        data = override.data
        if override.kind == "add":
            return str(data.get("after") or override.id)
        named = (data.get(key) for key in ("field", "question", "group", "rule"))
        return str(next((one for one in named if one), override.id))

    def sides(self, override: Override) -> tuple[Any, Any, Any]:
        """What the town set, and what stands at that place in the author's old and new version."""
        data = plain(override.data)
        if override.kind == "text":
            address = str(data.get("address"))
            return data.get("text"), self.old.get(address), self.new.get(address)
        if override.kind == "rule":
            return data, *(self.words(override, {}, form) for form in (self.old_form, self.new_form))
        if override.kind in {"hide", "field", "order"}:
            return data, _seen(self.old_form, data), _seen(self.new_form, data)
        if override.kind == "add":
            return data, _taken(self.old_form, data), _taken(self.new_form, data)
        return data, None, None


def _seen(form: FormParts, data: dict[str, Any]) -> Any:
    found = form.fields.get(str(data.get("field"))) or form.questions.get(str(data.get("question")))
    return found or form.groups.get(str(data.get("group")))


def _rule_key(data: Mapping[str, Any]) -> str:
    return f"{data.get('rule')} {data.get('at') or ''}".strip()


def _taken(form: FormParts, data: dict[str, Any]) -> Any:
    """The author's question of the same key, or the first field of the same path."""
    question = data.get("question")
    if not isinstance(question, dict):
        return None
    group = str(data.get("after", "")).partition("-")[0]
    entries: Any = question.get("fields")
    named = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    above = str(form.groups.get(group, {}).get("path", group))
    paths = [join(above, str(entry.get("id"))) for entry in named]
    found = form.questions.get(f"{group}-{question.get('id')}")
    return found or next((form.fields[path] for path in paths if path in form.fields), None)


def _strange(override: Override, value: Any) -> str:
    """What is wrong with a value given for a deviation: a text for a text, else some of its data anew."""
    if isinstance(value, dict) or (isinstance(value, str) and override.kind == "text" and value.strip()):
        return ""
    return "Erwartet wird ein Text." if override.kind == "text" else "Erwartet werden benannte Angaben."
