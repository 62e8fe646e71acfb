"""The commands, in the order in which the help shows them. A new command is one line here and one module beside."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """`name` is one word or two (``bench line``); with `passes_on`, unknown arguments go into ``options.rest``."""

    group: str
    name: str
    module: str
    summary: str
    passes_on: bool = False
    hidden: bool = False


TRY = "Ausprobieren"
RUN = "Betreiben"
PACKAGES = "Leistungspakete"
FORMS = "Formulare"
DEVELOP = "Entwickeln und Messen"

COMMANDS = (
    Command(TRY, "demo", "demo", "Startet alles mit drei Beispielstädten auf diesem Rechner."),
    Command(TRY, "code", "code", "Zeigt den Anmeldecode einer Demostadt."),
    Command(RUN, "serve", "serve", "Startet die Webseiten (Portal und Schreibtisch)."),
    Command(RUN, "worker", "worker", "Startet einen Prozess für Hintergrundaufträge."),
    Command(RUN, "migrate", "migrate", "Bringt die Datenbank auf den Stand dieser Version."),
    Command(RUN, "doctor", "doctor", "Prüft die Anlage und sagt, was zu tun ist."),
    Command(PACKAGES, "package new", "package_new", "Legt den Ordner eines neuen Leistungspakets an, das schon läuft."),
    Command(PACKAGES, "package check", "package_check", "Prüft ein Leistungspaket und nennt alles, was nicht stimmt."),
    Command(PACKAGES, "package test", "package_test", "Rechnet die goldenen Fälle eines Leistungspakets nach."),
    Command(PACKAGES, "package pack", "package_pack", "Verpackt ein Leistungspaket in ein unterschriebenes Archiv."),
    Command(PACKAGES, "package preview", "package_preview", "Zeigt Seiten, Ablauf und Briefe eines Leistungspakets."),
    Command(PACKAGES, "package maturity", "package_maturity", "Berechnet den Reifegrad eines Leistungspakets."),
    Command(PACKAGES, "package install", "package_install", "Richtet ein Leistungspaket in einer Kommune ein."),
    Command(PACKAGES, "package list", "package_list", "Zeigt, was wo in welcher Version eingerichtet ist."),
    Command(PACKAGES, "package diff", "package_diff", "Zeigt, was eine andere Version ändern würde."),
    Command(PACKAGES, "package update", "package_update", "Nimmt eine andere Version; Einstellungen bleiben."),
    Command(PACKAGES, "package move", "package_move", "Stellt laufende Vorgänge auf den neuen Stand um."),
    Command(PACKAGES, "package export", "package_export", "Gibt ein eingerichtetes Leistungspaket als Archiv aus."),
    Command(PACKAGES, "package withdraw", "package_withdraw", "Nimmt eine Leistung aus dem Katalog einer Kommune."),
    Command(PACKAGES, "registry build", "registry_build", "Legt ein Register an oder nimmt Pakete in eines auf."),
    Command(PACKAGES, "registry sign", "registry_sign", "Unterschreibt ein Register neu; gehört täglich in den cron."),
    Command(PACKAGES, "registry serve", "registry_serve", "Stellt den Ordner eines Registers ins Netz."),
    Command(PACKAGES, "registry add", "registry_add", "Vertraut von nun an einem Register."),
    Command(PACKAGES, "registry search", "registry_search", "Sucht Leistungen in allen bekannten Registern."),
    Command(FORMS, "form import", "form_import", "Liest ein Datenschema (FIM) und macht ein Leistungspaket daraus."),
    Command(FORMS, "form export", "form_export", "Gibt ein Formular als XDatenfelder oder JSON Schema aus."),
    Command(DEVELOP, "test", "test", "Prüft das ganze Programm: Stil, Bauplan, Typen, Tests.", passes_on=True),
    Command(DEVELOP, "bench line", "bench_line", "Misst den Weg vom Absenden bis zum gesiegelten Bescheid."),
    Command(DEVELOP, "bench forms", "bench_forms", "Misst das Einlesen eines Datenschemas und eine Seite daraus."),
    Command(DEVELOP, "bench torture", "bench_torture", "Bricht ständig Prozesse ab und zählt, ob etwas verloren geht."),
    Command(DEVELOP, "seed", "seed", "Legt die Beispielstädte an (Teil von demo).", hidden=True),
)


def available() -> dict[str, Command]:
    """By name, those whose module exists."""
    return {
        command.name: command
        for command in COMMANDS
        if importlib.util.find_spec(f"stadtamt.conf.commandline.{command.module}")
    }
