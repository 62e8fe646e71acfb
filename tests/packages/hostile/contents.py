"""Packages whose files are in order and whose content is not: one thing wrong in each, and a word of its refusal."""

from __future__ import annotations

from collections.abc import Mapping

from packages.nested import LIST, boat_files
from packages.nested import schema as boat_schema
from support.life_package import CASES
from support.small_package import FORM, LETTER, PARAMETERS, PROCESS, RULES, SERVICE, small_files

# Without the address, which the small form does not ask.
_CASE = CASES.replace(', strasse = "Am See 1", plz = "78462", wohnort = "Konstanz"', "")
GOOD: Mapping[str, bytes] = {**small_files(), "tests/faelle.toml": _CASE.encode()}
XML = '<?xml version="1.0" encoding="UTF-8"?>'
BIG = 10_000


def put(file: str, content: str | bytes) -> dict[str, bytes]:
    """The good package with this content in one file."""
    return {**GOOD, file: content.encode() if isinstance(content, str) else content}


def swap(file: str, source: str, old: str, new: str) -> dict[str, bytes]:
    assert old in source
    return put(file, source.replace(old, new, 1))


def form(old: str, new: str) -> dict[str, bytes]:
    return swap("form.yaml", FORM, old, new)


def process(old: str, new: str) -> dict[str, bytes]:
    return swap("process.bpmn", PROCESS, old, new)


def rules(old: str, new: str) -> dict[str, bytes]:
    return swap("rules.dmn", RULES, old, new)


def service(old: str, new: str) -> dict[str, bytes]:
    return swap("service.toml", SERVICE, old, new)


def letter(old: str, new: str) -> dict[str, bytes]:
    return swap("letters/bescheid.yaml", LETTER, old, new)


def setting(text: str) -> dict[str, bytes]:
    return put("letters/bescheid.typ", text)


def document(declared: str, source: str) -> str:
    """The diagram or table with a document type in front."""
    head, _, rest = source.partition("?>")
    return f"{head}?><!DOCTYPE definitions [{declared}]>{rest}"


def text_with(expression: str) -> dict[str, bytes]:
    return form("refuse: stand.tage > parameters.days", f"refuse: {expression}")


LAUGHS = '<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
EXTERNAL = '<!ENTITY x SYSTEM "file:///etc/passwd">'
REMOTE = '<!ENTITY x SYSTEM "http://127.0.0.1:9/x">'
PARAMETER = '<!ENTITY % p SYSTEM "http://127.0.0.1:9/p.dtd"> %p;'
COUNTED = "for a in 1..10000 return for b in 1..10000 return a"
IN_DIAGRAM = '<serviceTask id="assess" name="Gebühr berechnen" implementation="stadtamt:assess"/>'
BEFORE_PROCESS = '<process id="stand"'
FEE = "if refused = true or answers.stand.tage = null then 0 else answers.stand.tage * parameters.fee"

