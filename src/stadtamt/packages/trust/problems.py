"""Why a registry, an archive in it, or a key is refused: each reason is a class of its own."""

from __future__ import annotations

from stadtamt.packages.errors import PackageProblem


class RegistryProblem(PackageProblem):
    """Das Register kann nicht verwendet werden."""

    def __init__(self, sentence: str | None = None, *, file: str = "Register") -> None:
        super().__init__(file, sentence or type(self).__doc__ or "")


class RegistryExpired(RegistryProblem):
    """Das Register ist abgelaufen."""


class RegistryRolledBack(RegistryProblem):
    """Das Register zeigt einen älteren Stand als den, der hier schon bekannt ist."""


class RegistryTampered(RegistryProblem):
    """Das Register oder ein Archiv darin wurde verändert."""


class RegistryUnsigned(RegistryProblem):
    """Das Register ist nicht unterschrieben."""


class UnknownKey(RegistryProblem):
    """Das Register ist mit einem Schlüssel unterschrieben, dem es selbst nicht vertraut."""


class MixedUp(RegistryProblem):
    """Im Register passen zwei Angaben nicht zusammen: Sie sind aus verschiedenen Ständen, oder eine wurde verändert."""


class WrongSize(RegistryProblem):
    """Das Archiv ist größer oder kleiner als angekündigt."""


class EndlessData(RegistryProblem):
    """Das Register liefert mehr Daten als erlaubt; die Verbindung wurde abgebrochen."""


class TooSlow(RegistryProblem):
    """Das Register antwortet zu langsam; die Verbindung wurde abgebrochen."""


class Unreachable(RegistryProblem):
    """Das Register ist nicht erreichbar."""


class Redirected(RegistryProblem):
    """Das Register verweist an eine andere Adresse; das ist nicht erlaubt."""


class NotThere(RegistryProblem):
    """Dem Register fehlt eine Datei."""


class AddressRefused(RegistryProblem):
    """Diese Adresse kann kein Register sein."""


class RootRefused(RegistryProblem):
    """Die Datei mit dem Vertrauensanker kann nicht verwendet werden."""


class NotListed(RegistryProblem):
    """Diese Leistung gibt es im Register nicht."""


class AuthorChanged(RegistryProblem):
    """Das Archiv stammt von einem anderen Urheber als die Leistung bisher."""


class VersionTaken(RegistryProblem):
    """Diese Version gibt es schon mit anderem Inhalt."""


class NotOurs(RegistryProblem):
    """Zu diesem Register fehlen die Schlüssel."""


class AdoptionRefused(RegistryProblem):
    """Die Meldung über die Nutzung wird nicht angenommen."""
