"""Every defect of a package is found, with its file, its line and a sentence, and all of them at once."""

# ruff: noqa: E501 - one defect to a line

from __future__ import annotations

from functools import cache

import pytest

from stadtamt.packages.checking import Finding, check, errors_in
from stadtamt.packages.format.files import Files
from stadtamt.packages.skeleton import skeleton

S, F, P, R, L, T, N = (
    "service.toml",
    "form.yaml",
    "process.bpmn",
    "rules.dmn",
    "letters/bescheid.yaml",
    "tests/faelle.toml",
    "parameters/musterstadt.toml",
)

# What is written instead of what, and a part of the sentence that says so.
ERRORS = {
    "an unknown key": (S, 'summary = "', 'sumary = "', "„sumary“ gibt es hier nicht. Meinten Sie „summary“?"),
    "a wrong type": (S, "processing_days = 14", 'processing_days = "14"', "eine ganze Zahl von 1 bis 730"),
    "an unknown section": (S, "[costs]", "[kosten]", "„kosten“ gibt es hier nicht"),
    "no valid TOML": (S, 'title = "Besch', 'title = "Besch\nx', "kein gültiges TOML"),
    "a bad version": (S, 'version = "0.1.0"', 'version = "eins"', "ein Text wie „1.0.0“"),
    "no legal basis": (S, 'legal_bases = ["§ 11 KAG Baden-Württemberg", "{parameters.bylaw_title}"]', "", "legal_bases"),
    "automation without law": (S, "enabled = false", "enabled = true", "wer in [automation] die „legal_basis“ nennt"),
    "automation with discretion": (
        S,
        'enabled = false\nlegal_basis = ""\ndiscretion = false',
        'enabled = true\nlegal_basis = "§ 35a VwVfG"\ndiscretion = true',
        "Wo Ermessen besteht",
    ),
    "a parameter without law": (S, 'paragraph = "Gebührenverzeichnis"\n', "", "Die Angabe „paragraph“ fehlt"),
    "a parameter of no type": (S, 'type = "money"', 'type = "geld"', "einer dieser Texte: „money“"),
    "a default that does not fit": (S, "default = 5", "default = 500", "Der Vorgabewert passt nicht"),
    "a text that cannot be read": (S, "{money(parameters.fee)}.", "{money(parameters.fee}.", "costs.examples[1]"),
    "a parameter nobody gives": (S, "{money(parameters.fee)}.", "{money(parameters.fees)}.", "„parameters.fees“"),
    "a name in the outcome": (S, "assessment.total_cents)}", "bewertung.total_cents)}", "„bewertung“ gibt es hier"),
    "a result the rules do not give": (S, "assessment.total_cents)}", "assessment.total)}", "„assessment.total“"),
    "a person's answer nobody asks": (S, '"person.vorname"', '"person.rufname"', "Das Feld „person.rufname“"),
    "a unit that is no parameter": (S, 'unit = "parameters.unit"', 'unit = "parameters.stelle"', "„stelle“ gibt es nicht"),
    "a letter without words": (S, 'id = "bescheid"', 'id = "anderer"', "Die Datei letters/anderer.yaml fehlt"),
    "a condition of a letter": (S, "decision.outcome = ", "decision.result = ", "„decision.result“ gibt es hier nicht"),
    "outcomes without a letter": (S, '[[letter]]\nid = "bescheid"', '[[letter]]\nid = "bescheid"\nwhen = "false"', "keinen Brief"),
    "an unknown key of a field": (F, "max_length: 200", "maxlength: 200", "groups[2].questions[1].fields[2].maxlength"),
    "a field of no type": (F, "type: postcode", "type: plz", "einer dieser Texte"),
    "a check that cannot be read": (F, "antrag.anzahl > parameters", "antrag.anzahl >> parameters", "Geschrieben steht"),
    "an answer nobody gives": (F, "refuse: antrag.anzahl", "refuse: antrag.menge", "„antrag.menge“ gibt es hier nicht"),
    "a check of a field elsewhere": (F, "field: anzahl", "field: zahl", "Das Feld „antrag.zahl“ gibt es auf dieser Seite"),
    "doubled fields": (F, "- id: nachname", "- id: vorname", "kommt zweimal vor"),
    "no valid YAML": (F, "form: neue-leistung", "form: [neue", "YAML"),
    "an unknown block": (L, "kind: closing", "kind: schluss", "„kind“ ist eines von"),
    "no remedy": (L, "  - kind: remedy\n", "", "Rechtsbehelfsbelehrung"),
    "an answer a letter invents": (L, "answers.antrag.anzahl", "answers.antrag.menge", "„answers.antrag.menge“"),
    "a letter of another name": (L, "letter: bescheid", "letter: brief", "Der Brief nennt sich „brief“"),
    "a fact a letter has not": (L, "{payment.due}", "{payment.until}", "„payment.until“ gibt es hier nicht"),
    "an activity that is not there": (P, "stadtamt:issue-notice", "stadtamt:print", "stadtamt:print gibt es nicht"),
    "an activity at the wrong place": (P, "stadtamt:deliver-by-post", "stadtamt:decide", "gehört an eine Benutzeraufgabe"),
    "a condition on nothing": (P, '=outcome = "ask"', '=ergebnis = "ask"', "Den Wert „ergebnis“ setzt keine Tätigkeit"),
    "a way to nowhere": (P, 'targetRef="deliver"', 'targetRef="nowhere"', "endet im Leeren"),
    "a path nobody reaches": (P, 'sourceRef="ask" targetRef="answer"', 'sourceRef="ask" targetRef="decide"', "nicht erreichbar"),
    "the citizen in the office's lane": (P, "Bürgerin oder Bürger", "Amt", "gehört in die Bahn „Bürgerin oder Bürger“"),
    "a table that cannot be read": (R, "count(reasons) = 0", "count(reasons) == 0", "mit einem einfachen „=“"),
    "an answer the tables invent": (R, "<text>answers.antrag.anzahl</text>", "<text>answers.antrag.zahl</text>", "answers.antrag.zahl"),
    "a parameter the tables invent": (R, "* parameters.fee", "* parameters.rate", "„parameters.rate“"),
    "no assessment": (R, 'name="assessment"', 'name="bewertung"', "„assessment“ fehlt"),
    "an assessment without a sum": (R, 'name="total_cents"', 'name="summe"', "ergibt kein „total_cents“"),
    "clear although nothing is answered": (R, "count(reasons) = 0", "true", "gilt als klarer Fall"),
    "half cents": (R, "answers.antrag.anzahl = null then []", "answers.antrag.anzahl = null then [{label: \"?\", amount_cents: 0.5}]", "keine ganze Zahl"),
    "no valid XML": (R, "</definitions>", "", "XML"),
    "a case without a day": (T, "today = 2026-05-12\ncomplete = true\n[case.answers]\nperson = { vorname = \"Eva\", nachname = \"Müller\", strasse = \"Lindenweg 3\", plz = \"12345\", ort = \"Musterstadt\" }\nantrag = { anzahl = 1 }", "[case.answers]\nantrag = { anzahl = 1 }", "„today“ fehlt"),
    "a case of an unknown town": (T, 'town = "musterstadt"', 'town = "nirgends"', "parameters/nirgends.toml gibt es nicht"),
    "an expression of a case": (T, '"=parameters.fee"', '"=parameters.("', "case[5].expect.total_cents"),
    "a setting of no parameter": (N, "[parameters.fee]", "[parameters.gebuehr]", "„gebuehr“ kennt das Paket nicht"),
    "a setting that does not fit": (N, "value = 800", "value = -800", "nicht negativ"),
    "another text in English": ("texts/en.toml", "{parameters.most_copies} certificates", "some certificates", "Die Stelle {parameters.most_copies} fehlt"),
}  # fmt: skip
WARNINGS = {
    "a life event of its own": (S, 'life_events = ["', 'life_events = ["Mein Leben", "', "„Mein Leben“ kennt sonst kein Paket"),
    "a parameter nobody reads": (S, "[[parameter]]\nkey = \"fee\"", "[[parameter]]\nkey = \"farbe\"\ntype = \"text\"\ndefault = \"\"\nlabel = \"F\"\nexplanation = \"F\"\nparagraph = \"F\"\n\n[[parameter]]\nkey = \"fee\"", "Den Parameter „farbe“ liest niemand"),
    "a question without purpose": (F, "            purpose: Davon hängt die Gebühr ab.\n", "", "sagt nicht, wozu gefragt wird"),
    "a dead field where nobody looks": (S, 'enabled = false\nlegal_basis = ""', 'enabled = true\nlegal_basis = "§ 35a VwVfG"', "Die Antwort „antrag.zweck“ liest keine Regel"),
    "automation nobody uses": (S, 'enabled = false\nlegal_basis = ""', 'enabled = true\nlegal_basis = "§ 35a VwVfG"', "der Ablauf tut es nirgends"),
    "a missing translation": ("texts/en.toml", '"service.title" = "Apply for a certificate"\n', "", "Die Übersetzung von „service.title“ fehlt"),
    "a translation of nothing": ("texts/en.toml", '"service.title"', '"service.titel" = "x"\n"service.title"', "„service.titel“ gibt es nicht"),
    "a gateway without a way for the rest": (P, ' default="on-paper"', "", "für alle übrigen Fälle"),
    "a step that is not drawn": (P, 'bpmnElement="deliver">', 'bpmnElement="other">', "ist nicht gezeichnet"),
    "a decision nobody needs": (R, '  <decision id="assessment"', '  <decision id="dx" name="extra"><variable id="vx" name="extra"/><literalExpression id="ex"><text>1</text></literalExpression></decision>\n  <decision id="assessment"', "„extra“ wird von „assessment“ aus nie gebraucht"),
    "no case for the deadlines": (T, "[case.deadlines]\ndecide_by = 2026-05-26\nannounced_on = 2026-05-18\nobjection_ends_on = 2026-06-18\n", "", "Kein Fall prüft die Fristen"),
}  # fmt: skip


