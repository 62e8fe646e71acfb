"""A package made of a data schema runs as it is: it passes its check and cases, and can be installed."""

from __future__ import annotations

import pytest

from packages.nested import boat_files, schema
from stadtamt.forms.fim import import_schema
from stadtamt.forms.schema import read_form
from stadtamt.kernel.models import Municipality
from stadtamt.kernel.tenancy import within
from stadtamt.packages.actions import install
from stadtamt.packages.checking import check, errors_in
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.files import Files
from stadtamt.packages.format.layer import Layer
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.golden import run_for_author
from stadtamt.packages.preview import look_at
from stadtamt.packages.skeleton import skeleton_for_form
from stadtamt.packages.skeleton.applicant import applicant_in
from support.real import real_file

SCHEMAS = """
    S00000000362 S00000000364 S00000000367 S00000000371 S00000000373 S00000000374 S00000000379 S00000000380 S00000000387
    S00000000389 S00000000392 S00000000395 S02000000112 S05000001162 S05000001198 S05000001205 S05000001212 S05000001216
    S05000001299 S05000001323 S07000000201 S07000000210 S07000000227 S07000000248 S07000000264
""".split()


def form(groups: str) -> str:
    return f'form: x\nversion: "1"\ngroups:\n{groups}'


def group(path: str, fields: str, more: str = "") -> str:
    asked = ", ".join(f"{{id: {one}, label: {one}, type: text}}" for one in fields.split())
    page = f"{{id: s1, title: T, fields: [{asked}]}}"
    return f"  - {{id: {path.replace('.', '_')}, path: {path}, title: T{more}, questions: [{page}]}}\n"


NAME, ADDRESS = "F60000000227 F60000000228", "F60000000243 F60000000244 F60000000246 F60000000247"


def test_the_package_passes_its_own_check_and_cases() -> None:
    files = boat_files()
    assert not errors_in(check(files))
    assert [one.differences for one in run_for_author(read_package(files)) if not one.passed] == []
    assert look_at(files, Layer()).pages


def test_only_code_lists_that_the_schema_names_come_along() -> None:
    found = import_schema(schema()).document
    files = skeleton_for_form(
        "boot", document=found, xdf=schema(), code_lists={"Andere.xml": b"<x/>"}, schemas="http://x"
    )
    assert not [name for name in files if name.startswith("code-lists/")]
    assert files["form.toml"].startswith(b"#:schema http://x/adjustments.json\n")
    assert files["form.xdf.xml"] == schema()


def test_a_schema_whose_title_holds_signs_of_the_files_is_written_rightly() -> None:
    xdf = schema(title="&quot;Boot&quot; {x} \\ &amp; 'Kahn'")
    package = read_package(boat_files(xdf))
    assert package.service["title"] == "\"Boot\" {{x}} \\ & 'Kahn'"
    assert not errors_in(check(boat_files(xdf)))


def test_a_name_that_no_package_can_have_is_refused() -> None:
    with pytest.raises(PackageProblem, match="kein Name für ein Paket"):
        skeleton_for_form("../etc", document=import_schema(schema()).document, xdf=schema(), code_lists={})


def test_who_is_surely_named_is_asked_nothing_more() -> None:
    found = applicant_in(read_form(form(group("wer", f"{NAME} F60000000242") + group("wer.wo", ADDRESS))))
    assert found.person["street"] == ["wer.wo.F60000000243", "wer.wo.F60000000244"]
    assert (found.person["given_name"], found.person["mail"]) == ("wer.F60000000228", "wer.F60000000242")
    assert found.added == ()


def test_names_in_a_repeated_section_are_not_those_of_the_applicant() -> None:
    found = applicant_in(read_form(form(group("kinder", f"{NAME} {ADDRESS}", ", count: '0:*'") + group("wo", "x"))))
    assert [one.data["after"] for one in found.added] == ["wo-s1", "wo-s1"]
    assert found.person["given_name"] == "wo.person_vorname"
    assert "when" not in found.added[0].data["question"]


def test_where_a_name_is_only_perhaps_given_it_is_asked_of_those_who_did_not() -> None:
    found = applicant_in(read_form(form(group("wer", f"{NAME} {ADDRESS}", ", count: '0:1'") + group("ende", "x"))))
    (name,) = [one.data["question"] for one in found.added if one.id == "person-name"]
    assert name["when"] == "wer.F60000000228 = null or wer.F60000000227 = null"
    assert found.person["postcode"] == ["wer.F60000000246", "ende.person_plz"]


@pytest.mark.real_data
@pytest.mark.parametrize("name", SCHEMAS)
def test_every_real_schema_becomes_a_package_without_errors(name: str) -> None:
    files = real_package(name)
    assert errors_in(check(files)) == ()
    package = read_package(files)
    assert [one.differences for one in run_for_author(package) if not one.passed] == []
    assert {"given_name", "family_name", "street", "postcode", "place"} <= package.person.keys()


@pytest.mark.real_data
@pytest.mark.parametrize("name", SCHEMAS)
def test_every_real_schema_can_be_installed(name: str, konstanz: Municipality) -> None:
    with within(konstanz):
        assert install(files=real_package(name), layer=Layer()).version == "0.1.0"


def real_package(name: str) -> Files:
    xdf = real_file(f"fim/{name}.schema.xdf.xml").read_bytes()
    lists = {file.name: file.read_bytes() for file in real_file("codelists").glob("*.xml")}
    return skeleton_for_form("antrag", document=import_schema(xdf).document, xdf=xdf, code_lists=lists)
