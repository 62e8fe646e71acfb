"""What can be wrong with a service package."""

from __future__ import annotations


class PackageProblem(Exception):
    """Das Leistungspaket kann nicht verwendet werden."""

    def __init__(self, file: str, sentence: str, line: int | None = None) -> None:
        self.file = file
        self.sentence = sentence
        self.line = line
        place = f"{file}, Zeile {line}" if line else file
        super().__init__(f"{place}: {sentence}" if place else sentence)


class NotInstalled(PackageProblem):
    """Dieses Leistungspaket ist hier nicht eingerichtet."""

    def __init__(self, key: str) -> None:
        super().__init__(
            "", f"Das Leistungspaket „{key[:80]}“ ist hier nicht oder nicht in dieser Fassung eingerichtet."
        )


class InstallRefused(PackageProblem):
    """Das Leistungspaket wird nicht eingerichtet. `failures` nennt die goldenen Fälle, die nicht bestehen."""

    def __init__(self, sentence: str, failures: tuple[str, ...] = ()) -> None:
        self.failures = failures
        super().__init__("", sentence)


class UpdateRefused(InstallRefused):
    """Die neue Version wird nicht übernommen. `conflicts` nennt, worüber zu entscheiden ist."""

    def __init__(self, sentence: str, failures: tuple[str, ...] = (), conflicts: tuple[str, ...] = ()) -> None:
        self.conflicts = conflicts
        super().__init__(sentence, failures)
