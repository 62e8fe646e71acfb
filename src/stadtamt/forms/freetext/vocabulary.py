"""The words of the rules, as patterns. Matched without regard to capitals, each up to the end of a word."""

from __future__ import annotations

import re


def said(words: str) -> re.Pattern[str]:
    """One of these wordings, as whole words; a blank stands for any white space."""
    return re.compile(rf"(?:{words.replace(' ', r'\s+')})(?!\w)", re.I)


ID = re.compile(
    r"[GF]\d{8,14}(?:V\d+(?:\.\d+)*)?(?:[./]?[GF]\d{8,14}(?:V\d+(?:\.\d+)*)?)*(?!\w)(?:\s?\(?V\s?\d+(?:\.\d+)+\)?)?"
)
ONE_ID = re.compile(r"([GF])(\d{8,14})")
QUOTED = re.compile(
    r'"([^"]*)"|„([^“”"„]*)[“”"]|“([^“”"]*)[”"]|»([^«»]*)«|‚([^‘’\']*)[‘’\']|‘([^’]*)’'
    r"|'((?:[^']|(?<=\w)'(?=\w))*)'(?!\w)"
)
LABEL_BEFORE = re.compile(r"([^\n.,;:=<>\"„“()]{2,80}?)\s*\((?=[GF]\d{8,14}(?:[./][GF]\d+)*\s*\))")
QUOTE_BEFORE = re.compile(r"[\"„“»'][^\"“”«']{2,120}[\"“”«']\s*\(?(?=[GF]\d{8})")
BROKEN = re.compile(r"[GF]\d{8}|[,;]\s*dann\b|\b(?:zeige|blende|aktiviere|deaktiviere)\b", re.I)

ONLY_WHEN = said("nur (?:wenn|falls|sofern)")
IT_MUST = said("(?:es )?(?:muss|müssen|ist|sind)")
MUST = said("muss|müssen")
MUST_NOT = said("darf nicht|dürfen nicht")
VALUE_HAS = said("den wert")
HAVE = said("haben|sein|besitzen")
LIST_FOLLOWS = re.compile(r"\s*:")
COLON = re.compile(r":|,|gilt(?!\w)\s*:?", re.I)
HEADING = re.compile(r":|gilt(?!\w)(?:\s*[:.])?", re.I)
WHEN = said("wenn|falls|sofern")
VERB_FIRST = said("ist|sind|wird|wurde")
THEN = re.compile(r"(?:dann|so)(?!\w)|->|→|⇒", re.I)
ELSE = said("sonst|ansonsten|andernfalls|anderenfalls|in allen anderen fällen|im anderen fall|im anderen falle")
AT = said("bei")
AND, OR = said("und|sowie"), said("oder|bzw.|beziehungsweise")
BOTH = said("und|sowie|oder|bzw.|beziehungsweise")
BULLET = re.compile(r"[:,;]?\s*\n\s*(?:[-–•*]|\d{1,2}[.)])\s*(?=(?:[\wäöü]+\s+){0,2}[GF]\d{8})")
NUMBERING = re.compile(r"(?:\d{1,2}[.)]|[a-z]\)|[-–•*])\s+(?=[A-ZÄÖÜ])")
COMMA, STOP = re.compile(r","), re.compile(r"[.;]|\n\n")
ARTICLE = said("das|die|der|dem|den|des|dieses|diese|dieser|diesem|auch|zusätzlich|(?:beiden )?anderen")
NOUN = said(
    "(?:daten)?feld(?:er|es|s|ern)?|(?:daten)?(?:feld)?gruppen?|eingabefeld(?:er)?|auswahlfeld(?:er)?|"
    "formularfeld(?:er)?|element(?:e|s)?|angaben?|fragen?|abschnitt(?:e|s)?|nachweisfeld(?:er)?|pflichtfeld(?=\\s+[GF]\\d)"
)
IN, UNDER = said("in|im|innerhalb"), said("bei|unter|von|des")
OPEN, CLOSE = re.compile(r"\("), re.compile(r"\)")
NOT_IN_LABEL = re.compile(
    r"[GF]\d{8}|(?<!\w)(?:wenn|dann|sonst|ansonsten|nicht|ist|sind|muss|leer|befüllt|auswahl|mindestens|höchstens)(?!\w)",
    re.I,
)
WITH, THE, NAMED_IS = said("mit"), said("dem|der|den|einem"), said("ist|lautet")
EQUAL_EMPTY = re.compile(r"=+\s*(?:nicht\s+)?leer", re.I)
PRONOUN = said(
    "(?:es|sie|dieses|diese|diese beiden|beide|letzteres)(?: (?:daten)?(?:feld|felder|gruppe|gruppen|feldgruppe))?"
    "|(?:das|die|der|beide|die beiden|alle) (?:genannten )?(?:daten)?(?:feld|felder|gruppe|gruppen|feldgruppe|"
    "feldgruppen)"
)
SINGULAR = said("es|dieses|das|letzteres|die (?:daten)?(?:feld)?gruppe")
ANGABEN_IN = said("(?:die )?angaben? (?:in|zu|zur|zum|aus|im)")
PICK = said("(?:die |der |den |als |dem |mit dem |unter )?(?:auswahl|wert|code|option|antwort|angabe|ausprägung)")
OPERATOR = re.compile(
    r"===|==|=|<>|!==|!=|≠|<=|≤|>=|≥|<|>|(?:ist\s+)?(?:ungleich|nicht\s+gleich)(?!\w)|(?:ist\s+)?gleich(?!\w)|"
    r"lautet(?!\w)|entspricht(?!\w)|ist\s+nicht(?!\w)(?=\s*[\"„'\d])|ist(?!\w)(?=\s*[\"„'\d])",
    re.I,
)
IS = said("ist|sind|wird|werden|wurde|wurden|hat|haben|lautet|sein")
NOT = said("nicht")
_ENTERED = "(?:vorgenommen|gemacht|erfasst|erfolgt|vorhanden)"
NO_ENTRY = said(f"(?:kein eintrag|keine eintragung|keine angaben?|keine eingabe) {_ENTERED}")
ENTRY = said(f"(?:ein eintrag|eine eintragung|eine angabe|angaben|eine eingabe) {_ENTERED}")
EMPTY = said("leer|unbefüllt|nicht vorhanden")
FILLED = said(
    "befüllt|ausgefüllt|angegeben|gefüllt|eingetragen|hochgeladen|beantwortet|vorhanden|belegt|erfasst|hinterlegt"
)
CHOSEN = said(
    "ausgewählt|gewählt|angegeben|angekreuzt|belegt|befüllt|beantwortet|getroffen|enthalten|hat|haben|besitzt|enthält"
)
CHECKED, UNCHECKED = said("angekreuzt|bejaht|aktiviert|ausgewählt"), said("verneint")
OTHERS = said(
    "(?:alle |ein |jede |einer der )?andere[nrsm]? (?:möglichen? )?"
    "(?:ausprägung(?:en)?|werte?|codes?|einträge|optionen)"
    "(?: der (?:codeliste|werteliste|auswahlliste|auswahl|liste))?"
)
YES_NO = said("ja|nein|wahr|falsch|true|false")
CODE = re.compile(r"\d[\w.]*(?<!\.)(?!\w)")
DASH = re.compile(r"\s*[-–=:]\s*(?=[^\W\d_\"„'(]|[\"„'(])")

