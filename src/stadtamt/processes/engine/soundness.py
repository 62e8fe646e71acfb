"""Can everything that is under way in a diagram still come to an end? Asked by playing tokens, without the engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from stadtamt.processes.engine.spec import Flow, Node, ProcessSpec

MOST_MARKINGS = 4000


@dataclass(frozen=True, slots=True, order=True)
class Token:
    """A place at work (`at`, with the events at its edge that may still happen), or a flow that was gone (`on`)."""

    at: str = ""
    edge: tuple[str, ...] = ()
    on: str = ""


type Marking = tuple[Token, ...]


def stuck_at(spec: ProcessSpec, tokens: Iterable[Token]) -> Node | None:
    """A gateway at which these tokens may come to wait for ever; None when they always come to an end.

    Conditions are not looked at: every way out of a gateway may be gone. OverflowError when there are too many ways.
    """
    game = _Game(spec)
    first: Marking = tuple(sorted(tokens))
    seen, open_markings = {first}, [first]
    while open_markings:
        marking = open_markings.pop()
        following = list(game.moves(marking))
        if marking and not following:
            flow = next(flow for flow in spec.flows if flow.id == marking[0].on)
            return spec.by_id[flow.target]
        for one in following:
            if one not in seen:
                seen.add(one)
                open_markings.append(one)
        if len(seen) > MOST_MARKINGS:
            raise OverflowError
    return None


class _Game:
    """The moves that a diagram allows."""

    def __init__(self, spec: ProcessSpec) -> None:
        self.spec = spec
        self.target = {flow.id: flow.target for flow in spec.flows}
        self.edge = {node.id: tuple(one.id for one in spec.nodes if one.attached_to == node.id) for node in spec.nodes}

    @cached_property
    def enters(self) -> dict[str, list[str]]:
        return {node.id: [flow.id for flow in self.spec.flows if flow.target == node.id] for node in self.spec.nodes}

    def moves(self, marking: Marking) -> Iterator[Marking]:
        """What may happen next, for one token at a time: no token takes a way from another, so the order is all one."""
        for token in dict.fromkeys(marking):
            steps = list(self._steps(token))
            if steps:
                rest = list(marking)
                rest.remove(token)
                yield from (tuple(sorted([*rest, *new])) for new in steps)
                return
        yield from self._meetings(marking)

    def _steps(self, token: Token) -> Iterator[list[Token]]:
        if token.on:
            target = self.target[token.on]
            if self.spec.by_id[target].kind != "parallel":
                yield [Token(at=target, edge=self.edge[target])]
            return
        node = self.spec.by_id[token.at]
        ways = self.spec.ways_out[node.id]
        if node.kind == "exclusive":
            yield from (_on([flow]) for flow in ways)
        else:
            yield _on(ways)
        for event in token.edge:
            happened = _on(self.spec.ways_out[event])
            if not self.spec.by_id[event].interrupting:
                left = tuple(one for one in token.edge if one != event)
                happened.append(Token(at=token.at, edge=left))
            yield happened

    def _meetings(self, marking: Marking) -> Iterator[Marking]:
        arrived = Counter(token.on for token in marking if token.on)
        for gateway in {self.target[flow] for flow in arrived}:
            enters = self.enters[gateway]
            if self.spec.by_id[gateway].kind == "parallel" and all(arrived[flow] for flow in enters):
                rest = list(marking)
                for flow in enters:
                    rest.remove(Token(on=flow))
                yield tuple(sorted([*rest, *_on(self.spec.ways_out[gateway])]))


def _on(flows: Iterable[Flow]) -> list[Token]:
    return [Token(on=flow.id) for flow in flows]
