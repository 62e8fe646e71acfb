"""Cuts a style sheet down to the rules and custom properties in use, and turns left and right into start and end.

Pure text work on well-formed CSS without `@import`; enough for KERN, not a general CSS parser.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CLASS = re.compile(r"\.(-?[_a-zA-Z][\w-]*)")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_USE = re.compile(r"var\(\s*(--[\w-]+)")
_SPACE = re.compile(r"\s+")
_SIDES = re.compile(r"\b(margin|padding|border)-(left|right)\b(?=[\w-]*\s*:)")
_FLOW = re.compile(r"\b(text-align|float|clear)\s*:\s*(left|right)\b")
_INSET = re.compile(r"(?<![\w-])(left|right)(?=\s*:)")
_START_END = {"left": "start", "right": "end"}


@dataclass(frozen=True)
class Rule:
    """One rule: `head` is the selector list or the at-rule; `body` its declarations, or `rules` when it nests."""

    head: str
    body: str = ""
    rules: tuple[Rule, ...] = ()


def purge(css: str, *, keep: Collection[str], drop_heads: Collection[str] = (), used_by: str = "") -> str:
    """The minified sheet with only those selectors whose classes are all in `keep`.

    `drop_heads` names beginnings of selectors that go in any case; fonts and animations always go. A custom property
    stays when a kept rule, another kept property or the text `used_by` refers to it.
    """
    rules = tuple(_kept(_parse(_COMMENT.sub("", css)), frozenset(keep), tuple(drop_heads)))
    live = _live_properties(rules, used_by)
    return "".join(_written(rule, live) for rule in rules) + "\n"


def logical(css: str) -> str:
    """The same sheet with physical sides replaced by writing-direction sides, so that it serves Arabic too."""
    css = _SIDES.sub(lambda m: f"{m[1]}-inline-{_START_END[m[2]]}", css)
    css = _FLOW.sub(
        lambda m: f"{m[1]}:{_START_END[m[2]] if m[1] == 'text-align' else 'inline-' + _START_END[m[2]]}", css
    )
    return _INSET.sub(lambda m: f"inset-inline-{_START_END[m[1]]}", css)


def _parse(css: str) -> tuple[Rule, ...]:
    rules: list[Rule] = []
    place = 0
    while (opening := _find(css, "{", place)) >= 0:
        head = _SPACE.sub(" ", css[place:opening]).strip()
        while head.startswith("@") and ";" in head:  # a statement such as @charset before the rule
            head = head.partition(";")[2].strip()
        closing = _closing(css, opening)
        inner = css[opening + 1 : closing]
        nests = head.startswith(("@media", "@supports", "@layer", "@container"))
        rules.append(Rule(head, rules=_parse(inner)) if nests else Rule(head, body=inner.strip()))
        place = closing + 1
    return tuple(rules)


def _find(css: str, sign: str, place: int) -> int:
    """Where `sign` stands next outside quotes, or -1."""
    quote = ""
    for index in range(place, len(css)):
        char = css[index]
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char == sign:
            return index
    return -1


def _closing(css: str, opening: int) -> int:
    depth, place = 1, opening
    while depth:
        closing = _find(css, "}", place + 1)
        further = _find(css[:closing], "{", place + 1)
        depth, place = (depth + 1, further) if further >= 0 else (depth - 1, closing)
    return place


def _kept(rules: tuple[Rule, ...], keep: frozenset[str], drop_heads: tuple[str, ...]) -> Iterator[Rule]:
    for rule in rules:
        if rule.rules:
            inner = tuple(_kept(rule.rules, keep, drop_heads))
            if inner:
                yield Rule(rule.head, rules=inner)
        elif not rule.head.startswith("@"):  # no fonts (the office brings its own), no animations
            heads = [part for part in _selectors(rule.head) if _wanted(part, keep) and not part.startswith(drop_heads)]
            if heads and rule.body:
                yield Rule(",".join(heads), rule.body)


def _selectors(head: str) -> Iterator[str]:
    """The parts of a selector list, split at commas outside brackets."""
    depth, start = 0, 0
    for index, char in enumerate(head):
        depth += (char in "([") - (char in ")]")
        if char == "," and not depth:
            yield head[start:index].strip()
            start = index + 1
    yield head[start:].strip()


def _wanted(selector: str, keep: frozenset[str]) -> bool:
    return keep.issuperset(_CLASS.findall(_QUOTED.sub("", selector)))


def _declarations(body: str) -> Iterator[tuple[str, str]]:
    start = 0
    while start < len(body):
        end = _find(body, ";", start)
        end = len(body) if end < 0 else end
        # a semicolon inside url(data:...;...) without quotes does not end the declaration
        while body[start:end].count("(") > body[start:end].count(")") and end < len(body):
            further = _find(body, ";", end + 1)
            end = len(body) if further < 0 else further
        name, colon, value = body[start:end].partition(":")
        if colon:
            yield name.strip(), _SPACE.sub(" ", value).strip()
        start = end + 1


def _flat(rules: tuple[Rule, ...]) -> Iterator[Rule]:
    for rule in rules:
        yield from _flat(rule.rules) if rule.rules else (rule,)


def _live_properties(rules: tuple[Rule, ...], used_by: str) -> frozenset[str]:
    live, edges = set(_USE.findall(used_by)), dict[str, set[str]]()
    for rule in _flat(rules):
        for name, value in _declarations(rule.body):
            uses = set(_USE.findall(value))
            if name.startswith("--"):
                edges.setdefault(name, set()).update(uses)
            else:
                live |= uses
    waiting = list(live)
    while waiting:
        for name in edges.get(waiting.pop(), set()) - live:
            live.add(name)
            waiting.append(name)
    return frozenset(live)


def _written(rule: Rule, live: frozenset[str]) -> str:
    if rule.rules:
        inner = "".join(_written(each, live) for each in rule.rules)
        return f"{rule.head}{{{inner}}}" if inner else ""
    pairs = ((n, v) for n, v in _declarations(rule.body) if not n.startswith("--") or n in live)
    body = ";".join(f"{name}:{value}" for name, value in pairs)
    return f"{rule.head}{{{body}}}" if body else ""