ANY_OF = said(
    "(?:mindestens|wenigstens|zumindest) (?:eines|eine|einer|ein)(?: (?:der|von den|dieser|von diesen))?"
    "(?: folgenden| nachfolgenden| beiden)?"
)
ANY_OF_GROUP = said(
    "(?:mindestens|wenigstens|zumindest) ein(?:es)? (?:daten)?feld(?:er)? (?:der|dieser) (?:daten)?(?:feld)?gruppe"
    " muss den wert"
)
ONE_OF = said("(?:eines|einer|eine) der(?: folgenden| nachfolgenden| beiden)?")
EXACTLY_ONE = said("genau (?:eines|eine|einer|ein)(?: (?:der|von den|dieser))?(?: folgenden| beiden)?")
ALL_OF = said("alle(?: drei| beiden| der)?(?: folgenden)?|beide|sowohl")
AT_MOST = said(
    "(?:es )?(?:darf|dürfen) (?:nur|höchstens|maximal) (?:eines|eine|einer)(?: der| dieser)?(?: folgenden| beiden)?|"
    "(?:höchstens|maximal|nur) (?:eines|eine|einer) (?:der|dieser)(?: folgenden| beiden)?"
)
MAY = said("darf|dürfen")
NOT_BOTH = said("(?:darf|dürfen) nicht (?:beide |alle )?(?:gleichzeitig|zusammen|beide|zugleich)")
EITHER = said("entweder")

