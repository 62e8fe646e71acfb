"""The elements of a schema by path, and what an id in a rule means at the place of the rule."""

from __future__ import annotations

from collections import defaultdict

from stadtamt.forms.freetext.likeness import agrees, plain, same
from stadtamt.forms.freetext.scanner import Names
from stadtamt.forms.freetext.spoken import Ref, Unclear
from stadtamt.forms.xdatenfelder.model import Common, Document, Field, Group, Node, Path

_MISSING = "„{}“ gibt es in diesem Formular nicht."
_AMBIGUOUS = "„{}“ kommt an mehreren Stellen vor, und es ist nicht gesagt, welche gemeint ist."
_OTHER_LABEL = "„{}“ heißt im Formular „{}“, im Text aber „{}“."


class Places:
    """All elements of a document, found by path and by id."""

    def __init__(self, document: Document) -> None:
        self.nodes: dict[Path, Node] = {node.path: node for node in document.nodes()}
        self._by_id: dict[str, list[Path]] = defaultdict(list)
        self._below: dict[Path, list[Path]] = defaultdict(list)
        self._found: dict[tuple[Ref, Path], Path] = {}
        for path in self.nodes:
            self._by_id[path[-1]].append(path)
            self._below[path[:-1]].append(path)
        self.names = self._names()

    def element(self, path: Path) -> Field | Group:
        return self.nodes[path].element

    def children(self, path: Path) -> list[Path]:
        return self._below.get(path, [])

    def resolve(self, ref: Ref, at: Path) -> Path:
        """The path of an element named in a rule of the group `at`. Raises Unclear."""
        known = self._found.get((ref, at))
        if known is None:
            path = self._by_ids(ref.ids, at) if ref.ids else self._by_label(ref.label, at)
            self._hold_label(path, ref)
            known = self._found[ref, at] = path
        return known

    def strays(self, path: Path, target: Path) -> bool:
        """Whether a path leads through a repeated group that the target is not in."""
        return any(
            path[:length] != target[:length] and self.nodes[path[:length]].structure.most != 1
            for length in range(1, len(path))
        )

    def _by_ids(self, ids: tuple[str, ...], at: Path) -> Path:
        if (*at, *ids) in self.nodes:
            return (*at, *ids)
        fitting = [path for path in self._by_id.get(ids[-1], ()) if path[-len(ids) :] == ids]
        if not fitting:  # a step may be left out between two ids
            fitting = [path for path in self._by_id.get(ids[-1], ()) if _holds_in_order(path, ids)]
        if inside := [path for path in fitting if path[: len(at)] == at]:
            return _only(inside, ".".join(ids))
        for length in range(len(at) - 1, -1, -1):
            if (*at[:length], *ids) in self.nodes:
                return (*at[:length], *ids)
        return _only(fitting, ".".join(ids))

    def _by_label(self, label: str, at: Path) -> Path:
        fitting = [path for path, node in self.nodes.items() if any(same(label, name) for name in _labels(node))]
        direct = [path for path in fitting if path[:-1] == at]
        inside = [path for path in fitting if path[: len(at)] == at]
        return _only(direct or inside or fitting, label)

    def _hold_label(self, path: Path, ref: Ref) -> None:
        if not ref.label or not ref.ids:
            return
        own = _labels(self.nodes[path])
        others = [name for other in self.children(path[:-1]) if other != path for name in _labels(self.nodes[other])]
        if not agrees(ref.label, own, others):
            raise Unclear(_OTHER_LABEL.format(path[-1], own[0], ref.label))

    def _names(self) -> Names:
        labels: dict[str, tuple[str, ...]] = {}
        values: dict[str, tuple[tuple[str, str], ...]] = {}
        owners: dict[str, set[str]] = defaultdict(set)
        for path, node in self.nodes.items():
            element = node.element
            labels[path[-1]] = tuple(dict.fromkeys((*labels.get(path[-1], ()), *_labels(node))))
            for name in _labels(node):
                owners[plain(name)].add(path[-1])
            if isinstance(element, Field) and element.values:
                values[path[-1]] = tuple((value.code, value.name) for value in element.values)
        return Names(labels, values, owners)


def label(common: Common) -> str:
    """How an element is called before a person."""
    return (common.label_in or common.name or common.identity.id).strip().rstrip(":").strip()


def _labels(node: Node) -> tuple[str, ...]:
    common = node.element.common
    return tuple(dict.fromkeys(name for name in (common.name, common.label_in, common.label_out) if name))


def _only(paths: list[Path], said: str) -> Path:
    if not paths:
        raise Unclear(_MISSING.format(said))
    if len(paths) > 1:
        raise Unclear(_AMBIGUOUS.format(said))
    return paths[0]


def _holds_in_order(path: Path, ids: tuple[str, ...]) -> bool:
    steps = iter(path)
    return all(id in steps for id in ids)
