"""The shapes of service.toml, parameters.toml and catalogue.toml."""

from __future__ import annotations

from stadtamt.decisions.wording import GROUNDS
from stadtamt.packages.format.shapes import Anything, Either, Flag, Several, Table, Text, Whole, may, must

WORDS = Text()
TEMPLATE = Text(holds="template")
EXPRESSION = Text(holds="expression")
PACKAGE_ID = Text(pattern=r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", example="hundesteuer-anmelden")
MATTER = Text(pattern=PACKAGE_ID.pattern, example="hundesteuer")
KEY = Text(pattern=r"[a-z][a-z0-9_]{0,59}", example="rate_first")
_STEP = r"[A-Za-z][A-Za-z0-9_]*"
FIELD = Text(pattern=rf"{_STEP}(?:\.{_STEP})*", example="halter.vorname")
PARAMETER = Text(pattern=r"parameters\.[a-z][a-z0-9_]*", example="parameters.unit")
LETTER = Text(pattern=r"[a-z][a-z0-9-]{0,59}", example="bescheid")
COLUMN_TYPES = ("money", "integer", "date", "period", "choice", "boolean", "text", "list")
TYPES = (*COLUMN_TYPES, "places", "table")
CHANNELS = ("online", "counter", "post", "phone", "mail")

SERVICE = Table(
    {
        "id": must(PACKAGE_ID, "Name des Pakets und seines Ordners: Kleinbuchstaben, Ziffern, Bindestriche."),
        "version": must(Text(pattern=r"\d{1,4}\.\d{1,4}\.\d{1,4}", example="1.0.0"), "Version aus drei Zahlen."),
        "title": must(TEMPLATE, "So heißt die Leistung im Portal, in den Worten der Leute."),
        "summary": must(TEMPLATE, "Ein Satz: Wer braucht das, und wofür?"),
        "synonyms": may(Several(WORDS), "Andere Worte, unter denen jemand sucht."),
        "life_events": may(Several(WORDS), "Lebenslagen, unter denen die Leistung steht."),
        "leika": may(Text(pattern=r"\d{14}", example="99102010000000"), "Schlüssel im Leistungskatalog (14 Ziffern)."),
        "legal_bases": must(Several(TEMPLATE, least=1), "Die Rechtsgrundlagen der Leistung."),
        "duration": may(TEMPLATE, "Wie lange es dauert."),
        "needed": may(Several(TEMPLATE), "Was man dafür braucht."),
        "who_may": may(TEMPLATE, "Wer den Antrag stellen darf oder muss."),
        "channels": may(Several(Text(choices=CHANNELS)), "Auf welchen Wegen man den Antrag stellen kann."),
        "trust_level": may(
            Text(choices=("none", "basic", "substantial", "high")),
            "Wie sicher feststehen muss, wer fragt (Vertrauensniveau der Anmeldung).",
        ),
        "unit": may(PARAMETER, "Der Parameter, der die zuständige Stelle nennt."),
        "matter": may(
            MATTER,
            "Name der Angelegenheit. Pakete einer Angelegenheit teilen sich die Einstellungen einer Kommune.",
        ),
        "author": may(WORDS, "Wer das Paket schreibt."),
        "licence": may(Text(example="EUPL-1.2"), "Lizenz, als Kürzel nach SPDX."),
    }
)

AUTOMATION = Table(
    {
        "enabled": must(Flag(), "Ob ein klarer Fall ohne einen Menschen entschieden werden darf."),
        "decision": may(Text(choices=("assessment",)), "Name der Entscheidung in rules.dmn."),
        "legal_basis": may(Text(blank=True), "Die Vorschrift, die das erlaubt (§ 35a VwVfG, § 155 Abs. 4 AO)."),
        "discretion": must(Flag(), "Ob Ermessen oder ein Beurteilungsspielraum besteht. Dann entscheidet ein Mensch."),
    }
)

DEADLINES = Table(
    {
        "processing_days": must(Whole(1, 730), "Bis zu so vielen Tagen nach Eingang soll entschieden sein."),
        "law": may(
            Text(choices=("tax", "administrative")),
            "Welches Verfahrensrecht für die Bekanntgabe gilt: Abgabenordnung oder Verwaltungsverfahrensgesetz.",
        ),
    }
)

REMEDY = Table(
    {
        "paragraph": may(Text(example="§§ 68 und 70 VwGO"), "Wonach Widerspruch erhoben wird."),
        "body": may(WORDS, "Wo Widerspruch erhoben wird; sonst der Parameter objection_body."),
    }
)

EFILE = Table(
    {
        "plan": must(Either((PARAMETER, WORDS)), "Aktenplan: ein Parameter oder ein fester Text."),
        "retention_years": must(Whole(0, 100), "So viele Jahre wird ein Vorgang nach seinem Ende aufbewahrt."),
    }
)

COSTS = Table({"examples": must(Several(TEMPLATE), "Sätze zu den Kosten, mit den Beträgen der Kommune.")})

COLUMN_WORDS = Table(
    {
        "title": must(WORDS, "Überschrift der Spalte."),
        "value": must(TEMPLATE, "Inhalt; die Zeile heißt darin row."),
        "align": may(Text(choices=("left", "right")), "Ausrichtung."),
    }
)
TOTAL_WORDS = Table(
    {
        "when": may(EXPRESSION, "Bedingung, unter der die Summe erscheint."),
        "label": may(TEMPLATE, "Worte vor der Summe."),
        "value": must(TEMPLATE, "Die Summe."),
    }
)
TABLE_WORDS = Table(
    {
        "caption": may(TEMPLATE, "Was die Tabelle zeigt."),
        "rows": must(EXPRESSION, "Ausdruck, der eine Liste von Zeilen ergibt."),
        "columns": must(Several(COLUMN_WORDS, least=2), "Die Spalten."),
        "total": may(TOTAL_WORDS, "Die letzte Zeile."),
    }
)
BLANK = Text(holds="template", blank=True)
OUTCOME = Table(
    {
        "grant": may(TEMPLATE, "Worte auf dem Knopf, der bewilligt."),
        "refuse": may(TEMPLATE, "Worte auf dem Knopf, der ablehnt."),
        "refusable": may(EXPRESSION, "Ob es etwas abzulehnen gibt. Vorgabe: true."),
        "ready": may(EXPRESSION, "Ob jetzt entschieden werden kann. Vorgabe: true."),
        "not_ready": may(
            TEMPLATE,
            "Satz, wenn noch nicht entschieden werden kann; ihn lesen das Amt und die Person, die den Antrag stellt.",
        ),
        "grounds": may(
            Text(choices=GROUNDS),
            "Ob das Amt Worte schreibt: nur bei Ablehnung (Pflicht), wenn es mag, oder immer (Pflicht).",
        ),
        "grounds_label": may(TEMPLATE, "Worte über dem Feld dafür."),
        "letter": may(TEMPLATE, "Was die Person am Ende bekommt, mit Fürwort, zum Beispiel „Ihr Bescheid“."),
        "cost": may(TEMPLATE, "Satz zu den Kosten auf „Antworten prüfen“, wenn der Fall klar ist."),
        "amount": may(EXPRESSION, "Betrag in Cent dazu, oder null."),
        "note": may(BLANK, "Kleiner Satz dazu."),
        "cost_unclear": may(TEMPLATE, "Satz zu den Kosten, wenn der Fall nicht klar ist."),
        "table": may(TABLE_WORDS, "Die Berechnung als Tabelle."),
        "table_refused": may(TABLE_WORDS, "Die Berechnung, wenn abgelehnt wird; sieht nur das Amt."),
    }
)

_PLACES = Either((FIELD, Several(FIELD, least=1)))
PERSON = Table(
    {
        "given_name": must(_PLACES, "Antwort mit dem Vornamen."),
        "family_name": must(_PLACES, "Antwort mit dem Nachnamen."),
        "birth_date": may(FIELD, "Antwort mit dem Geburtsdatum."),
        "street": may(_PLACES, "Antwort mit Straße und Hausnummer."),
        "postcode": may(_PLACES, "Antwort mit der Postleitzahl."),
        "place": may(_PLACES, "Antwort mit dem Ort."),
        "mail": may(FIELD, "Antwort mit der E-Mail-Adresse."),
        "electronic": may(FIELD, "Antwort (ja oder nein), ob der Bescheid online abgeholt wird."),
    }
)

LETTER_ENTRY = Table(
    {
        "id": must(LETTER, "Name des Briefs; seine Worte stehen in letters/<id>.yaml."),
        "when": may(EXPRESSION, "Bedingung. Verschickt wird der erste Brief, dessen Bedingung erfüllt ist."),
    }
)

CHOICE = Either(
    (
        WORDS,
        Table({"value": must(WORDS, "Der gespeicherte Wert."), "label": must(WORDS, "Worte dafür.")}),
    )
)
COLUMN = Table(
    {
        "key": must(KEY, "Name der Spalte in Ausdrücken."),
        "label": must(WORDS, "Überschrift der Spalte."),
        "type": must(Text(choices=COLUMN_TYPES), "Typ der Spalte."),
        "optional": may(Flag(), "Ob die Spalte leer bleiben darf."),
        "choices": may(Several(CHOICE, least=1), "Die möglichen Werte, beim Typ choice."),
    }
)
LIMIT = Either((Whole(), Text(pattern=r"\d{4}-\d{2}-\d{2}", example="2026-01-01")))
PARAMETER_ENTRY = Table(
    {
        "key": must(KEY, "Name in Ausdrücken: parameters.<key>."),
        "type": must(Text(choices=TYPES), "Typ des Werts."),
        "label": must(WORDS, "Überschrift auf der Seite der Kommune."),
        "explanation": must(WORDS, "Erklärung für jemanden, der nur die Satzung und diese Seite hat."),
        "paragraph": must(WORDS, "Wo es in der Satzung oder im Gesetz steht."),
        "default": may(Anything(), "Vorgabe. Ohne sie muss die Kommune den Wert eintragen."),
        "choices": may(Several(CHOICE, least=1), "Die möglichen Werte, beim Typ choice."),
        "min": may(LIMIT, "Kleinster Wert; bei Listen und Tabellen die kleinste Zahl von Einträgen."),
        "max": may(LIMIT, "Größter Wert; bei Listen und Tabellen die größte Zahl von Einträgen."),
        "columns": may(Several(COLUMN, least=1), "Die Spalten, bei den Typen table und places."),
        "group": may(WORDS, "Überschrift, unter der der Parameter steht."),
        "renamed_from": may(KEY, "Früherer Name; ein Wert unter ihm wird übernommen."),
        "example": may(Anything(), "Ein Beispiel für das Eingabefeld."),
    }
)

SHARE = Table(
    {
        "from": must(PACKAGE_ID, "Das Paket im Ordner daneben."),
        "files": must(Several(Text(example="parameters/*.toml"), least=1), "Die Dateien, die von dort kommen."),
    }
)

MANIFEST = Table(
    {
        "service": must(SERVICE, "Was die Leistung ist."),
        "automation": must(AUTOMATION, "Ob und wonach ohne einen Menschen entschieden werden darf."),
        "deadlines": must(DEADLINES, "Fristen."),
        "remedy": may(REMEDY, "Der Rechtsbehelf."),
        "efile": may(EFILE, "Akte und Aufbewahrung."),
        "costs": may(COSTS, "Kosten in Sätzen."),
        "outcome": may(OUTCOME, "Worte für den Schreibtisch und für „Antworten prüfen“."),
        "person": must(PERSON, "Welche Antworten Name, Anschrift und Erreichbarkeit der Person sind."),
        "letter": must(Several(LETTER_ENTRY, least=1, tables="letter"), "Die Briefe, in der Reihenfolge der Wahl."),
        "parameter": may(Several(PARAMETER_ENTRY, tables="parameter"), "Was eine Kommune einträgt."),
        "share": may(Several(SHARE, tables="share"), "Dateien, die mit einem anderen Paket geteilt werden."),
    },
    title="Leistungspaket: service.toml",
)
PARAMETERS = Table(
    {"parameter": must(Several(PARAMETER_ENTRY, least=1, tables="parameter"), "Was eine Kommune einträgt.")},
    title="Leistungspaket: parameters.toml",
)
ENTRY = Table(
    {
        "key": must(PACKAGE_ID, "Name der Leistung in ihrer Adresse."),
        "title": must(WORDS, "So heißt die Leistung im Portal."),
        "summary": must(WORDS, "Ein Satz: Wer braucht das, und wofür?"),
        "synonyms": may(Several(WORDS), "Andere Worte, unter denen jemand sucht."),
        "life_events": may(Several(WORDS), "Lebenslagen."),
        "unit": may(WORDS, "Zuständige Stelle, wenn es eine andere ist."),
    }
)
CATALOGUE = Table(
    {
        "entry": must(
            Several(ENTRY, least=1, tables="entry"), "Die Leistungen, die das Paket neben seiner eigenen bedient."
        )
    },
    title="Leistungspaket: catalogue.toml",
)
