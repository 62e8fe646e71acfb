"""Which names an entry of an archive may have: such that no system reads them differently."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from stadtamt.packages.archive.problems import EntryRefused

MAX_NAME_BYTES = 120
MAX_FOLDERS = 2

_PART = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
# Windows opens a device for these, whatever follows the dot.
_DEVICES = {"con", "prn", "aux", "nul", *(f"{kind}{number}" for kind in ("com", "lpt") for number in range(10))}


def check_entry_name(name: str) -> None:
    """Raises EntryRefused with the reason for a name that leaves the archive or could be read in two ways."""
    shown = "".join(sign if sign.isprintable() else "?" for sign in name[:MAX_NAME_BYTES])
    for refused, reason in (
        (not name, "Ein Eintrag hat keinen Namen."),
        (len(name.encode("utf-8", "surrogatepass")) > MAX_NAME_BYTES, f"Der Name „{shown[:40]}…“ ist zu lang."),
        ("\0" in name, f"Der Name „{shown}“ enthält ein Nullzeichen."),
        ("\\" in name, f"Der Name „{shown}“ enthält einen Rückstrich (\\)."),
        (name.startswith("/") or name[1:2] == ":", f"Der Name „{shown}“ beginnt bei der Wurzel des Rechners."),
        (name.endswith("/"), f"Der Eintrag „{shown}“ ist ein Ordner; ein Archiv enthält nur Dateien."),
        (".." in name.split("/"), f"Der Name „{shown}“ führt aus dem Paket hinaus (..)."),
        (name != unicodedata.normalize("NFC", name), f"Der Name „{shown}“ ist in Unicode nicht zusammengesetzt (NFC)."),
        (name.count("/") > MAX_FOLDERS, f"Der Eintrag „{shown}“ liegt in zu vielen Ordnern."),
    ):
        if refused:
            raise EntryRefused(reason)
    for part in name.split("/"):
        if not _PART.fullmatch(part):
            raise EntryRefused(
                f"Der Name „{shown}“ enthält andere Zeichen als Buchstaben von a bis z, Ziffern, Punkt und Strich."
            )
        if part.split(".")[0].lower() in _DEVICES:
            raise EntryRefused(f"Der Name „{shown}“ bezeichnet auf manchen Rechnern ein Gerät.")


def check_entry_names(names: Iterable[str]) -> None:
    """Every name by itself, and no two that some system takes for the same."""
    taken: dict[str, str] = {}
    folders: set[str] = set()
    for name in names:
        check_entry_name(name)
        same = name.casefold()
        if same in taken:
            raise EntryRefused(f"„{taken[same]}“ und „{name}“ sind auf manchen Rechnern dieselbe Datei.")
        taken[same] = name
        parts = same.split("/")
        folders |= {"/".join(parts[:length]) for length in range(1, len(parts))}
    for folder in sorted(folders & taken.keys()):
        raise EntryRefused(f"„{taken[folder]}“ ist zugleich Datei und Ordner.")