XML_ATTACKS = {
    "laughs in the diagram": (put("process.bpmn", document(LAUGHS, PROCESS)), "DOCTYPE"),
    "laughs in the table": (put("rules.dmn", document(LAUGHS, RULES)), "DOCTYPE"),
    "file by entity in the diagram": (put("process.bpmn", document(EXTERNAL, PROCESS)), "DOCTYPE"),
    "file by entity in the table": (put("rules.dmn", document(EXTERNAL, RULES)), "DOCTYPE"),
    "network by entity in the diagram": (put("process.bpmn", document(REMOTE, PROCESS)), "DOCTYPE"),
    "network by entity in the table": (put("rules.dmn", document(REMOTE, RULES)), "DOCTYPE"),
    "parameter entity in the diagram": (put("process.bpmn", document(PARAMETER, PROCESS)), "DOCTYPE"),
    "parameter entity in the table": (put("rules.dmn", document(PARAMETER, RULES)), "DOCTYPE"),
    "remote document type": (
        put("process.bpmn", PROCESS.replace("?>", '?><!DOCTYPE d SYSTEM "http://127.0.0.1:9/d">', 1)),
        "DOCTYPE",
    ),
    "another encoding": (put("process.bpmn", PROCESS.encode("utf-16")), "UTF-8"),
    "endless depth": (put("rules.dmn", XML + "<a>" * 300 + "</a>" * 300), "tiefer als 100 Ebenen"),
    "a million elements": (put("process.bpmn", XML + "<d>" + "<a/>" * 240_000 + "</d>"), "keine BPMN|zu groß"),
    "xinclude in the diagram": (
        process(IN_DIAGRAM, f'{IN_DIAGRAM}<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>'),
        "XInclude",
    ),
    "xinclude in the table": (
        rules(
            '<decision id="d1"', '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="x"/><decision id="d1"'
        ),
        "XInclude",
    ),
    "import in the diagram": (
        process(
            BEFORE_PROCESS, f'<import importType="x" namespace="x" location="http://127.0.0.1:9/"/>{BEFORE_PROCESS}'
        ),
        "import",
    ),
    "import in the table": (
        rules(
            '<decision id="d1"',
            '<import name="x" importType="x" namespace="x" locationURI="http://127.0.0.1:9/"/><decision id="d1"',
        ),
        "import",
    ),
    "remote requirement": (rules('href="#i1"', 'href="http://127.0.0.1:9/x.dmn#i1"'), "127.0.0.1"),
}
DIAGRAMS = {
    "script task": (
        process(IN_DIAGRAM, '<scriptTask id="assess"><script>import os</script></scriptTask>'),
        "scriptTask",
    ),
    "script element": (process(IN_DIAGRAM, IN_DIAGRAM.replace("/>", "><script>1</script></serviceTask>")), "script"),
    "listener": (
        process(
            IN_DIAGRAM,
            IN_DIAGRAM.replace(
                "/>",
                '><extensionElements><c:executionListener xmlns:c="http://camunda.org/schema/1.0/bpmn" class="x.Y"/>'
                "</extensionElements></serviceTask>",
            ),
        ),
        "executionListener",
    ),
    "call of another process": (process(IN_DIAGRAM, '<callActivity id="assess" calledElement="x"/>'), "callActivity"),
    "sent to an address": (process("stadtamt:assess", "http://127.0.0.1:9/"), "http://127.0.0.1:9/"),
    "an activity nobody knows": (process("stadtamt:assess", "stadtamt:run-shell"), "run-shell"),
    "python in a condition": (
        process(
            'targetRef="assess"/>',
            'targetRef="assess"><conditionExpression>__import__("os")</conditionExpression></sequenceFlow>',
        ),
        "nicht lesbar|Bedingung",
    ),
    "a circle without a person": (
        process('sourceRef="assess" targetRef="decide"', 'sourceRef="assess" targetRef="assess"'),
        "Kreis|endet|erreich",
    ),
}
EXPRESSIONS = {
    "a call of the system": (text_with("__import__('os').system('id')"), "Zeile"),
    "a door to the inside": (text_with("stand.__class__.__mro__ = 1"), "stand.__class__“ gibt es hier nicht"),
    "a file": (text_with('open("/etc/passwd") = 1'), "open"),
    "a huge expression": (text_with("1 + " * BIG + "1 > 0"), "länger als"),
    "a deep expression": (text_with("(" * 900 + "1" + ")" * 900 + " > 0"), "tief|verschachtelt"),
    "a huge number": (text_with("9" * 5000 + " > 0"), "Ziffern|Zahl|lang"),
    "an unknown name": (text_with("settings.SECRET_KEY = 1"), "settings"),
    "a call in a table": (rules(FEE, 'exec("import os")'), "exec"),
    "java in a table": (
        rules('<literalExpression id="l1">', '<literalExpression id="l1" expressionLanguage="java">'),
        "java|Sprache",
    ),
    "a function from outside in a table": (
        rules(f"<text>{FEE}</text>", '<text>function(x) external {java: {class: "java.lang.Runtime"}}</text>'),
        "Zeile|function",
    ),
    "a table that asks itself": (
        rules('<requiredInput href="#i1"/>', '<requiredDecision href="#d2"/>'),
        "Kreis|sich selbst",
    ),
    "a call in a letter": (letter("{money(assessment.total_cents)}", "{system(1)}"), "system"),
    "a name in a letter": (letter("{parameters.place}", "{secret.key}"), "secret"),
    "a place that never closes": (letter("{parameters.place}", "{parameters.place"), "schließ|Klammer|geschlossen|}"),
    "an endless pattern": (
        form("type: name, purpose: Für den Bescheid.}", "type: name, pattern: '(a+)+$', purpose: x}"),
        "pattern",
    ),
}
TEXTS = {
    "yaml anchors": (
        put("form.yaml", "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nform: x\n"),
        "Verweise",
    ),
    "yaml object": (put("form.yaml", '!!python/object/apply:os.system ["id"]'), "Ausrufezeichen"),
    "yaml depth": (put("form.yaml", "a: " + "[" * 300 + "]" * 300), "zu tief"),
    "yaml names twice": (put("form.yaml", FORM.replace("form: stand", "form: x\nform: stand", 1)), "zweimal"),
    "yaml several documents": (put("form.yaml", FORM + "\n---\nform: x\n"), "zweites Dokument"),
    "yaml huge": (put("form.yaml", "#" + "x" * 600_000), "zu groß"),
    "letter anchors": (put("letters/bescheid.yaml", "letter: &a bescheid\nsubject: *a\nblocks: []\n"), "Verweise"),
    "toml depth": (put("service.toml", "a = " + "[" * 3000 + "]" * 3000), "verschachtelt|tief"),
    "toml names twice": (put("service.toml", SERVICE + '\n[service]\nid = "x"\n'), "TOML"),
    "toml huge number": (put("parameters.toml", "a = " + "9" * 5000), "zu viele Ziffern"),
    "not utf-8": (put("form.yaml", b"form: \xff\xfe"), "UTF-8"),
    "a huge file": (put("README.md", b"x" * 1_000_001), "zu groß"),
    "a huge package": (
        {**GOOD, **{f"tests/t{n}.toml": b"#" + b"x" * 990_000 for n in range(9)}},
        "zu groß",
    ),
    "thousands of files": ({**GOOD, **{f"tests/t{n}.toml": b"" for n in range(400)}}, "mehr als 300"),
    "a program beside": ({**GOOD, "setup.py": b"import os"}, "gehört nicht"),
    "a hidden program": ({**GOOD, ".git/hooks/pre-commit": b""}, "darf ein Paket nicht"),
    "an identity that is a path": (
        service('id = "stand-anmelden"', 'id = "../../etc"'),
        "kein Name|wie „hundesteuer-anmelden“",
    ),
    "an identity of sql": (
        service('id = "stand-anmelden"', 'id = "x\'; DROP TABLE"'),
        "kein Name|wie „hundesteuer-anmelden“",
    ),
    "a letter that is a path": (service('id = "bescheid"', 'id = "../../etc/passwd"'), "Kennung|etc/passwd|nicht"),
    "a version without end": (service('version = "1.0.0"', f'version = "{"9" * 500}.0.0"'), "Version|version"),
}
_QUESTIONS = "".join(
    f"\n      - {{id: q{n}, title: T, fields: [{{id: f{n}, label: L, type: text, purpose: p}}]}}" for n in range(3000)
)
_FIELD = "{id: a, label: L, type: text, purpose: p}"
_SECTIONS = "".join(
    f"\n  - {{id: g{n}, title: T, questions: [{{id: q, title: T, fields: [{_FIELD}]}}]}}" for n in range(1001)
)
_FIELDS = f"\n      - {{id: q, title: T, fields: [{', '.join([_FIELD] * 2050)}]}}"
AMOUNTS = {
    "thousands of questions": (put("form.yaml", FORM + _QUESTIONS), "mehr als 1000 Fragen"),
    "thousands of fields": (put("form.yaml", FORM + _FIELDS), "mehr als 2000 Felder"),
    "thousands of sections": (put("form.yaml", FORM + _SECTIONS), "mehr als 1000 Abschnitte"),
    "thousands of golden cases": (
        put("tests/faelle.toml", "[[case]]\nname = 'x'\ntoday = 2026-01-01\n" * 600),
        "mehr als 500 goldene Fälle",
    ),
    "a huge number in hexadecimal": (form("max: 30", "max: 0x" + "F" * 5000), "zu groß"),
    "a huge default in hexadecimal": (
        swap("parameters.toml", PARAMETERS, "default = 1500", "default = 0x" + "F" * 5000),
        "Vorgabewert passt nicht",
    ),
    "a number without end": (swap("parameters.toml", PARAMETERS, "default = 1500", "default = inf"), "Vorgabewert"),
}
SIGNS = {
    "nul in a title": (service('title = "Stand anmelden"', 'title = "a\\u0000b"'), "Steuerzeichen umschrieben"),
    "nul in a question": (form("title: Wie heißen Sie?", 'title: "a\\0b"'), "Steuerzeichen umschrieben"),
    "nul as it is": (put("letters/bescheid.yaml", LETTER.encode() + b"\0"), "Steuerzeichen"),
    "orders to the terminal": (service('title = "Stand', 'title = "\\u001b[2JStand'), "Steuerzeichen umschrieben"),
    "direction turned in a text": (form("title: Wie heißen Sie?", "title: a\u202eb"), "Schreibrichtung"),
    "direction turned in a rule": (rules("permit", "\u202etimrep"), "Schreibrichtung"),
    "direction turned by an escape": (service('title = "Stand', 'title = "\\u202eStand'), "umschrieben"),
}
SETTINGS = {
    "typst package": (setting('#import "@preview/cetz:0.3.0": canvas'), "lädt ein Paket"),
    "typst package by parts": (setting('#import ("@pre" + "view/cetz:0.3.0")'), "lädt ein Paket"),
    "typst local package": (setting('#import "@local/secret:1.0.0"'), "lädt ein Paket"),
    "typst plugin": (setting('#let p = plugin("x.wasm")'), "lädt ein Programm"),
    "typst reads a file": (setting('#read("/etc/passwd")'), "liest eine Datei"),
    "typst reads data": (setting('#json("../../conf/settings.json")'), "liest eine Datei"),
    "typst shows a file": (setting('#image("/proc/self/environ")'), "liest eine Datei"),
    "typst includes a file": (setting('#include "../models.py"'), "fremde Datei"),
    "typst runs text": (setting('#eval("1 + 1")'), "führt Text als Anweisung aus"),
    "typst without end": (setting("x" * 100_001), "zu lang"),
}


