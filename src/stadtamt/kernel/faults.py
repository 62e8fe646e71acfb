"""Why a YAML or TOML file cannot be read, in German: the parsers themselves say it in English, to programmers."""

from __future__ import annotations

import re
import tomllib

_TOML_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")

# By the beginning of the parser's sentence.
_YAML = {
    "mapping values are not allowed": (
        "Hier steht ein Doppelpunkt oder eine Einrückung zu viel; ein Text mit Doppelpunkt gehört in Anführungszeichen"
    ),
    "did not find expected key": "Die Einrückung passt nicht zu den Zeilen darüber",
    "did not find expected '-'": "Die Einrückung passt nicht zu den Zeilen darüber",
    "did not find expected ','": "Eine Klammer wird nicht geschlossen, oder es fehlt ein Komma",
    "found unexpected end of stream": "Ein Anführungszeichen wird nicht geschlossen",
    "found character that cannot start any token": (
        "Eingerückt wird mit Leerzeichen, nicht mit dem Tabulator; ein Text, der mit @, % oder ` beginnt, gehört in "
        "Anführungszeichen"
    ),
    "found unknown escape character": "Nach „\\“ steht in Anführungszeichen ein Zeichen, das dort nichts bedeutet",
    "could not find expected ':'": "Hier fehlt ein Doppelpunkt",
    "could not determine a constructor": "Werte mit Ausrufezeichen davor (!name) sind nicht erlaubt",
    "but found another document": "Ein zweites Dokument beginnt (---); erlaubt ist eines",
}
_TOML = {
    "Invalid value": "Ein Wert fehlt oder ist nicht lesbar; Texte gehören in Anführungszeichen, true und false klein",
    "Unterminated string": "Ein Anführungszeichen wird nicht geschlossen",
    "Cannot overwrite a value": "Eine Angabe steht zweimal da",
    "Cannot declare": "Eine Überschrift in eckigen Klammern steht zweimal da",
    "Unclosed array": "Eine eckige Klammer wird nicht geschlossen, oder es fehlt ein Komma",
    "Unclosed inline table": "Eine geschweifte Klammer muss in derselben Zeile enden, und dazwischen stehen Kommas",
    "Expected '=' after a key": "Nach dem Namen einer Angabe fehlt das Gleichheitszeichen",
    "Expected ']' at the end": "Eine eckige Klammer wird nicht geschlossen",
    "Expected newline": "Hinter dem Wert steht noch etwas; Texte gehören in Anführungszeichen, Zahlen haben kein Komma",
    "Found invalid character": "Ein Zeichen darf hier nicht stehen; mehrere Zeilen brauchen drei Anführungszeichen",
    "Unescaped '\\'": "Ein „\\“ in Anführungszeichen schreibt man doppelt",
    "Invalid statement": "Hier steht etwas, das keine Angabe und keine Überschrift ist",
}


def yaml_fault(said: str | None) -> str:
    """One sentence from what the parser said, without the line; what is not known here stays general."""
    return _sentence("YAML", _YAML, said or "")


def toml_fault(problem: tomllib.TOMLDecodeError) -> tuple[str, int | None]:
    """One sentence, and the line where there is one (from 1)."""
    found = _TOML_LINE.search(str(problem))
    return _sentence("TOML", _TOML, str(problem)), int(found[1]) if found and found[1] else None


def _sentence(language: str, known: dict[str, str], said: str) -> str:
    why = next((words for beginning, words in known.items() if said.startswith(beginning)), "")
    return f"Die Datei ist kein gültiges {language}" + (f": {why}." if why else ".")
