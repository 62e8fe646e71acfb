"""Small invented documents, and the form that comes of each: its data, and what is said about what was left out."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from forms.xdatenfelder.invented import coded, message, structure
from stadtamt.forms.fim import FimRefused, form_source
from stadtamt.forms.schema import read_form

SHED, BELL = "G99000000001", "G99000000002"
PAINT, WHEEL, LAMP = "F99000000001", "F99000000002", "F99000000003"
COLOURS = (
    "<x:werte><x:wert><x:code>1</x:code><x:name>rot</x:name></x:wert>"
    "<x:wert><x:code>2</x:code><x:name> </x:name></x:wert></x:werte>"
)


def named(id_: str, name: str, more: str) -> str:
    identity = f"<x:identifikation><x:id>{id_}</x:id><x:version>1.0.0</x:version></x:identifikation>"
    return f"{identity}<x:name>{name}</x:name>{coded('freigabestatus', '3')}{more}"


def field(id_: str, more: str = "", *, label: str = "", kind: str = "input", data_type: str = "text") -> str:
    label = label or f"Feld {id_[-1]}"
    asked = f"<x:bezeichnungEingabe>{label}</x:bezeichnungEingabe>"
    types = coded("feldart", kind) + coded("datentyp", data_type)
    return f"<x:datenfeld>{named(id_, label, asked)}{types}{more}</x:datenfeld>"


def group(id_: str, *parts: str, more: str = "") -> str:
    asked = f"<x:bezeichnungEingabe>Gruppe {id_[-1]}</x:bezeichnungEingabe>{more}"
    return f"<x:datenfeldgruppe>{named(id_, 'Gruppe', asked)}{''.join(parts)}</x:datenfeldgruppe>"


def rule(text: str) -> str:
    return f"<x:regel>{named('R99000000001', 'Regel', '')}<x:freitextRegel>{text}</x:freitextRegel></x:regel>".replace(
        coded("freigabestatus", "3"), ""
    )


def compiled(*parts: str, more: str = "") -> tuple[dict[str, Any], str]:
    """The data of the form, which reads as a form, and all that is said about it."""
    content = named("S99000000001", "Schuppen", f"<x:bezeichnung>Schuppen</x:bezeichnung>{more}") + "".join(parts)
    xdf = message(f"<x:stammdatenschema>{content}</x:stammdatenschema>", name="stammdatenschema.0102")
    made = form_source(xdf, {}, key="schuppen")
    assert read_form(made.source)
    return json.loads(made.source), "\n".join(made.warnings)


def asked(content: str, times: str = "1:1") -> tuple[dict[str, Any], str]:
    """The one field in the one group."""
    data, said = compiled(structure(group(SHED, structure(content, times)), "1:1"))
    return data["groups"][0]["questions"][0]["fields"][0], said


def pages(data: dict[str, Any]) -> list[list[str]]:
    return [[entry["id"] for entry in page["fields"]] for one in data["groups"] for page in one["questions"]]


def test_many_fields_stand_on_pages_of_like_size() -> None:
    fields = [structure(field(f"F990000001{number:02d}"), "1:1") for number in range(20)]
    data, _ = compiled(structure(group(SHED, *fields), "1:1"))
    assert [len(page) for page in pages(data)] == [5, 5, 5, 5]


def test_a_shown_text_stands_on_the_page_of_what_follows_it() -> None:
    note = field(WHEEL, "<x:inhalt>Messen Sie {genau}.</x:inhalt>", kind="label")
    fields = [structure(field(f"F990000001{number:02d}"), "1:1") for number in range(10)]
    data, _ = compiled(structure(group(SHED, *fields[:5], structure(note), *fields[5:]), "1:1"))
    assert pages(data)[1][0] == WHEEL
    assert data["groups"][0]["questions"][1]["fields"][0]["content"] == "Messen Sie {genau}."


def test_of_a_group_of_art_x_one_part_is_given_and_none_is_needed_by_itself() -> None:
    inside = structure(field(PAINT), "1:1") + structure(group(BELL, structure(field(WHEEL), "1:1")), "1:1")
    data, _ = compiled(structure(group(SHED, inside, more=coded("art", "X")), "1:1"))
    assert [(one.get("exclusive"), one["count"]) for one in data["groups"]] == [(True, "1:1"), (None, "0:1")]
    assert data["groups"][0]["questions"][0]["fields"][0]["count"] == "0:1"
    assert data["rules"][0]["effects"][0]["effect"] == "valid"


def test_what_is_locked_and_empty_is_left_out_and_said() -> None:
    data, said = compiled(structure(field(PAINT, kind="locked"), "1:1"), structure(field(WHEEL), "1:1"))
    assert pages(data) == [[WHEEL]]
    assert f"Das Feld {PAINT} „Feld 1“ ist gesperrt und leer; es entfällt." in said


@pytest.mark.parametrize(
    ("written", "kept", "sentence"),
    [
        ("[0-9]{5}", "[0-9]{5}", ""),
        ("/[0-9]{5}/", "[0-9]{5}", ""),
        ("(a+)+", None, "es könnte endlos rechnen"),
        ("(?=.*[A-Z]).{3,}", None, "es könnte endlos rechnen"),
        (r"\p{L}+", None, "verstehen wir nicht"),
        ("[[:alpha:]]+", None, "verstehen wir nicht"),
    ],
)
def test_a_pattern_is_kept_where_it_is_understood_and_soon_checked(written: str, kept: str, sentence: str) -> None:
    entry, said = asked(field(PAINT, f'<x:praezisierung pattern="{written}"/>'))
    assert entry.get("pattern") == kept
    assert sentence in said
    assert ("Muster" in said) == (kept is None)


def test_a_choice_without_its_code_list_is_typed_and_said() -> None:
    there = "<x:canonicalIdentification>urn:erfunden:farbe</x:canonicalIdentification>"
    entry, said = asked(field(PAINT, f"<x:codelisteReferenz>{there}</x:codelisteReferenz>", kind="select"))
    assert entry["type"] == "text"
    assert f"Das Auswahlfeld {PAINT} „Feld 1“ wird als Text gefragt: die Codeliste urn:erfunden:farbe fehlt." in said


def test_values_are_choices_and_one_without_a_name_is_called_by_its_code() -> None:
    entry, _ = asked(field(PAINT, COLOURS, kind="select"))
    assert entry["choices"] == [{"value": "1", "label": "rot"}, {"value": "2", "label": "2"}]


def test_braces_of_labels_and_helps_are_words() -> None:
    entry, _ = asked(field(PAINT, "<x:hilfetextEingabe>{ hier }</x:hilfetextEingabe>", label="Farbe {RAL}"))
    assert (entry["label"], entry["hint"]) == ("Farbe {{RAL}}", "{{ hier }}")


def test_what_has_no_name_is_called_by_its_id() -> None:
    entry, _ = asked(field(PAINT, label=" "))
    assert entry["label"] == PAINT


def test_a_group_goes_on_behind_the_group_inside_it() -> None:
    inside = structure(group(BELL, structure(field(WHEEL), "1:1")), "1:1")
    parts = structure(field(PAINT), "1:1") + inside + structure(field(LAMP), "1:1")
    data, _ = compiled(structure(group(SHED, parts), "1:*"))
    assert [(one["path"], one.get("count")) for one in data["groups"]] == [
        (SHED, "1:*"),
        (f"{SHED}.{BELL}", "1:1"),
        (SHED, None),
    ]


def test_fields_of_the_schema_itself_are_a_section_in_their_place() -> None:
    inner = structure(group(SHED, structure(field(WHEEL), "1:1")), "1:1")
    data, _ = compiled(structure(field(PAINT), "1:1"), inner, structure(field(LAMP), "1:1"))
    assert [(one["path"], one["title"]) for one in data["groups"]] == [
        ("", "Angaben zum Antrag"),
        (SHED, "Gruppe 1"),
        ("", "Angaben zum Antrag"),
    ]


def test_a_field_that_a_rule_fills_in_is_not_asked() -> None:
    told = rule(f"Das Feld {PAINT} ist mit 1 &quot;rot&quot; vorzubefüllen und auszublenden.")
    content = structure(field(PAINT, COLOURS, kind="select"), "1:1") + structure(field(WHEEL), "1:1")
    data, _ = compiled(content, more=told)
    form = read_form(json.dumps(data))
    assert [(entry.content, entry.asked) for entry in form.groups[0].questions[0].fields] == [("1", False), ("", True)]
    assert data["groups"][0]["questions"][0]["title"] == "Feld 2"


def test_links_of_a_legal_basis_lead_into_the_web_or_nowhere() -> None:
    bases = (
        '<x:bezug link="javascript:alert(1)">§ 1</x:bezug><x:bezug link="https://gesetze.test/2">§ 2</x:bezug>'
        '<x:bezug link="file:///etc">§ 2</x:bezug>'
    )
    data, _ = compiled(structure(field(PAINT), "1:1", more=bases))
    entry = data["groups"][0]["questions"][0]["fields"][0]
    assert entry["basis"] == [{"text": "§ 1"}, {"text": "§ 2", "link": "https://gesetze.test/2"}]


def test_what_may_be_left_out_says_so_once() -> None:
    labels = [asked(field(PAINT, label=label), "0:1")[0]["label"] for label in ("Farbe", "Farbe (freiwillig)")]
    assert labels == ["Farbe (freiwillig)"] * 2
    assert asked(field(PAINT, label="Farbe"), "2:5")[0]["label"] == "Farbe"


@pytest.mark.parametrize(("times", "count"), [("2:5", "2:5"), ("0:*", "0:*"), ("1:999999", "1:*")])
def test_how_often_is_taken_over(times: str, count: str) -> None:
    assert asked(field(PAINT), times)[0]["count"] == count


def test_kinds_of_files_that_are_not_inspected_are_left_out_and_said() -> None:
    kinds = "<x:mediaType>application/pdf</x:mediaType><x:mediaType>text/csv</x:mediaType>"
    entry, said = asked(field(PAINT, f"<x:maxSize>500000</x:maxSize>{kinds}", data_type="file"))
    assert (entry["type"], entry["accept"], entry["max_bytes"]) == ("file", ["pdf"], 500_000)
    assert "Dateien der Art text/csv nehmen wir nicht an." in said


@pytest.mark.parametrize(
    ("data_type", "limits", "kept", "said"),
    [
        ("num", 'minValue="0.5" maxValue="99.75"', {"min": 0.5, "max": 99.75}, ""),
        ("num_int", 'minValue="0.5" maxValue="9.5"', {"min": 1, "max": 9}, ""),
        ("num_int", 'minValue="9" maxValue="1"', {}, "Zwischen den Grenzen liegt keine Zahl"),
        ("text", 'minLength="600"', {"min_length": 600, "max_length": 1_200}, ""),
        ("text", 'minLength="20" maxLength="10"', {"max_length": 10}, "größer als die Höchstlänge"),
    ],
)
def test_limits_can_be_kept(data_type: str, limits: str, kept: dict[str, Any], said: str) -> None:
    entry, noticed = asked(field(PAINT, f"<x:praezisierung {limits}/>", data_type=data_type))
    assert {key: value for key, value in entry.items() if re.match("min|max", key)} == kept
    assert said in noticed


def test_what_stands_twice_in_a_group_or_not_at_all_is_asked_once_or_not() -> None:
    parts = structure(field(PAINT), "1:1") + structure(field(PAINT), "0:1") + structure(field(WHEEL), "0:0")
    data, said = compiled(structure(group(SHED, parts), "1:1"))
    assert pages(data) == [[PAINT]]
    assert f"Das Feld {PAINT} „Feld 1“ steht in „Gruppe 1“ mehrmals; gefragt wird einmal." in said
    assert f"Das Feld {WHEEL} „Feld 2“ kommt in „Gruppe 1“ null Mal vor und entfällt." in said


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (structure(group(SHED), "1:1"), "hat kein Feld, nach dem gefragt werden könnte"),
        (structure(field("Rad-1"), "1:1"), "Die Kennung „Rad-1“ hat andere Zeichen"),
    ],
)
def test_what_makes_no_form_is_refused_in_a_sentence(content: str, sentence: str) -> None:
    with pytest.raises(FimRefused, match=sentence):
        compiled(content)
