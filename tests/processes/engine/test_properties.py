"""Random processes, random order of completion: the engine does what a reading of the blocks on paper expects."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stadtamt.processes.engine import ProcessState, Step, advance, complete, load_spec, start

from .diagrams import NOON, bpmn, dog_tax, flows, place, read, service, user

LEAF = st.sampled_from(["service", "user"])
BLOCKS = st.recursive(
    LEAF,
    lambda inner: st.one_of(
        st.tuples(st.just("seq"), st.lists(inner, min_size=1, max_size=3)),
        st.tuples(st.just("par"), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.just("xor"), st.booleans(), inner, inner),
        st.tuples(st.just("loop"), st.integers(1, 3), inner),
    ),
    max_leaves=8,
)


@dataclass
class Drawn:
    """A block tree drawn as BPMN: `expected` counts how often each task is done."""

    parts: list[str] = field(default_factory=list)
    ways: list[str] = field(default_factory=list)
    expected: Counter[str] = field(default_factory=Counter)
    data: dict[str, Any] = field(default_factory=dict)
    count: int = 0

    def new(self, tag: str, **attributes: str) -> str:
        self.count += 1
        key = f"{tag[0]}{self.count}"
        drawing = {"service": service, "user": user}
        self.parts.append(drawing[tag](key) if tag in drawing else place(tag, key, **attributes))
        return key

    def draw(self, block: Any, times: int) -> tuple[str, str]:
        """The first and the last element of the block, which is gone through `times` times."""
        if isinstance(block, str):
            key = self.new(block)
            self.expected[key] += times
            return key, key
        return getattr(self, block[0])(*block[1:], times)

    def seq(self, blocks: list[Any], times: int) -> tuple[str, str]:
        ends = [self.draw(block, times) for block in blocks]
        self.ways += [f"{one[1]}>{two[0]}" for one, two in itertools.pairwise(ends)]
        return ends[0][0], ends[-1][1]

    def par(self, blocks: list[Any], times: int) -> tuple[str, str]:
        fork, join = self.new("parallelGateway"), self.new("parallelGateway")
        for first, last in [self.draw(block, times) for block in blocks]:
            self.ways += [f"{fork}>{first}", f"{last}>{join}"]
        return fork, join

    def xor(self, chosen: bool, one: Any, other: Any, times: int) -> tuple[str, str]:
        split, merge = self.new("exclusiveGateway"), self.new("exclusiveGateway")
        yes, no = self.draw(one, times if chosen else 0), self.draw(other, 0 if chosen else times)
        self.data[split] = chosen
        self.ways += [f"{split}>{yes[0]} if {split} = true", f"{split}>{no[0]} if {split} = false"]
        self.ways += [f"{yes[1]}>{merge}", f"{no[1]}>{merge}"]
        return split, merge

    def loop(self, turns: int, body: Any, times: int) -> tuple[str, str]:
        begin, enter, back = self.new("service"), self.new("exclusiveGateway"), self.new("exclusiveGateway")
        first, last = self.draw(body, times * turns)
        count = self.new("service")
        self.data |= {f"zero-{begin}": f"n{count}", f"plus-{count}": f"n{count}"}
        self.expected.update({begin: times, count: times * turns})
        self.ways += [f"{begin}>{enter}", f"{enter}>{first}", f"{last}>{count}", f"{count}>{back}"]
        leave = self.new("exclusiveGateway")
        self.ways += [f"{back}>{enter} if n{count} &lt; {turns}", f"{back}>{leave} if n{count} &gt;= {turns}"]
        return begin, leave


def activities(step: Step, data: dict[str, Any]) -> dict[str, Any]:
    if name := data.get(f"zero-{step.id}"):
        return {name: 0}
    if name := data.get(f"plus-{step.id}"):
        return {name: data[name] + 1}
    return {}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BLOCKS, st.integers())
def test_every_task_is_done_exactly_as_often_as_the_drawing_says(block: Any, seed: int) -> None:
    drawn = Drawn()
    first, last = drawn.draw(block, 1)
    ends = place("startEvent", "start") + place("endEvent", "end")
    spec = read(bpmn(ends + "".join(drawn.parts) + flows(f"start>{first}", *drawn.ways, f"{last}>end")))
    chance, done = random.Random(seed), Counter[str]()
    progress = advance(spec, start(spec, drawn.data), activities=activities, now=NOON, budget=2000)
    while True:
        done.update(step.step_id for step in progress.done)
        if progress.ended:
            break
        task = chance.choice(progress.waiting).task_id
        state = complete(spec, progress.state, task_id=task, data={}, now=NOON)
        progress = advance(spec, state, activities=activities, now=NOON, budget=2000)
    assert done["end"] == 1
    assert Counter({key: count for key, count in done.items() if key[0] in "su" and key != "start"}) == +drawn.expected


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["granted", "refused", "ask"]), max_size=6), st.booleans(), st.booleans())
def test_the_same_stored_state_continues_in_the_same_way(outcomes: list[str], clear: bool, electronic: bool) -> None:
    """Twice from one text, once with the spec as read and once as stored: same steps, same data, same end."""

    def office(step: Step, data: dict[str, Any]) -> dict[str, Any]:
        return {"assess": {"clear": clear}, "ask-citizen": {"asked": True}}.get(step.activity, {})

    spec, stored = dog_tax(), load_spec(dog_tax().serialize())
    state = start(spec, {"electronic": electronic})
    script = iter(outcomes)
    for _ in range(30):
        one = advance(spec, state, activities=office, now=NOON)
        two = advance(stored, ProcessState(str(state.text)), activities=office, now=NOON)
        assert [one.done, one.ended, one.outcome] == [two.done, two.ended, two.outcome]
        assert [waiting.step for waiting in one.waiting] == [waiting.step for waiting in two.waiting]
        assert one.state.data == two.state.data
        if one.ended:
            break
        answer = {"outcome": next(script, "granted")} if one.waiting[0].step.activity == "decide" else {}
        state = complete(spec, one.state, task_id=one.waiting[0].task_id, data=answer, now=NOON)
    assert one.outcome == "announced"