@cache
def good() -> Files:
    return skeleton("neue-leistung")


def damaged(*defects: tuple[str, str, str, str]) -> dict[str, bytes]:
    files = dict(good())
    for file, old, new, _ in defects:
        text = files[file].decode()
        assert old in text, (file, old)
        files[file] = text.replace(old, new, 1).encode()
    return files


def said(findings: tuple[Finding, ...]) -> str:
    return "\n".join(str(finding) for finding in findings)


def test_a_new_package_is_right() -> None:
    assert check(good()) == ()


@pytest.mark.parametrize("defect", ERRORS)
def test_a_defect_is_an_error(defect: str) -> None:
    file, _, _, sentence = ERRORS[defect]
    found = errors_in(check(damaged(ERRORS[defect])))
    assert any(sentence in one.sentence for one in found), said(found)
    assert all(one.sentence.endswith((".", "?", "…", "}")) or "Geschrieben steht" in one.sentence for one in found), (
        file
    )


@pytest.mark.parametrize("defect", WARNINGS)
def test_a_weakness_is_a_warning(defect: str) -> None:
    found = [one for one in check(damaged(WARNINGS[defect])) if WARNINGS[defect][3] in one.sentence]
    assert [one.severity for one in found] == ["warning"]


@pytest.mark.parametrize(
    ("defect", "file", "words"),
    [
        ("an unknown key", S, "sumary"),
        ("an unknown key of a field", F, "maxlength"),
        ("a check that cannot be read", F, ">>"),
        ("an answer a letter invents", L, "answers.antrag.menge"),
        ("an activity that is not there", P, "stadtamt:print"),
        ("a table that cannot be read", R, "=="),
        ("an expression of a case", T, '"=parameters.("'),
        ("a text that cannot be read", S, "money(parameters.fee}"),
    ],
)
def test_a_finding_names_the_line(defect: str, file: str, words: str) -> None:
    files = damaged(ERRORS[defect])
    line = next(n for n, one in enumerate(files[file].decode().splitlines(), 1) if words in one)
    assert line in {one.line for one in check(files) if one.file == file}