def boat(xdf: bytes | None = None, adjustments: str | None = None, **files: bytes) -> dict[str, bytes]:
    """The package of a data schema, with other files of the form."""
    made = {**boat_files(), **files}
    if adjustments is not None:
        made["form.toml"] += adjustments.encode()
    return made if xdf is None else {**made, "form.xdf.xml": xdf}


def typed(declared: str, source: bytes) -> bytes:
    return source.replace(b"?>", f"?><!DOCTYPE x [{declared}]>".encode(), 1)


_ADJUST = '\n[[override]]\nid = "x"\nkind = "rule"\nrule = "R00000000001"\ndecision = "machine"\n'
_EFFECT = '{{ effect = "forbid", target = "G00000000003", condition = {} }}'
_EMPTY = '{ is_empty = { identifier = "G00000000001" } }'


def adjusted(condition: str) -> dict[str, bytes]:
    return boat(adjustments=f"{_ADJUST}effects = [{_EFFECT.format(condition)}]\n")


SCHEMAS = {
    "laughs in the schema": (boat(typed(LAUGHS, boat_schema())), "DOCTYPE"),
    "file by entity in the schema": (boat(typed(EXTERNAL, boat_schema())), "DOCTYPE"),
    "network by entity in the schema": (boat(typed(REMOTE, boat_schema())), "DOCTYPE"),
    "file by entity in a code list": (boat(**{"code-lists/farben-1.xml": typed(EXTERNAL, LIST)}), "DOCTYPE"),
    "a schema of endless depth": (boat(XML.encode() + b"<a>" * 5000 + b"</a>" * 5000), "tief|xdatenfelder|kein"),
    "a schema that is none": (boat(b"MZ\x90"), "form.xdf.xml"),
    "two forms": (boat(**{"form.yaml": FORM.encode()}), "nicht beides"),
    "a schema too large": (boat(b" " * 6_000_001), "zu groß"),
    "a code list too large": (boat(**{"code-lists/farben-1.xml": b" " * 1_000_001}), "zu groß"),
    "a code list that is a path": (boat(**{"code-lists/../x.xml": LIST}), "darf ein Paket nicht"),
    "direction turned in a schema": (boat(boat_schema(title="a\u202eb")), "Schreibrichtung"),
    "a program in a rule": (adjusted('{ exec = "import os" }'), "„exec“ gibt es nicht"),
    "a condition of endless depth": (adjusted("{ not = " * 60 + "true" + " }" * 60), "zu groß"),
    "a condition without end": (adjusted(f"{{ or = [{', '.join([_EMPTY] * 600)}] }}"), "zu groß"),
    "a rule that takes what is not there": (adjusted('{ identifier = "parameters_secret.key" }'), "gibt es nicht"),
    "a town's deviation by the author": (
        boat(adjustments='\n[[override]]\nid = "x"\nkind = "unit"\nname = "Meine Stelle"\n'),
        "„unit“ gibt es hier nicht",
    ),
    "a question of endless thought": (
        boat(
            adjustments='\n[[override]]\nid = "x"\nkind = "add"\nafter = "G00000000001-F60000000227"\n'
            'question = { id = "q", title = "Q", '
            'fields = [{ id = "f", label = "F", type = "text", pattern = "(a+)+$" }] }\n'
        ),
        "pattern",
    ),
}
