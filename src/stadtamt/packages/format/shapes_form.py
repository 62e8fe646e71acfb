"""The shapes of form.yaml and of the letters' words."""

from __future__ import annotations

from stadtamt.forms.schema.reader import FIELD_TYPES, UPLOAD_KINDS
from stadtamt.notices.composing.source import ALIGNMENTS, SHAPES
from stadtamt.packages.format.shapes import (
    Anything,
    Either,
    Flag,
    Key,
    Kinds,
    Named,
    Number,
    Several,
    Table,
    Text,
    Whole,
    may,
    must,
)

TEMPLATE = Text(holds="template")
EXPRESSION = Text(holds="expression")
STEP = r"[A-Za-z][A-Za-z0-9_]{0,39}"
PATH = rf"{STEP}(?:\.{STEP})*"
ID = Text(pattern=STEP, example="rufname")
SCALAR = Either((Text(), Whole()))
COUNT = Text(pattern=r"\d{1,4}:(?:\d{1,4}|\*)", example="0:1")
MAYBE_BLANK = Text(blank=True)
BASIS = Several(
    Either(
        (
            Text(),
            Table(
                {
                    "text": must(Text(), "Die Vorschrift."),
                    "link": may(MAYBE_BLANK, "Adresse, unter der sie steht."),
                }
            ),
        )
    )
)

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
        "count": may(
            COUNT, "Wie oft geantwortet wird, statt required: mindestens und höchstens; * heißt beliebig oft."
        ),
        "hint": may(TEMPLATE, "Hilfe unter der Beschriftung."),
        "when": may(EXPRESSION, "Nur fragen, wenn das wahr ist."),
        "min_length": may(Whole(0), "Kleinste Zahl von Zeichen."),
        "max_length": may(Whole(1), "Höchste Zahl von Zeichen."),
        "pattern": may(Text(), "Regulärer Ausdruck, dem der Text entspricht; höchstens 300 Zeichen."),
        "min": may(Number(), "Kleinste Zahl."),
        "max": may(Number(), "Größte Zahl."),
        "choices": may(Several(CHOICE, least=1), "Die Antworten zur Auswahl."),
        "choices_from": may(EXPRESSION, "Ausdruck, der die Antworten zur Auswahl ergibt, meist ein Parameter."),
        "code_list": may(Text(example="urn:de:beispiel:farben"), "Kennung einer Codeliste, aus der gewählt wird."),
        "autocomplete": may(Text(example="given-name"), "Wie der Browser das Feld ausfüllen darf (WCAG 1.3.5)."),
        "accept": may(Several(Text(choices=UPLOAD_KINDS), least=1), "Erlaubte Dateiarten."),
        "max_bytes": may(Whole(1), "Größte Datei in Byte, höchstens 8 MiB."),
        "content": may(
            Text(), "Fester Inhalt: die Worte eines label, sonst ein Wert, der mitgeht und nicht gefragt wird."
        ),
        "output": may(Text(), "Andere Beschriftung, wo die Antwort wieder gezeigt wird."),
        "basis": may(BASIS, "Rechtsgrundlagen des Feldes."),
    }
)
CHECK = Table(
    {
        "id": must(ID, "Name der Prüfung."),
        "refuse": may(EXPRESSION, "Ist das wahr, geht es nicht weiter."),
        "ask": may(EXPRESSION, "Ist das wahr, wird nachgefragt; man kann es bestätigen."),
        "field": must(Text(pattern=PATH, example="vorname"), "Das Feld dazu."),
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
        "path": may(
            Text(pattern=rf"(?:{PATH})?", example="kinder.anschrift", blank=True),
            "Wo die Antworten liegen, wenn nicht unter dem Namen: im Abschnitt davor; leer: außen im Formular.",
        ),
        "title": must(TEMPLATE, "Überschrift des Abschnitts."),
        "short": may(TEMPLATE, "Kurzes Wort für die Schrittanzeige."),
        "help": may(TEMPLATE, "Hilfe zum Abschnitt."),
        "when": may(EXPRESSION, "Den Abschnitt nur zeigen, wenn das wahr ist."),
        "count": may(COUNT, "Wie oft es ihn gibt: „0:1“ auf Wunsch, „1:5“ ein- bis fünfmal, „0:*“ beliebig oft."),
        "exclusive": may(Flag(), "true: Von den Abschnitten darin gilt einer, nicht mehrere."),
        "basis": may(BASIS, "Rechtsgrundlagen des Abschnitts."),
        "questions": may(Several(QUESTION), "Die Seiten des Abschnitts; nur mit path darf er keine eigenen haben."),
    }
)
EFFECT = Table(
    {
        "effect": must(
            Text(choices=("require", "forbid", "valid", "preset")),
            "Pflicht (require), entfällt (forbid), muss stimmen (valid), fester Wert (preset).",
        ),
        "target": must(Text(pattern=PATH, example="kinder.anschrift.ort"), "Das Feld oder der Abschnitt dazu."),
        "condition": may(Anything(), "Wann das gilt, in der Schreibweise der Regeln; ohne sie immer."),
        "message": may(MAYBE_BLANK, "Der Satz, den man liest, wenn es nicht stimmt."),
        "value": may(Anything(), "Der Wert, nur bei preset."),
    }
)
RULE = Table(
    {
        "id": must(Text(example="R00000001"), "Kennung der Regel."),
        "version": may(MAYBE_BLANK, "Ihre Version."),
        "name": may(MAYBE_BLANK, "Ihr Name."),
        "at": may(MAYBE_BLANK, "Pfad des Abschnitts oder Feldes, zu dem sie gehört; leer: zum ganzen Formular."),
        "text": may(MAYBE_BLANK, "Die Regel in Worten."),
        "status": may(Text(choices=("machine", "unclear")), "machine: verstanden; unclear: ein Mensch muss sie lesen."),
        "reason": may(MAYBE_BLANK, "Warum sie unklar ist, oder warum nichts folgt."),
        "effects": may(Several(EFFECT), "Was aus ihr folgt."),
    }
)
_WORDS = Several(MAYBE_BLANK)
CODE_LIST = Table(
    {
        "uri": must(Text(example="urn:de:beispiel:farben"), "Kennung der Liste."),
        "version": must(MAYBE_BLANK, "Version der Liste."),
        "name": must(MAYBE_BLANK, "Name der Liste."),
        "entries": must(Several(_WORDS), "Die Einträge, jeder als [Code, Name]."),
        "version_uri": may(MAYBE_BLANK, "Kennung der Version."),
        "agency": may(MAYBE_BLANK, "Wer sie herausgibt."),
        "source": may(MAYBE_BLANK, "Woher sie ist."),
        "valid": may(_WORDS, "Von wann bis wann sie gilt: zwei Tage, offen als leerer Text."),
        "also": may(Named(_WORDS), "Weitere Namen, nach Code."),
        "periods": may(Named(_WORDS), "Von wann bis wann ein Eintrag gilt, nach Code."),
    }
)
ORIGIN = Table(
    {
        "id": must(Text(example="S00000000001"), "Kennung des Schemas."),
        "version": may(MAYBE_BLANK, "Seine Version."),
        "name": may(MAYBE_BLANK, "Sein Name."),
    }
)
FORM = Table(
    {
        "form": must(Text(), "Name des Formulars, wie das Paket."),
        "version": must(SCALAR, "Version des Formulars."),
        "schema": may(ORIGIN, "Das Datenschema (FIM), aus dem es entstand."),
        "groups": must(Several(GROUP, least=1), "Die Abschnitte."),
        "rules": may(Several(RULE), "Regeln über mehrere Abschnitte: was Pflicht ist, was entfällt, was stimmen muss."),
        "code_lists": may(Several(CODE_LIST), "Codelisten, aus denen Felder wählen lassen."),
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
