"""The shapes of what surrounds a package: golden cases, a town's layer, translations."""

from __future__ import annotations

from stadtamt.packages.format.shapes import (
    Anything,
    Either,
    Flag,
    Kinds,
    Named,
    Several,
    Table,
    Text,
    may,
    must,
)
from stadtamt.packages.format.shapes_form import EFFECT, PATH, QUESTION, STEP

COMPUTED = Anything(computed=True)
DAY = Either((Text(pattern=r"\d{4}-\d{2}-\d{2}", example="2026-05-12"), Text(pattern=r"=.+", example="=parameters.x")))
WORDS = Text()

LETTER = Table(
    {
        "id": may(WORDS, "Der Brief, der gewählt wird."),
        "contains": may(Several(COMPUTED), "Texte, die im Brief stehen müssen."),
        "lacks": may(Several(COMPUTED), "Texte, die nicht im Brief stehen dürfen."),
    }
)
PROCESS = Table(
    {
        "tasks": must(Several(WORDS), "Die Aufgaben von Menschen in der Reihenfolge, in der sie warten."),
        "agrees": may(Flag(), "Was eine beteiligte Stelle meint (stadtamt:consult). Vorgabe: true."),
    }
)
DEADLINES = Table(
    {
        "decide_by": may(DAY, "Bis dahin soll entschieden sein."),
        "announced_on": may(DAY, "Dann gilt der heute bereitgestellte Bescheid als bekannt gegeben."),
        "objection_ends_on": may(DAY, "Bis dahin kann Widerspruch erhoben werden."),
        "due_on": may(DAY, "Bis dahin ist zu zahlen."),
    }
)
CASE = Table(
    {
        "name": must(WORDS, "Was der Fall zeigt, als Satz."),
        "paragraph": may(WORDS, "Die Vorschrift, um die es geht."),
        "town": may(WORDS, "Die Datei unter parameters/. Ohne sie gilt der Fall in jeder Kommune."),
        "today": must(DAY, "Der Tag, an dem gerechnet wird."),
        "received": may(DAY, "Der Tag des Eingangs, wenn es ein anderer ist."),
        "refused": may(Flag(), "true: gerechnet wird, als wäre abgelehnt, was beantragt ist."),
        "parameters": may(Named(Anything()), "Einzelne Abweichungen von den Einstellungen der Kommune."),
        "outcome": may(Text(choices=("granted", "refused")), "Wie entschieden wird. Vorgabe: granted."),
        "grounds": may(WORDS, "Die Worte der Sachbearbeitung, die im Brief stehen."),
        "complete": may(Flag(), "true: Das Formular nimmt diese Antworten als vollständig an."),
        "answers": may(Named(COMPUTED), "Die Antworten nach Gruppen, wie das Formular sie speichert."),
        "expect": may(Named(COMPUTED), "Ausschnitt der Bewertung; codes sind die Kennungen der Gründe."),
        "process": may(PROCESS, "Der Weg durch den Ablauf."),
        "letter": may(LETTER, "Der Brief."),
        "deadlines": may(DEADLINES, "Die Fristen."),
    }
)
TESTS = Table(
    {"case": must(Several(CASE, least=1, tables="case"), "Die goldenen Fälle.")}, title="Leistungspaket: tests/*.toml"
)

