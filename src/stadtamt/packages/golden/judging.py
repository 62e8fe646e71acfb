"""What a case expects, part by part: assessment, completeness of the form, tasks of the process, letter, deadlines."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from stadtamt.cases.rules.announcement import NoRuleInForce
from stadtamt.forms.schema import as_seen, paths, review
from stadtamt.kernel.dates import with_dates
from stadtamt.notices.composing import LetterSource, compose
from stadtamt.notices.composing.letter import Letter
from stadtamt.notices.composing.scope import Facts, Office, Verdict, scope_of
from stadtamt.notices.errors import LetterIncomplete, PaymentDataRefused
from stadtamt.packages.golden.comparing import differences, resolved, shown
from stadtamt.packages.golden.stage import Stage
from stadtamt.packages.golden.walking import Walk, walk

NUMBER = "2026-MUSTER"
REFERENCE = "RF18539007547034"  # of the standard's own example, with right check digits
CLERK = "Erika Muster"


def judge(stage: Stage) -> Iterator[str]:
    """Every way in which the case is not what it should be; nothing when all is well."""
    yield from _unknown_answers(stage)
    for key, part in _PARTS.items():
        if key in stage.case.data:
            yield from part(stage, stage.case.data[key])


def _unknown_answers(stage: Stage) -> Iterator[str]:
    known = {**stage.bench.author_schema.fields, **stage.bench.schema.fields}
    groups = {*stage.bench.author_schema.group_at, *stage.bench.schema.group_at}
    for address, value in _leaves(stage.answers, "", groups):
        path = paths.path_of(address)
        if path not in known:
            yield f"Die Antwort „{address}“ gibt es im Formular nicht."
        elif known[path].type == "date" and not isinstance(with_dates(value), date | None):
            yield f"Die Antwort „{address}“ muss ein Tag sein wie 2026-05-12, nicht {shown(value)}."


def _leaves(answers: Any, above: str, groups: Container[str]) -> Iterator[tuple[str, Any]]:
    """Every answer by address; what lies in a group is looked into."""
    if isinstance(answers, list) and paths.path_of(above) in groups:
        for number, entry in enumerate(answers, 1):
            yield from _leaves(entry, paths.join(above, number), groups)
    elif isinstance(answers, Mapping) and (not above or paths.path_of(above) in groups):
        for key, value in answers.items():
            yield from _leaves(value, paths.join(above, key), groups)
    elif above and not (paths.path_of(above) in groups and answers in (None, [])):
        yield above, answers


def _expect(stage: Stage, expected: Mapping[str, Any]) -> Iterator[str]:
    found = stage.assessment
    reasons = found.get("reasons") or []
    codes = [reason.get("code") for reason in reasons if isinstance(reason, Mapping)]
    yield from differences(resolved(expected, stage.scope), {"codes": codes, **found})


def _complete(stage: Stage, expected: Any) -> Iterator[str]:
    """Optional fields that the case does not name count as seen and left empty."""
    schema = stage.bench.schema if stage.case.own else stage.bench.author_schema
    situation = as_seen(stage.in_form(schema, stage.answers))
    found = review(situation, confirmed=frozenset(stage.confirmed))
    if expected is False and found.complete:
        yield "complete: Das Formular nimmt die Antworten als vollständig an, erwartet war das Gegenteil."
    if expected is False:
        return
    for question in found.open_questions:
        title = situation.words(question.title, question.place)
        yield f"complete: Die Seite „{title}“ ({question.key}) ist noch offen."
    for check in found.asks:
        yield f"complete: Das Formular fragt nach ({check.id}): {situation.words(check.message, check.place)}"


def _process(stage: Stage, expected: Mapping[str, Any]) -> Iterator[str]:
    """A task that an override of the town put in does not count in a case of the author."""
    skipped = frozenset() if stage.case.own else stage.bench.added_steps
    tasks = [str(task) for task in expected.get("tasks", [])]
    found = walk(stage.bench.spec, Walk(stage.clear, stage.channel, _kind(stage), stage.outcome, tasks, expected))
    waited = [task.activity for task in found.waited if task.id not in skipped]
    if found.problem:
        yield f"process: {found.problem}"
    if waited != tasks:
        yield f"process.tasks: erwartet {shown(tasks)}, gefunden {shown(waited)}."


def _kind(stage: Stage) -> str:
    return str(stage.applied.get("kind"))


def _letter(stage: Stage, expected: Mapping[str, Any]) -> Iterator[str]:
    scope = letter_scope(stage)
    chosen = next((one for one in stage.bench.letters if one.when is None or one.when.evaluate(scope) is True), None)
    if chosen is None:
        yield f"letter: Für diese Entscheidung ({stage.outcome}, {_kind(stage)}) gibt es keinen Brief."
        return
    if expected.get("id", chosen.id) != chosen.id:
        yield f"letter.id: erwartet {shown(expected['id'])}, gefunden {shown(chosen.id)}."
        return
    source = chosen.source if stage.case.own else chosen.author
    try:
        text = words_of(compose(source, scope))
        if source is not chosen.source:
            compose(chosen.source, scope)
    except (LetterIncomplete, PaymentDataRefused) as problem:
        yield f"letter: Der Brief „{chosen.id}“ lässt sich nicht schreiben. {problem.sentence}"
        return
    for words in resolved(list(expected.get("contains", [])), stage.scope):
        if _one_line(str(words)) not in text:
            yield f"letter.contains: „{words}“ steht nicht im Brief „{chosen.id}“. Dort steht: {text}"
    for words in resolved(list(expected.get("lacks", [])), stage.scope):
        if _one_line(str(words)) in text:
            yield f"letter.lacks: „{words}“ steht im Brief „{chosen.id}“, sollte dort aber nicht stehen."


def letter_scope(stage: Stage) -> dict[str, Any]:
    """What the letter of this case may speak of, in the very shape a notice uses; town and number are pretended."""
    package, person, days = stage.bench.package, stage.person, stage.announcement
    unit = package.unit.get("name") or stage.parameters.get("unit") or stage.office["office"]
    office = Office(
        town=stage.office["office"],
        unit=str(unit),
        street="Rathausplatz 1",
        postcode="12345",
        place=stage.office["name"],
        phone="07531 900-0",
        mail="rathaus@stadt.example",
        web="https://stadt.example",
        iban="DE89370400440532013000",
        bank="Musterbank",
    )
    automated = stage.clear and not stage.refused
    verdict = Verdict(
        date=stage.today,
        outcome=stage.outcome,
        grounds=str(stage.case.data.get("grounds") or ("Begründung der Sachbearbeitung." if stage.refused else "")),
        automated=automated,
        legal_basis=str(package.automation.get("legal_basis", "")) if automated else "",
        clerk="" if automated else CLERK,
    )
    cents = stage.decided.get("total_cents")
    owed = isinstance(cents, int) and cents > 0
    lines = (person.get("street", ""), f"{person.get('postcode', '')} {person.get('place', '')}".strip())
    facts = Facts(
        office=office,
        service=str(package.service["title"]),
        number=NUMBER,
        submitted_on=stage.received,
        name=f"{person.get('given_name', '')} {person.get('family_name', '')}".strip() or "Alex Muster",
        address=[line for line in lines if line] or ["Musterweg 1", "12345 Musterstadt"],
        answers=stage.scope["answers"],
        parameters=stage.parameters,
        assessment=with_dates(stage.decided),
        verdict=verdict,
        channel=stage.channel,
        announced_on=days.announced_on,
        due_on=days.due_on,
        law=stage.law,
        reference=REFERENCE if owed else "",
        amount_cents=cents if isinstance(cents, int) and owed else 0,
        code="ABCD-EFGH-JKLM",
        remedy=package.remedy,
    )
    scope = scope_of(facts)
    return {**scope, "town": {**scope["town"], **package.letterhead}}


def compose_for(stage: Stage, source: LetterSource) -> Letter:
    """The letter with these words for the case. Raises LetterIncomplete."""
    return compose(source, letter_scope(stage))


def words_of(letter: Letter) -> str:
    """Everything a letter says, in one line; blanks of every kind are one space."""
    return _one_line(" ".join(_texts(replace(letter, seal=None).as_data())))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, entry in value.items():
            if key not in {"kind", "align", "code", "code_alt", "id", "language"}:
                yield from _texts(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from _texts(entry)


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _deadlines(stage: Stage, expected: Mapping[str, Any]) -> Iterator[str]:
    days = stage.bench.package.processing_days
    found = {"decide_by": (stage.received + timedelta(days=days)).isoformat()}
    if set(expected) - {"decide_by"}:
        try:
            announcement = stage.announcement
        except NoRuleInForce:
            yield f"deadlines: Für den {stage.today.isoformat()} ist keine Regel der Bekanntgabe bekannt."
            return
        found |= {
            "announced_on": announcement.announced_on.isoformat(),
            "objection_ends_on": announcement.objection_ends_on.isoformat(),
            "due_on": announcement.due_on.isoformat(),
        }
    yield from (f"deadlines.{one}" for one in differences(resolved(expected, stage.scope), found))


def moment_of(stage: Stage) -> datetime:
    """Noon of the case's day."""
    return datetime.combine(stage.today, time(12), tzinfo=UTC)


_PARTS: Mapping[str, Callable[[Stage, Any], Iterator[str]]] = {
    "expect": _expect,
    "complete": _complete,
    "process": _process,
    "letter": _letter,
    "deadlines": _deadlines,
}
