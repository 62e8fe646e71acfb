"""The shapes of form.yaml and of the letters' words."""

from __future__ import annotations

from stadtamt.forms.schema.reader import FIELD_TYPES, UPLOAD_KINDS
from stadtamt.notices.composing.source import ALIGNMENTS, SHAPES
from stadtamt.packages.format.shapes import Either, Flag, Key, Kinds, Several, Table, Text, Whole, may, must

TEMPLATE = Text(holds="template")
EXPRESSION = Text(holds="expression")
ID = Text(pattern=r"[a-z][a-z0-9_]{0,39}", example="rufname")
SCALAR = Either((Text(), Whole()))

CHOICE = Table(
    {
        "value": must(SCALAR, "Der gespeicherte Wert, in Anführungszeichen."),
        "label": must(Text(), "Worte dafür."),
        "hint": may(Text(), "Hilfe zu dieser Antwort."),
    }
)
FIELD = Table(
    {
        "id": must(ID, "Name des Feldes; die Antwort heißt gruppe.feld."),
        "label": must(TEMPLATE, "Beschriftung."),
        "type": must(Text(choices=tuple(sorted(FIELD_TYPES))), "Art des Feldes."),
        "purpose": may(Text(), "Wozu das gefragt wird; steht beim Feld."),
        "used_by": may(
            Text(), "Was ein Mensch mit der Antwort tut, wenn keine Regel und kein Brief sie liest. Nur für Prüfende."
        ),
        "required": may(Flag(), "false: freiwillig."),
        "hint": may(TEMPLATE, "Hilfe unter der Beschriftung."),
        "when": may(EXPRESSION, "Nur fragen, wenn das wahr ist."),
        "max_length": may(Whole(1), "Höchste Zahl von Zeichen."),
        "min": may(Whole(), "Kleinste Zahl."),
        "max": may(Whole(), "Größte Zahl."),
        "choices": may(Several(CHOICE, least=1), "Die Antworten zur Auswahl."),
        "choices_from": may(EXPRESSION, "Ausdruck, der die Antworten zur Auswahl ergibt, meist ein Parameter."),
        "autocomplete": may(Text(example="given-name"), "Wie der Browser das Feld ausfüllen darf (WCAG 1.3.5)."),
        "accept": may(Several(Text(choices=UPLOAD_KINDS), least=1), "Erlaubte Dateiarten."),
        "max_bytes": may(Whole(1), "Größte Datei in Byte, höchstens 8 MiB."),
    }
)
CHECK = Table(
    {
        "id": must(ID, "Name der Prüfung."),
        "refuse": may(EXPRESSION, "Ist das wahr, geht es nicht weiter."),
        "ask": may(EXPRESSION, "Ist das wahr, wird nachgefragt; man kann es bestätigen."),
        "field": must(Text(pattern=r"(?:[a-z][a-z0-9_]*\.)?[a-z][a-z0-9_]*", example="vorname"), "Das Feld dazu."),
        "message": must(TEMPLATE, "Der Satz, den man liest."),
    }
)
QUESTION = Table(
    {
        "id": must(ID, "Name der Seite; ihre Adresse ist gruppe-frage."),
        "title": must(TEMPLATE, "Die Frage; sie ist die Überschrift der Seite."),
        "help": may(TEMPLATE, "Hilfe zur Seite."),
        "when": may(EXPRESSION, "Die Seite nur zeigen, wenn das wahr ist."),
        "fields": must(Several(FIELD, least=1), "Die Felder der Seite."),
        "checks": may(Several(CHECK), "Prüfungen über mehrere Antworten."),
    }
)
GROUP = Table(
    {
        "id": must(ID, "Name des Abschnitts."),
        "title": must(TEMPLATE, "Überschrift des Abschnitts."),
        "short": may(TEMPLATE, "Kurzes Wort für die Schrittanzeige."),
        "when": may(EXPRESSION, "Den Abschnitt nur zeigen, wenn das wahr ist."),
        "questions": must(Several(QUESTION, least=1), "Die Seiten des Abschnitts."),
    }
)
FORM = Table(
    {
        "form": must(Text(), "Name des Formulars, wie das Paket."),
        "version": must(SCALAR, "Version des Formulars."),
        "groups": must(Several(GROUP, least=1), "Die Abschnitte."),
    },
    title="Leistungspaket: form.yaml",
)

ITEM = Either(
    (
        TEMPLATE,
        Table({"text": must(TEMPLATE, "Der Punkt."), "when": may(EXPRESSION, "Nur, wenn das wahr ist.")}),
    )
)
_COLUMN = Table(
    {
        "title": must(TEMPLATE, "Überschrift der Spalte."),
        "value": must(TEMPLATE, "Inhalt; die Zeile heißt darin row."),
        "align": may(Text(choices=ALIGNMENTS), "Ausrichtung."),
    }
)
_TOTAL = Table(
    {
        "label": must(TEMPLATE, "Worte vor der Summe."),
        "value": must(TEMPLATE, "Die Summe."),
        "when": may(EXPRESSION, "Nur, wenn das wahr ist."),
    }
)
# What a key of a block holds; which keys a kind of block has, the letter's own reader says.
_HOLDS: dict[str, Key] = {
    "text": may(TEMPLATE, "Die Worte. Leerzeilen trennen Absätze."),
    "title": may(TEMPLATE, "Überschrift."),
    "paragraph": may(TEMPLATE, "Die Rechtsgrundlage; sie steht in Klammern dahinter."),
    "needed": may(Text(), "Was zu tun ist, wenn der Text leer bliebe. Der Brief wird dann nicht erstellt."),
    "caption": may(TEMPLATE, "Was die Tabelle zeigt."),
    "items": may(Several(ITEM, least=1), "Die Punkte der Liste."),
    "rows": may(EXPRESSION, "Ausdruck, der eine Liste von Zeilen ergibt."),
    "columns": may(Several(_COLUMN, least=2), "Die Spalten."),
    "total": may(_TOTAL, "Die Summe unter der letzten Spalte."),
}


def _block(required: frozenset[str], optional: frozenset[str]) -> Table:
    keys = {key: Key(entry.shape, entry.means, key in required) for key, entry in _HOLDS.items()}
    return Table({key: entry for key, entry in keys.items() if key in required | optional})


BLOCK = Kinds(
    "kind",
    "Art des Blocks.",
    {kind: _block(required, optional) for kind, (required, optional) in SHAPES.items()},
    {
        "id": may(Text(pattern=r"[a-z0-9][a-z0-9_-]{0,59}", example="zahlung"), "Name des Blocks in Adressen."),
        "when": may(EXPRESSION, "Den Block nur schreiben, wenn das wahr ist."),
    },
)
LETTER = Table(
    {
        "letter": must(Text(example="bescheid"), "Name des Briefs."),
        "subject": must(TEMPLATE, "Der Betreff."),
        "blocks": must(Several(BLOCK, least=1), "Die Teile des Briefs, von oben nach unten."),
    },
    title="Leistungspaket: letters/*.yaml",
)
