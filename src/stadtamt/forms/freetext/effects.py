"""From the clauses of a rule to its effects: pairs activations with deactivations and refuses contradictions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from stadtamt.forms.conditions.model import Always, Condition, Effect, EffectKind, Not, Or
from stadtamt.forms.freetext import messages
from stadtamt.forms.freetext.literals import literal
from stadtamt.forms.freetext.meaning import Meaning, opposite
from stadtamt.forms.freetext.places import Places, label
from stadtamt.forms.freetext.spoken import (
    Allowed,
    AnyOfGroup,
    Ask,
    Before,
    Calendar,
    Check,
    Clause,
    Deed,
    Negated,
    Preset,
    Several,
    Step,
    Test,
    Unclear,
)
from stadtamt.forms.freetext.trial import LAND, TooMany, constant, mentioned, overlap
from stadtamt.forms.xdatenfelder.model import Field, Path

_ONLY_SHOWN = "Der Text sagt, wann „{}“ erscheint, aber nicht, was sonst gilt."
_WHENEVER = "Es ist nicht sicher, ob „{}“ in jedem Fall ausgeschlossen ist oder nur unter der Bedingung davor."
_SELF = "„{}“ hängt von sich selbst ab."
_SEVERAL_AGAINST = "„{}“ erlaubt mehrere Antworten zugleich; „{}“ wäre dann verlangt und ausgeschlossen."
_AGAINST = "Der Text widerspricht sich: „{}“ ist für dieselben Angaben verlangt und ausgeschlossen."


def effects(clauses: tuple[Clause, ...], places: Places, at: Path) -> tuple[Effect, ...]:
    """What follows from a rule of the group `at`. Raises Unclear."""
    work = _Work(places, at)
    for clause in clauses:
        work.add(clause)
    return work.finished()


def _tests(ask: Ask) -> Iterator[Test]:
    if isinstance(ask, Test):
        yield ask
    elif isinstance(ask, Negated):
        yield from _tests(ask.part)
    elif isinstance(ask, Several):
        for part in ask.parts:
            yield from _tests(part)


class _Work:
    def __init__(self, places: Places, at: Path) -> None:
        self.places = places
        self.meaning = Meaning(places, at)
        self.at = at
        self.said: dict[str, list[tuple[Path, Condition]]] = {
            kind: [] for kind in ("show", "appear", "must", "hide", "optional")
        }
        self.order: list[Path] = []
        self.checks: list[Effect] = []
        self.preset: list[tuple[Path, Condition]] = []

    def add(self, clause: Clause) -> None:
        when = Always() if clause.when is None else self.meaning.condition(clause.when)
        for step in clause.steps:
            if isinstance(step, Deed):
                for ref in step.refs:
                    target = self.meaning.path(ref)
                    self.order.append(target)
                    self.said[step.kind].append((target, when))
            else:
                self.checks.append(self._check(step, when))

    def _check(self, step: Step, when: Condition) -> Effect:
        meaning = self.meaning
        if isinstance(step, Preset):
            field = meaning.element(step.ref)
            if not isinstance(field, Field):
                raise Unclear(f"„{label(field.common)}“ ist eine Gruppe und kann nicht vorbefüllt werden.")
            self.preset.append((meaning.path(step.ref), when))
            return Effect("preset", ".".join(meaning.path(step.ref)), Always(), value=literal(step.value, field))
        if isinstance(step, Before):
            first, second = meaning.element(step.first), meaning.element(step.second)
            dates = isinstance(first, Field) and first.type in ("date", "datetime")
            said = messages.in_order(first, second, dates=dates, equal=step.equal)
            condition, target = meaning.order(step.first, step.second, step.equal), meaning.path(step.second)
        elif isinstance(step, Calendar):
            condition, said = meaning.calendar(step.refs), messages.NO_DAY
            target = self._target(condition)
        elif isinstance(step, Allowed):
            condition, said = meaning.allowed(step)
            target = self._target(condition)
        elif isinstance(step, AnyOfGroup):
            check = meaning.any_of_group(step)
            condition, said, target = meaning.condition(check.ask), self._some_message(check), self.at
        elif isinstance(step, Check):
            condition, said = meaning.condition(step.ask), self._some_message(step)
            target = self._target(condition)
        else:
            raise Unclear("Es ist nicht verstanden, was geschehen soll.")
        if not isinstance(when, Always):
            condition = Or((opposite(when), condition))
        self._hold_nearness(target, condition)
        return Effect("valid", ".".join(target), condition, said)

    def _some_message(self, step: Check) -> str:
        tests = list(dict.fromkeys(_tests(step.ask)))
        elements = [self.meaning.element(test.ref) for test in tests]
        kind = step.ask.kind if isinstance(step.ask, Several) else ""
        one = kind == "xor"
        if kind == "and":
            return messages.not_together(elements)
        value = tests[0].value
        if value is None:
            return messages.one_given(elements) if one else messages.any_given(elements)
        said = {"wahr": "Ja", "true": "Ja", "falsch": "Nein", "false": "Nein"}.get(value.text.casefold(), value.text)
        return messages.one_answered(elements, said) if one else messages.any_answered(elements, said)

    def _target(self, condition: Condition) -> Path:
        """Where the message of a check is shown: the group of the rule, or what its elements have in common."""
        if self.at:
            return self.at
        paths = sorted(path for path in condition.paths if ".".join(path) != LAND)
        shared: Path = paths[0]
        for path in paths:
            while path[: len(shared)] != shared:
                shared = shared[:-1]
        return shared or paths[0]

    def finished(self) -> tuple[Effect, ...]:
        must, hide = list(self.said["must"]), list(self.said["hide"])
        shown = [*self.said["show"]]
        for target, when in self.said["appear"]:
            if (target, when) in must and not isinstance(when, Always):
                hide.append((target, opposite(when)))
            else:
                shown.append((target, when))
        hidden = {target for target, _ in hide}
        must += [entry for entry in shown if entry[0] in hidden and entry not in must]
        self._hold_contradictions(must, hide)
        self._hold_reach(must, hide)
        self._hold_presets(hide)
        made = [*self._made("require", must), *self._made("forbid", hide)]
        made.sort(key=lambda effect: self.order.index(tuple(effect.target.split("."))))
        if not made and not self.checks:
            self._refuse(shown)
        return tuple(dict.fromkeys([*made, *self.checks]))

    def _refuse(self, shown: list[tuple[Path, Condition]]) -> None:
        if shown:
            raise Unclear(_ONLY_SHOWN.format(label(self.places.element(shown[0][0]).common)))
        raise Unclear("Der Text sagt nur, was freiwillig ist.")

    def _made(self, kind: EffectKind, entries: Iterable[tuple[Path, Condition]]) -> Iterable[Effect]:
        for target, when in entries:
            element = self.places.element(target)
            said = messages.required(element) if kind == "require" else messages.forbidden(element)
            self._hold_nearness(target, when)
            for path in when.paths:
                if path[: len(target)] == target:
                    raise Unclear(_SELF.format(label(element.common)))
            if not isinstance(when, Always) and self._tried(constant, when):
                raise Unclear("Eine Bedingung trifft bei jeder möglichen Antwort zu oder bei keiner.")
            yield Effect(kind, ".".join(target), when, said)

    def _hold_nearness(self, target: Path, when: Condition) -> None:
        """Answers of a repeated group can only be asked about within it."""
        for path in when.paths:
            if ".".join(path) != LAND and self.places.strays(path, target):
                name = label(self.places.element(path).common)
                raise Unclear(f"„{name}“ kann mehrmals vorkommen, und es ist nicht gesagt, welche Angabe gemeint ist.")

    def _hold_contradictions(self, must: list[tuple[Path, Condition]], hide: list[tuple[Path, Condition]]) -> None:
        for target, when in must:
            for other, against in hide:
                if target[: len(other)] != other:
                    continue
                opposed = isinstance(against, Not) and against.part == when
                opposed = opposed or (isinstance(when, Not) and when.part == against)
                if not opposed and self._tried(overlap, when, against):
                    raise Unclear(self._against(target, when))

    def _hold_presets(self, hide: list[tuple[Path, Condition]]) -> None:
        """A value under a condition is certain only where the text also says that there is none otherwise."""
        for target, when in self.preset:
            if not isinstance(when, Always) and (target, opposite(when)) not in hide:
                raise Unclear("Eine Vorbelegung unter einer Bedingung ist nicht sicher zu verstehen.")

    def _hold_reach(self, must: list[tuple[Path, Condition]], hide: list[tuple[Path, Condition]]) -> None:
        """Beside conditions, what is shut out without one may well be meant under the condition named before."""
        if any(not isinstance(when, Always) for _, when in [*must, *hide]):
            for target, when in hide:
                if isinstance(when, Always):
                    raise Unclear(_WHENEVER.format(label(self.places.element(target).common)))

    def _against(self, target: Path, when: Condition) -> str:
        name = label(self.places.element(target).common)
        for path in sorted(when.paths):
            if path in self.places.nodes and self.places.nodes[path].structure.most != 1:
                return _SEVERAL_AGAINST.format(label(self.places.element(path).common), name)
        return _AGAINST.format(name)

    def _tried(self, test: Callable[..., bool], *conditions: Condition) -> bool:
        domains = self.meaning.domains(mentioned(list(conditions)))
        try:
            return test(*conditions, domains)
        except TooMany:
            raise Unclear("Die Bedingungen sind zu umfangreich, um sie sicher zu verstehen.") from None
