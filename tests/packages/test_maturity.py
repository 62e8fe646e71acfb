"""Maturity is computed by ten criteria, and the weakest decides."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings

from stadtamt.packages.format.files import files_of_folder
from stadtamt.packages.format.package import Entry, Package
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.maturity import ACCOUNT, PAY_ONLINE, TOP, Maturity, maturity_of


def dog() -> Package:
    return read_package(files_of_folder(settings.SERVICES / "hundesteuer-anmelden"))


def with_service(**changed: Any) -> Package:
    package = dog()
    return replace(package, service={**package.service, **changed})


def level(found: Maturity, key: str) -> int:
    return next(criterion.level for criterion in found.criteria if criterion.id == key)


def test_the_dog_tax_is_an_online_service() -> None:
    found = maturity_of(dog())
    assert (found.level, str(found)) == (3, "Stufe 3 von 4: Online-Leistung")
    assert len(found.criteria) == 10


def test_the_weakest_criterion_decides_and_says_what_is_missing() -> None:
    found = maturity_of(with_service(channels=["counter"]))
    assert found.level == 1
    assert found.missing == ("Nehmen Sie „online“ in „channels“ auf.",)


def test_what_an_author_declares_is_not_believed() -> None:
    assert maturity_of(with_service(maturity=4)) == maturity_of(dog())


@pytest.mark.parametrize(
    ("changed", "key", "expected"),
    [
        ({"needed": []}, "information", 1),
        ({"trust_level": "high"}, "identity", 2),
        ({"trust_level": "none"}, "identity", TOP),
    ],
)
def test_a_criterion_is_read_off_the_manifest(changed: dict[str, Any], key: str, expected: int) -> None:
    assert level(maturity_of(with_service(**changed)), key) == expected


def test_what_the_installation_offers_counts() -> None:
    package = with_service(trust_level="high")
    offered = frozenset({ACCOUNT, PAY_ONLINE})
    assert level(maturity_of(package, offered=offered), "identity") == TOP
    assert level(maturity_of(package, offered=offered), "payment") == TOP


def test_free_text_for_any_matter_is_a_form_assistant() -> None:
    found = maturity_of(replace(dog(), entries=(Entry("baum", "Baum fällen", ""),)))
    assert [criterion.id for criterion in found.weakest] == ["application"]
    assert found.name == "Formular-Assistent"


def test_evidence_that_cannot_be_uploaded_is_missing() -> None:
    form = dog().form.replace("type: file", "type: text")
    package = replace(with_service(needed=["der Nachweis über die Ausbildung"]), form=form)
    assert level(maturity_of(package), "evidence") == 2


def test_where_there_is_discretion_people_decide_and_nothing_is_missing() -> None:
    package = replace(dog(), automation={"enabled": False, "discretion": True})
    assert level(maturity_of(package), "handling") == TOP
    assert level(maturity_of(replace(package, automation={"discretion": False})), "handling") == 3


def test_without_electronic_delivery_it_is_no_online_service() -> None:
    person = {key: value for key, value in dog().person.items() if key != "electronic"}
    assert maturity_of(replace(dog(), person=person)).level == 2