MAKE = said("mache|mach|setze")
TO_DUE = said("(?:zu einer|zu einem|zur|zum|als) (?:pflichtangabe|pflichtfeld|pflichtfeldern|pflichtgruppe|pflicht)")
AS_DUE = said(
    "als (?:ein |eine )?(?:pflichtfelder|pflichtfeldgruppen?|pflichtfeld|pflichtangaben?|pflichtgruppen?|pflicht)"
)
IMPERATIVE = said("aktiviere|aktivere|zeige|blende|deaktiviere|deaktivere|verberge|verstecke")
FOLLOWING = said(
    "(?:die |der |den )?(?:folgenden?|nachfolgenden?) (?:(?:daten)?(?:felder|feldgruppen|gruppen)|angaben|elemente)"
)
INFINITIVE = said("aktivieren|anzeigen|einblenden|deaktivieren|ausblenden|verbergen")
PARTICLE = said("an|aus|ein")
MODAL = said(
    "muss|müssen|darf|dürfen|kann|können|ist|sind|wird|werden|bleibt|bleiben|erscheint|erscheinen|entfällt|entfallen"
)
ONLY = said("nur(?: dann)?")
ENDING = said("werden|sein|bleiben")
FILL = said(
    "befüllt|ausgefüllt|angegeben|gefüllt|eingetragen|hochgeladen|beantwortet|ausgewählt|gemacht|erfasst|beigefügt|"
    "vorgelegt|übermittelt"
)
ADVERB = said("zwingend|unbedingt|verpflichtend|ebenfalls|immer|auch|jeweils|entsprechend")
SHOWN = said("angezeigt|eingeblendet|aktiviert|sichtbar|aktiv|dargestellt")
HIDDEN = said("ausgeblendet|deaktiviert|inaktiv|unsichtbar|verborgen")
FILL_IN = said(
    "(?:zwingend |verpflichtend )?(?:auszufüllen|anzugeben|zu befüllen|einzutragen|hochzuladen|zu beantworten|"
    "beizufügen|vorzulegen)"
)
SHOW_IT = said("anzuzeigen|einzublenden|zu aktivieren|darzustellen")
HIDE_IT = said("auszublenden|zu deaktivieren|zu verbergen")
DUE = said(
    "(?:zum |zur |zu einem |zu einer |als |ein |eine )?(?:pflichtfeld(?:er)?|pflichtfeldgruppen?|pflichtangaben?|"
    "pflichtgruppen?|pflicht|verpflichtend(?:e[sr]?)?(?: (?:angabe|feld))?|obligatorisch|zwingend(?: erforderlich)?)"
)
NOT_DUE = said("kein pflichtfeld|keine pflichtangabe|keine pflichtgruppe|keine pflichtfelder")
OPTIONAL = said(
    "(?:ein |eine )?(?:optionales feld|optionale angabe|optionale gruppe|optionale felder|optional|freiwillig)"
)

WHEREBY = said("wobei (?:hier )?(?:nur|ausschließlich|lediglich)")
CHOICE = said("(?:der|die|den|das|dem) (?:codes?|werte?|auswahl|option(?:en)?|einträge|eintrag)")
CHOSEN_BE = said("(?:ausgewählt|gewählt|angegeben|verwendet) werden")
AS_PREFILLED = said(
    "als (?:vorbefüllung|vorbelegung) (?:ausgewählt|gewählt|gesetzt) (?:sein|werden)"
    " und (?:dieses?|das) (?:daten)?feld (?:soll|darf|wird) nicht angezeigt(?: werden)?"
)
PREFILL = said("vorzubefüllen|vorzubelegen|vorbefüllt|vorbelegt")
HIDE_TOO = said("(?:in der antragsstrecke |im formular |im antrag )?(?:auszublenden|ausgeblendet|nicht anzuzeigen)")
DATE_IN = said("(?:das|dem) datum (?:im|in|des|aus)")
BEFORE = said("(?:zeitlich )?(?:vor|nach)|(?:kleiner|größer|früher|später) (?:oder gleich(?: als)?|als)")
LIE = said("liegen|sein")
CALENDAR = re.compile(
    r"die\s+(?:validität|gültigkeit)\s+des\s+(?:sich\s+(?:daraus\s+)?ergebenden\s+)?(?:kalender)?datums\s+"
    r"(?:sichergestellt|geprüft)\s+werden(?!\w)"
    r"(?:\.\s*d\.\s*h\.?\s*(?:,\s*)?es\s+muss\s+z\.\s*b\.\s*(?:der\s+)?[\d.]+(?:\s+(?:oder|und)\s+(?:der\s+)?[\d.]+)*"
    r"\s+verhindert\s+werden,\s+da\s+diese\s+keine\s+korrekten\s+datumsangaben\s+sind)?",
    re.I,
)

LAND_NAMES = {
    "Baden-Württemberg": "BW",
    "Bayern": "BY",
    "Berlin": "BE",
    "Brandenburg": "BB",
    "Bremen": "HB",
    "Hamburg": "HH",
    "Hessen": "HE",
    "Mecklenburg-Vorpommern": "MV",
    "Niedersachsen": "NI",
    "Nordrhein-Westfalen": "NW",
    "Rheinland-Pfalz": "RP",
    "Saarland": "SL",
    "Sachsen": "SN",
    "Sachsen-Anhalt": "ST",
    "Schleswig-Holstein": "SH",
    "Thüringen": "TH",
}
LAND = re.compile("(?:" + "|".join([*sorted(LAND_NAMES, key=len, reverse=True), *LAND_NAMES.values()]) + r")(?![\w-])")
FOR_LANDS = re.compile(
    r"(?:für|in)\s+(?:(?:das|die|den|dem)\s+)?(?:(?:bundes)?(?:land|ländern|länder)\s+(?:für\s+)?)?(?=[A-ZÄÖÜ])", re.I
)
LATER_LANDS = said("(?:für|in) (?:die|das|den|dem|alle|allen) (?:[a-zäöü]+ ){0,2}(?:bundes)?(?:land|länder|ländern)")
FOR_OTHER_LANDS = said("(?:für|in) (?:alle |allen |die |den )?(?:anderen|übrigen|restlichen) (?:bundes)?länder[n]?")
FOR_ALL_BUT = said("(?:für|in) alle(?:n)? (?:anderen )?(?:bundes)?ländern? (?:außer|ohne|bis auf)(?: für)?")
