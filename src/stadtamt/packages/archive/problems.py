"""Why an archive or a key file is refused."""

from __future__ import annotations

from stadtamt.packages.errors import PackageProblem


class ArchiveProblem(PackageProblem):
    """Das Archiv kann nicht verwendet werden."""

    def __init__(self, sentence: str, *, file: str = "Archiv") -> None:
        super().__init__(file, sentence)


class ArchiveDamaged(ArchiveProblem):
    """Das Archiv ist nicht so aufgebaut, wie ein Leistungsarchiv aufgebaut sein muss."""


class ArchiveTooLarge(ArchiveProblem):
    """Das Archiv ist zu groß."""


class EntryRefused(ArchiveProblem):
    """Ein Eintrag des Archivs ist nicht erlaubt."""


class ManifestWrong(ArchiveProblem):
    """Das Verzeichnis der Prüfsummen passt nicht zum Inhalt."""


class SignatureMissing(ArchiveProblem):
    """Das Archiv ist nicht unterschrieben."""


class SignatureWrong(ArchiveProblem):
    """Die Unterschrift passt nicht zum Inhalt."""


class KeyFileProblem(PackageProblem):
    """Die Schlüsseldatei kann nicht verwendet werden."""
