"""The way through a form: its pages in order, and those it makes itself for optional and repeated groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from stadtamt.forms.schema import paths
from stadtamt.forms.schema.branches import Branch, alternatives, tree_of
from stadtamt.forms.schema.circumstances import Circumstances
from stadtamt.forms.schema.model import Check, Choice, Field, Group, Question
from stadtamt.kernel.expressions import Text, compile_text

OPEN, MORE = "_wahl", "_mehr"
MOST_OCCURRENCES = 100
_ONE_OF = "Welche dieser Angaben machen Sie?"
_ANY_OF = "Zu welchen Punkten möchten Sie Angaben machen?"
_FREE = "Alle diese Angaben sind freiwillig. Wählen Sie aus, was auf Sie zutrifft."


@dataclass(slots=True)
class Way:
    """The pages, and the groups that apply with the addresses of their occurrences."""

    pages: list[Question] = field(default_factory=list)
    places: list[tuple[Group, str]] = field(default_factory=list)


def walk(situation: Circumstances) -> Way:
    """All pages that apply. Checks of the rules stand on the last page that asks for what they look at."""
    way = Way()
    for question in _inside(situation, tree_of(situation.schema), "", way):
        way.pages.append(question)
    _place_checks(situation, way)
    return way


def _inside(situation: Circumstances, branch: Branch, place: str, way: Way) -> Iterator[Question]:
    """The pages of one occurrence of a group, at this address."""
    waiting = list(branch.parts)
    while waiting:
        part = waiting.pop(0)
        if isinstance(part, Group):
            way.places.append((part, place))
            yield from _own_pages(situation, part, place)
        elif part.group and situation.is_wanted(part.group, place):
            run = [part]
            while _is_offered(situation, run[-1], place) and waiting and _is_offered(situation, waiting[0], place):
                run.append(waiting.pop(0))  # type: ignore[arg-type]  # only branches are offered
            if _is_offered(situation, part, place):
                yield _offer(situation, run, place)
            for one in run:
                yield from _entered(situation, one, place, way)


def _own_pages(situation: Circumstances, group: Group, place: str) -> Iterator[Question]:
    for question in group.questions:
        bound = _bound(question, place)
        if situation.applies(bound):
            yield bound


def _is_offered(situation: Circumstances, part: Group | Branch, place: str) -> bool:
    """Whether a group is optional at this moment, so that it is asked whether it is wanted."""
    if isinstance(part, Group) or part.group is None or part.group.least:
        return False
    return situation.is_wanted(part.group, place) and not situation.is_required(part.group, place)


def _entered(situation: Circumstances, branch: Branch, place: str, way: Way) -> Iterator[Question]:
    group = branch.group
    assert group is not None  # noqa: S101  # only the root has none
    address = paths.join(place, group.path.rpartition(".")[2])
    stored = paths.lookup(situation.answers, address)
    if _is_offered(situation, branch, place) and stored in (None, []):
        return
    if not group.repeated:
        yield from _inside(situation, branch, address, way)
        return
    many = max(len(stored) if isinstance(stored, list) else 0, group.least, 1)
    for number in range(1, min(many, MOST_OCCURRENCES) + 1):
        yield from _inside(situation, branch, paths.join(address, number), way)
    if many < min(group.most or MOST_OCCURRENCES, MOST_OCCURRENCES):
        yield _more(situation, group, address, many)


def _bound(question: Question, place: str) -> Question:
    if not paths.occurrences_of(place):
        return question
    prefix = len(question.place)
    return replace(
        question,
        place=place,
        fields=tuple(replace(entry, bound=paths.join(place, entry.id)) for entry in question.fields),
        checks=tuple(
            replace(check, id=f"{check.id}@{place}", place=place, field=f"{place}{check.field[prefix:]}")
            for check in question.checks
        ),
    )


def _offer(situation: Circumstances, run: list[Branch], place: str) -> Question:
    """Which optional groups are wanted: yes or no for one, a selection of several, one of them where a rule says so."""
    groups = [branch.group for branch in run if branch.group]
    addresses = tuple(paths.join(place, group.path.rpartition(".")[2]) for group in groups)
    above = situation.schema.group_at.get(paths.path_of(place))
    one_of = (above is not None and above.exclusive) or _is_choice(situation, groups)
    titles = [situation.words(group.title, place) for group in groups]
    bound = paths.join(addresses[0], OPEN)
    if len(groups) == 1:
        asked = Field(OPEN, place, "bool", _text(f"Möchten Sie Angaben machen zu: {titles[0]}?"), bound=bound)
        title, help_ = asked.label, groups[0].help
    else:
        title = _text(_ONE_OF if one_of else _ANY_OF)
        help_ = None if one_of else _text(_FREE)
        choices = tuple(Choice(address, label) for address, label in zip(addresses, titles, strict=True))
        asked = Field(OPEN, place, "select", title, bound=bound, choices=choices)
        asked = replace(asked, least=int(one_of), most=1 if one_of else None)
    fields = (replace(asked, opens=addresses),)
    return Question(OPEN, groups[0].id, title, fields, help=help_, kind="open", place=place)


def _is_choice(situation: Circumstances, groups: list[Group]) -> bool:
    return frozenset(group.path for group in groups) in alternatives(situation.schema)


def _more(situation: Circumstances, group: Group, address: str, many: int) -> Question:
    title = situation.words(group.title, address)
    label = _text(f"Möchten Sie noch etwas hinzufügen zu: {title}?")
    asked = Field(MORE, address, "bool", label, bound=paths.join(address, MORE))
    return Question(MORE, group.id, label, (asked,), kind="more", place=address)


def _place_checks(situation: Circumstances, way: Way) -> None:
    """Put each check of the rules on the last page that asks for anything it looks at, once an occurrence."""
    by_path = situation.schema.checks_by_path
    last: dict[tuple[str, str], tuple[int, Check]] = {}
    for number, page in enumerate(way.pages):
        if page.kind == "more":
            continue
        looking = {check.id: (check, entry) for entry in reversed(page.fields) for check in _checks_at(by_path, entry)}
        for check, entry in looking.values():
            place = _occurrence(page.place, check.place)
            target = next((one for one in page.fields if one.asked and paths.within(one.path, check.field)), entry)
            bound = replace(check, id=f"{check.id}@{place}" if place else check.id, place=place, field=target.address)
            last[check.id, place] = (number, bound)
    for number, check in last.values():
        way.pages[number] = replace(way.pages[number], checks=(*way.pages[number].checks, check))


def _checks_at(by_path: Mapping[str, list[Check]], entry: Field) -> Iterator[Check]:
    """The checks that look at what this field asks for; those inside an optional group wait until it is wanted."""
    if not entry.asked:
        return
    for path in map(paths.path_of, entry.opens):
        yield from (check for check in by_path.get(path, ()) if not paths.within(check.place, path))
    if not entry.opens:
        yield from by_path.get(entry.path, ())


def _occurrence(place: str, path: str) -> str:
    """The part of an address that stands for this path, with its occurrence."""
    left = path.split(".") if path else []
    taken: list[str] = []
    for step in place.split(".") if place else []:
        if step.isdigit():
            taken.append(step)
        elif left and step == left[0]:
            taken.append(left.pop(0))
        else:
            break
    return ".".join(taken)


@lru_cache(maxsize=1024)
def _text(words: str) -> Text:
    return compile_text(words.replace("{", "{{").replace("}", "}}"))