def test_one_damaged_package_gives_all_findings() -> None:
    chosen = ["an unknown key", "an unknown key of a field", "a field of no type", "an unknown block"]
    chosen += ["an activity that is not there", "a condition on nothing", "a table that cannot be read"]
    chosen += ["a case without a day", "a parameter without law", "automation without law"]
    found = said(check(damaged(*(ERRORS[name] for name in chosen))))
    assert [name for name in chosen if ERRORS[name][3] not in found] == []


@pytest.mark.parametrize("file", ["service.toml", "form.yaml", "process.bpmn", "rules.dmn", "letters/bescheid.yaml"])
@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[[[", b"<a", b"null", b"- 1", b"{", b"a = 1"])
def test_nonsense_in_a_file_is_a_finding_and_no_crash(file: str, content: bytes) -> None:
    assert errors_in(check({**good(), file: content}))


@pytest.mark.parametrize("file", ["service.toml", "form.yaml", "process.bpmn", "rules.dmn", "letters/bescheid.yaml"])
def test_a_missing_file_is_named(file: str) -> None:
    found = errors_in(check({name: content for name, content in good().items() if name != file}))
    assert any(file in str(one) and "fehlt" in one.sentence for one in found), said(found)


def test_files_that_do_not_belong_there_are_named() -> None:
    found = said(check({**good(), "run.sh": b"", "letters/../x.yaml": b""}))
    assert "run.sh: Diese Datei gehört nicht in ein Leistungspaket." in found
    assert "letters/../x.yaml" in found


def test_no_cases_are_an_error_and_few_a_warning() -> None:
    none = {name: content for name, content in good().items() if name != T}
    assert "Es gibt keine goldenen Fälle." in said(errors_in(check(none)))
    few = good()[T].decode().split("\n[[case]]")
    found = check({**good(), T: "\n[[case]]".join(few[:4]).encode()})
    assert "nur 3 goldene Fälle" in said(found)
    assert not errors_in(found)
