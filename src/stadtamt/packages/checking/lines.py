"""In which line of a TOML or YAML file something stands, by its path in the data."""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml

from stadtamt.packages.format.shapes import Path

type Lines = Mapping[Path, int]

_HEAD = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"))*)\s*=""")
_PART = re.compile(r""""((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+)""")
_QUOTED = re.compile(r'"""|\'\'\'|"(?:[^"\\]|\\.)*"|\'[^\']*\'|#.*$')
_ELEMENT = re.compile(r"\s*[\"'{\[0-9]")


def line_at(lines: Lines, path: Path) -> int | None:
    """The line of this path, or of the nearest thing around it."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None


def toml_lines(text: str) -> Lines:
    """Lines of tables, keys and of the elements of lists that are written one to a line."""
    return _Toml().read(text)


class _Toml:
    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}
        self.counts: dict[Path, int] = {}
        self.table: Path = ()
        self.open = 0  # brackets of a value that goes on
        self.quote = ""  # the mark of a text over several lines
        self.value: Path = ()
        self.elements = 0

    def read(self, text: str) -> Lines:
        for number, line in enumerate(text.splitlines(), 1):
            if self.quote:
                self._follow(line)
            elif self.open:
                if self.open == 1 and _ELEMENT.match(line):
                    self.lines[(*self.value, self.elements)] = number
                    self.elements += 1
                self._follow(line)
            elif head := _HEAD.match(line):
                self._head(_parts(head[2]), number, many=head[1] == "[[")
            elif key := _KEY.match(line):
                self.value = (*self.table, *_parts(key[1]))
                self.elements = 0
                self.lines.setdefault(self.value, number)
                self._follow(line[key.end() :])
        return self.lines

    def _head(self, names: list[str], number: int, *, many: bool) -> None:
        path: Path = ()
        for name in names[:-1] if many else names:
            path = (*path, name)
            if path in self.counts:
                path = (*path, self.counts[path] - 1)
        if many:
            path = (*path, names[-1])
            self.counts[path] = self.counts.get(path, 0) + 1
            self.lines.setdefault(path, number)
            path = (*path, self.counts[path] - 1)
        self.table = path
        self.lines.setdefault(path, number)

    def _follow(self, rest: str) -> None:
        """Count the brackets that stay open, and see whether a long text begins or ends."""
        if self.quote:
            end = rest.find(self.quote)
            if end < 0:
                return
            rest, self.quote = rest[end + 3 :], ""
        plain = []
        position = 0
        for match in _QUOTED.finditer(rest):
            if match.start() < position:
                continue
            plain.append(rest[position : match.start()])
            position = match.end()
            if match[0] in {'"""', "'''"}:
                end = rest.find(match[0], position)
                if end < 0:
                    self.quote = match[0]
                    position = len(rest)
                    break
                position = end + 3
        plain.append(rest[position:])
        bare = "".join(plain)
        self.open = max(0, self.open + sum(map(bare.count, "[{")) - sum(map(bare.count, "]}")))


def _parts(key: str) -> list[str]:
    return [one or two or three for one, two, three in _PART.findall(key)]


def yaml_lines(text: str) -> Lines:
    """Lines of everything in a YAML file; a text in a block (``|``, ``>``) stands at its first line of words."""
    lines: dict[Path, int] = {}
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return lines
    stack: list[tuple[Path, yaml.Node]] = [((), root)] if root is not None else []
    while stack:
        path, node = stack.pop()
        block = isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}
        lines[path] = node.start_mark.line + (2 if block else 1)
        if isinstance(node, yaml.MappingNode):
            stack += [((*path, str(key.value)), value) for key, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            stack += [((*path, number), value) for number, value in enumerate(node.value)]
    return lines
