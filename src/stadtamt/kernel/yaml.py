"""YAML from packages: the safe subset, without aliases (which blow up) and without doubled keys (which hide)."""

from __future__ import annotations

from typing import Any

import yaml

MAX_CHARACTERS = 500_000


class YamlRefused(Exception):
    """Die YAML-Datei kann nicht gelesen werden."""


class _StrictLoader(yaml.CSafeLoader):
    """Refuses aliases and doubled keys; leaves dates as text, as the form decides what a date is."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):  # type: ignore[no-untyped-call]
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise YamlRefused(f"Zeile {event.start_mark.line + 1}: Verweise (*name) sind nicht erlaubt.")
        return super().compose_node(parent, index)  # type: ignore[no-untyped-call]

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if key.value in seen:
                raise YamlRefused(f"Zeile {key.start_mark.line + 1}: „{key.value}“ kommt zweimal vor.")
            seen.add(key.value)
        return super().construct_mapping(node, deep)


_StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_yaml(source: str) -> Any:
    """Plain dicts, lists, strings, numbers and booleans. Raises YamlRefused with the line."""
    if len(source) > MAX_CHARACTERS:
        raise YamlRefused("Die Datei ist zu groß.")
    try:
        return yaml.load(source, Loader=_StrictLoader)  # noqa: S506  # a subclass of the safe loader
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = f"Zeile {mark.line + 1}: " if mark else ""
        raise YamlRefused(f"{line}{getattr(problem, 'problem', 'Die Datei ist kein gültiges YAML.')}") from problem
    except RecursionError:
        raise YamlRefused("Die Datei ist zu tief verschachtelt.") from None
