"""The allow-list: what of BPMN 2.0 is understood. Whatever is not named here is refused by name."""

from __future__ import annotations

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML = "http://www.w3.org/XML/1998/namespace"
DRAWING = frozenset({BPMNDI, DC, DI})

KINDS = {
    "startEvent": "start",
    "endEvent": "end",
    "serviceTask": "service",
    "userTask": "user",
    "manualTask": "user",
    "receiveTask": "message",
    "exclusiveGateway": "exclusive",
    "parallelGateway": "parallel",
    "intermediateCatchEvent": "timer",
    "boundaryEvent": "boundary",
}

_SAID = frozenset({"documentation", "extensionElements"})
_PLACE = _SAID | {"incoming", "outgoing"}

CHILDREN: dict[str, frozenset[str]] = {
    "definitions": _SAID | {"process", "collaboration", "message", "category"},
    "collaboration": _SAID | {"participant", "messageFlow", "textAnnotation", "association", "group"},
    "participant": _SAID,
    "messageFlow": _SAID,
    "message": _SAID,
    "category": _SAID | {"categoryValue"},
    "categoryValue": _SAID,
    "process": _SAID | KINDS.keys() | {"laneSet", "sequenceFlow", "textAnnotation", "association", "group"},
    "laneSet": _SAID | {"lane"},
    "childLaneSet": _SAID | {"lane"},
    "lane": _SAID | {"flowNodeRef", "childLaneSet"},
    "flowNodeRef": frozenset(),
    "sequenceFlow": _SAID | {"conditionExpression"},
    "conditionExpression": frozenset(),
    "textAnnotation": _SAID | {"text"},
    "text": frozenset(),
    "association": _SAID,
    "group": _SAID,
    "incoming": frozenset(),
    "outgoing": frozenset(),
    "documentation": frozenset(),
    "intermediateCatchEvent": _PLACE | {"timerEventDefinition", "messageEventDefinition"},
    "boundaryEvent": _PLACE | {"timerEventDefinition"},
    "timerEventDefinition": _SAID | {"timeDuration", "timeDate"},
    "messageEventDefinition": _SAID,
    "timeDuration": frozenset(),
    "timeDate": frozenset(),
} | {name: _PLACE for name in KINDS if name not in {"intermediateCatchEvent", "boundaryEvent"}}

_NO_CODE = "Skripte werden nie ausgeführt. Nehmen Sie eine Dienstaufgabe mit einer der eingebauten Tätigkeiten."
_ONCE = "Ein Schritt wird hier genau einmal ausgeführt. Zeichnen Sie die Wiederholung als Weg zurück."
_LANES = "Wer etwas tut, sagt hier allein die Bahn (Lane), in der die Aufgabe steht."

REASONS: dict[str, str] = {
    "scriptTask": _NO_CODE,
    "script": _NO_CODE,
    "businessRuleTask": "Regeln stehen in rules.dmn und werden von der Tätigkeit stadtamt:assess angewandt.",
    "task": "Diese Aufgabe sagt nicht, wer sie erledigt. Wählen Sie Benutzeraufgabe oder Dienstaufgabe.",
    "sendTask": "Versandt wird mit einer Dienstaufgabe, zum Beispiel stadtamt:deliver.",
    "callActivity": "Andere Abläufe werden nicht aufgerufen. Ein Paket hat genau einen Ablauf.",
    "subProcess": "Teilprozesse werden nicht ausgeführt. Zeichnen Sie die Schritte im Ablauf selbst.",
    "transaction": "Transaktionen werden nicht ausgeführt. Jeder Schritt ist schon für sich ganz oder gar nicht.",
    "adHocSubProcess": "Ungeordnete Teilprozesse werden nicht ausgeführt.",
    "import": "Andere Dateien werden nicht nachgeladen.",
    "inclusiveGateway": "Nehmen Sie eine exklusive oder eine parallele Verzweigung.",
    "complexGateway": "Nehmen Sie eine exklusive oder eine parallele Verzweigung.",
    "eventBasedGateway": "Nehmen Sie eine Aufgabe mit einer Frist am Rand.",
    "intermediateThrowEvent": "Ereignisse werden hier nur erwartet. Für eine Wirkung nehmen Sie eine Dienstaufgabe.",
    "multiInstanceLoopCharacteristics": _ONCE,
    "standardLoopCharacteristics": _ONCE,
    "timeCycle": "Wiederkehrende Fristen gibt es nicht. Geben Sie eine Dauer (P14D) oder ein Datum an.",
    "timerEventDefinition": "Eine Frist steht als Zwischenereignis oder am Rand einer Aufgabe.",
    "messageEventDefinition": "Eine Nachricht wird nur als Zwischenereignis oder Empfangsaufgabe erwartet.",
    "signalEventDefinition": "Signale gibt es nicht.",
    "errorEventDefinition": "Fehlerereignisse gibt es nicht. Ein gescheiterter Schritt wird von selbst wiederholt.",
    "escalationEventDefinition": "Eskalationen zeichnen Sie als Frist am Rand einer Aufgabe.",
    "compensateEventDefinition": "Rückabwicklung gibt es nicht.",
    "conditionalEventDefinition": "Auf Bedingungen wird nicht gewartet. Nehmen Sie eine Verzweigung.",
    "terminateEventDefinition": "Ein Abbruch-Ende gibt es nicht. Führen Sie jeden Zweig zu seinem Ende.",
    "linkEventDefinition": "Sprünge gibt es nicht. Zeichnen Sie die Verbindung.",
    "cancelEventDefinition": "Abbruchereignisse gibt es nicht.",
    "ioSpecification": "Die Prozessdaten sind für alle Schritte dieselben; Zuordnungen werden nicht ausgewertet.",
    "dataInputAssociation": "Die Prozessdaten sind für alle Schritte dieselben; Zuordnungen werden nicht ausgewertet.",
    "dataOutputAssociation": "Die Prozessdaten sind für alle Schritte dieselben; Zuordnungen werden nicht ausgewertet.",
    "dataObject": "Datenobjekte haben keine Wirkung. Nehmen Sie eine Anmerkung.",
    "dataObjectReference": "Datenobjekte haben keine Wirkung. Nehmen Sie eine Anmerkung.",
    "dataStoreReference": "Datenspeicher haben keine Wirkung. Nehmen Sie eine Anmerkung.",
    "potentialOwner": _LANES,
    "humanPerformer": _LANES,
    "performer": _LANES,
    "resourceRole": _LANES,
}

FORBIDDEN_VALUES: dict[str, frozenset[str]] = {
    "isForCompensation": frozenset({"false"}),
    "instantiate": frozenset({"false"}),
    "triggeredByEvent": frozenset({"false"}),
    "parallelMultiple": frozenset({"false"}),
    "isInterrupting": frozenset({"true"}),
    "startQuantity": frozenset({"1"}),
    "completionQuantity": frozenset({"1"}),
}
"""Attribute to the values (the defaults) under which it changes nothing."""

HARMLESS_EXTENSIONS = frozenset({"properties", "property"})
HARMLESS_ATTRIBUTES = frozenset(
    {"executionPlatform", "executionPlatformVersion", "historyTimeToLive", "versionTag", "diagramRelationId"}
)
EXPRESSION_LANGUAGES = (
    "",
    "feel",
    "https://www.omg.org/spec/dmn/20191111/feel/",
    "http://www.omg.org/spec/feel/20140401",
)
PREFIX = "stadtamt:"


def reason(name: str) -> str:
    """The sentence for an element that is refused."""
    return REASONS.get(name, "Dieses Element wird hier nicht ausgeführt.")
