"""The tree of an expression: small frozen nodes, each with the place in the source where it begins."""

from dataclasses import dataclass

from stadtamt.kernel.expressions.values import Value


@dataclass(frozen=True, slots=True)
class Node:
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Literal(Node):
    value: Value


@dataclass(frozen=True, slots=True)
class ListOf(Node):
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ContextOf(Node):
    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Path(Node):
    """A name and the members read from it: `antrag.hund.name`."""

    root: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Member(Node):
    """A member of anything that is not a plain name: `f(x).name`."""

    target: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    target: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    name: str
    arguments: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """Operators of one rank in a row, applied from the left; a row, not a tree, so that a long sum is not deep."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Negative(Node):
    operand: Node


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """`and` or `or` over two or more operands."""

    operator: str
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    subject: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class Range(Node):
    """`[low..high]`; an end that does not count is written with the bracket turned or round."""

    low: Node
    high: Node
    with_low: bool
    with_high: bool


@dataclass(frozen=True, slots=True)
class Relation(Node):
    """A test without a left side: `< 5`."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Tests(Node):
    """Alternatives; negated when written as `not(...)` in a cell, empty alternatives stand for `-`."""

    alternatives: tuple[Node, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class In(Node):
    subject: Node
    target: Node


@dataclass(frozen=True, slots=True)
class If(Node):
    """`if … then … else if … then … else …` as a row of branches."""

    branches: tuple[tuple[Node, Node], ...]
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Loop(Node):
    """`for`, `some` or `every` over one or more bindings."""

    kind: str
    bindings: tuple[tuple[str, Node], ...]
    body: Node
