"""Every text has an address, by which others may say it differently."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stadtamt.forms.schema import read_form
from stadtamt.notices.composing import read_letter
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.addresses import form_data, in_language, texts_of, with_texts
from support.small_package import small_package


def test_every_text_of_service_form_and_letters_has_its_address_in_order() -> None:
    texts = texts_of(small_package())
    assert list(texts)[:5] == [f"service.{key}" for key in ("title", "summary", "duration", "needed.1", "synonyms.1")]
    assert texts["service.costs.1"] == "Ein Tag kostet {money(parameters.fee)}."
    assert texts["form.person.short"] == "Sie"
    assert texts["form.stand.strom.choices.nein.hint"] == "Auch mit eigenem Aggregat."
    assert texts["form.stand.lang.message"] == "Höchstens {parameters.days} Tage."
    assert texts["letter.bescheid.hinweise.items.2"] == "Der Strom kommt vom Verteiler."
    assert list(texts)[-1].startswith("letter.bescheid.")


def test_a_package_with_its_own_texts_is_the_same_package() -> None:
    package = small_package()
    assert with_texts(package, texts_of(package)) == package


def test_other_words_stand_at_every_address_and_the_files_still_read() -> None:
    package = small_package()
    words = {address: f"{text}: Straße „Łódź“, {{1}} – #ja\n'x'" for address, text in texts_of(package).items()}
    changed = with_texts(package, words)
    assert texts_of(changed) == words
    assert read_form(changed.form).fields.keys() == read_form(package.form).fields.keys()
    assert len(read_letter(changed.letters[0].words).blocks) == 4


def test_only_the_text_changes() -> None:
    package = small_package()
    changed = with_texts(package, {"form.person.title": "Zu Ihnen"})
    expected = form_data(package.form)
    expected["groups"][0]["title"] = "Zu Ihnen"
    assert form_data(changed.form) == expected
    assert replace(changed, form=package.form) == package


def test_an_address_that_does_not_exist_is_refused_by_name() -> None:
    with pytest.raises(PackageProblem, match=r"letter\.bescheid\.nirgends\.text") as refused:
        with_texts(small_package(), {"letter.bescheid.nirgends.text": "x"})
    assert refused.value.file == "letters/bescheid.yaml"


def test_a_package_in_english_stays_german_where_nothing_is_translated_and_in_its_letters() -> None:
    package = small_package(
        english='"service.title" = "Stall"\n"letter.bescheid.subject" = "x"\n"form.gone.title" = "y"'
    )
    english = in_language(package, "en")
    assert english.service["title"] == "Stall"
    assert english.form == package.form
    assert english.letters == package.letters
    assert in_language(package, "de") == package
