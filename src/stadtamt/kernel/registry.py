"""Calls against the arrow: an earlier station calls by name what a later one registered at start."""

from __future__ import annotations

from collections.abc import Iterator


class RegistryProblem(Exception):
    """A name was registered twice, or is called but nobody registered it."""


class Registry[T]:
    """Names to entries; each name once. A registry is an object, so tests make their own."""

    def __init__(self, purpose: str) -> None:
        self.purpose = purpose
        self._entries: dict[str, T] = {}

    def register(self, name: str, entry: T) -> None:
        if name in self._entries:
            raise RegistryProblem(f"{self.purpose}: {name!r} is registered twice.")
        self._entries[name] = entry

    def get(self, name: str) -> T:
        try:
            return self._entries[name]
        except KeyError:
            raise RegistryProblem(f"{self.purpose}: nobody registered {name!r}.") from None

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._entries))