_QUESTION_KEY = Text(pattern=rf"{STEP}-{STEP}", example="hund-rufname")
_GROUP_KEY = Text(pattern=STEP, example="hund")
_FIELD_PATH = Text(pattern=PATH, example="hund.chip")
_OFFICE = {
    "name": may(WORDS, "Name der Stelle."),
    "phone": may(WORDS, "Telefon."),
    "mail": may(WORDS, "E-Mail-Adresse."),
}
OVERRIDE = Kinds(
    "kind",
    "Art der Abweichung.",
    {
        "hide": Table(
            {
                "question": may(_QUESTION_KEY, "Die Frage, die nicht gestellt wird; sie muss freiwillig sein."),
                "field": may(_FIELD_PATH, "Oder nur dieses Feld."),
                "group": may(_GROUP_KEY, "Oder dieser ganze Abschnitt, der nur auf Wunsch gilt."),
            }
        ),
        "add": Table(
            {
                "after": must(_QUESTION_KEY, "Hinter dieser Frage."),
                "question": must(QUESTION, "Die Frage, geschrieben wie im Formular."),
            }
        ),
        "order": Table(
            {
                "question": may(_QUESTION_KEY, "Die Seite, die in ihrem Abschnitt woanders steht."),
                "group": may(_GROUP_KEY, "Oder der Abschnitt, mit allem darin."),
                "after": must(
                    Text(pattern=rf"{STEP}(?:-{STEP})?", example="hund-rufname"),
                    "Hinter dieser Seite, diesem Abschnitt.",
                ),
            }
        ),
        "text": Table(
            {
                "address": must(Text(example="form.halter.person.title"), "Adresse des Textes."),
                "was": may(WORDS, "Die Worte des Pakets, die ersetzt werden."),
                "text": must(WORDS, "Die Worte der Kommune."),
            }
        ),
        "rule": Table(
            {
                "rule": must(Text(example="R00000001"), "Kennung einer Regel des Formulars."),
                "at": may(Text(blank=True), "Pfad, bei dem sie steht."),
                "was": may(WORDS, "Die Regel in Worten, wie Sie sie gelesen haben, oder ihr Anfang mit … am Ende."),
                "decision": must(
                    Text(choices=("machine", "none")), "machine: daraus folgt, was effects sagt; none: nichts."
                ),
                "effects": may(Several(EFFECT), "Was aus ihr folgt."),
                "reason": may(WORDS, "Warum; nötig bei none."),
            }
        ),
        "field": Table(
            {
                "field": must(_FIELD_PATH, "Das Feld."),
                "purpose": may(WORDS, "Wozu gefragt wird."),
                "autocomplete": may(WORDS, "Wie der Browser es ausfüllen darf."),
                "format": may(Text(choices=("email", "postcode", "name")), "Was für ein Text das ist."),
            }
        ),
        "letterhead": Table(
            {
                "office": may(WORDS, "Die Stelle im Briefkopf."),
                "address": may(Several(WORDS, least=1), "Die Zeilen der Anschrift."),
                "phone": may(WORDS, "Telefon."),
                "mail": may(WORDS, "E-Mail-Adresse."),
            }
        ),
        "unit": Table(_OFFICE),
        "four-eyes": Table({}),
    },
    {"id": must(Text(pattern=r"[a-z0-9][a-z0-9-]{0,59}", example="ohne-chip"), "Name der Abweichung.")},
)
SETTING = Table(
    {
        "value": must(Anything(), "Der Wert."),
        "source": may(WORDS, "Woher er kommt: Paragraf oder Beschluss."),
    }
)
LAYER = Table(
    {
        "service": may(WORDS, "Das Paket, zu dem die Einstellungen gehören."),
        "municipality": may(WORDS, "Name der Kommune."),
        "parameters": may(Named(SETTING, pattern=r"[a-z][a-z0-9_]{0,59}"), "Die Werte, nach Namen der Parameter."),
        "override": may(Several(OVERRIDE, tables="override"), "Abweichungen vom Paket."),
        "case": may(Several(CASE, tables="case"), "Eigene goldene Fälle der Kommune."),
    },
    title="Leistungspaket: parameters/<Kommune>.toml",
)

ADJUSTMENTS = Table(
    {"override": may(Several(OVERRIDE, tables="override"), "Was am Formular anders ist als im Datenschema.")},
    title="Leistungspaket: form.toml",
)

ADDRESS = r"(?:service|form|rule)(?:\.[A-Za-z0-9_äöüÄÖÜß-]+)+"
TEXTS = Named(Text(holds="template"), pattern=ADDRESS)
SHORT_WORDS = Named(Named(Text()))
