"""The life of a draft: begun, answered, sent once, or forgotten."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from forms import files
from stadtamt.forms import actions, queries
from stadtamt.forms.errors import (
    AlreadySent,
    ChangedMeanwhile,
    Incomplete,
    NoSuchDraft,
    NoSuchQuestion,
    TooManyUploads,
    TooMuchUploaded,
    UploadRefused,
)
from stadtamt.forms.models import Draft, Submission, Upload
from stadtamt.kernel import clock
from stadtamt.kernel.models import AuditEntry, Municipality
from stadtamt.kernel.tenancy import within
from support.cases import UNCLEAR, begin, fill, filled, given
from support.citizen import CLEAR

ALL = ("pdf", "jpeg", "png")


def upload(draft: Draft, field: str = "befreiung.nachweis", content: bytes | None = None) -> Upload:
    return actions.store_upload(
        draft=draft, field=field, name="a.pdf", content=content or files.pdf(), accept=ALL, max_bytes=8_000_000
    )


def test_only_a_digest_of_the_link_is_stored(konstanz: Municipality) -> None:
    with within(konstanz):
        draft, token = begin()
        stored = json.dumps(list(Draft.objects.filter(pk=draft.pk).values()), default=str)
        assert token not in stored
        assert token.replace("-", "") not in stored
        assert queries.draft_by_token(token.lower()) == draft


def test_an_unknown_link_finds_nothing(konstanz: Municipality) -> None:
    with within(konstanz):
        begin()
        for token in ("", "0000", "%", "' OR 1=1", "4F7K-2M9X-0A1B-7YQ3-KD5E"):
            with pytest.raises(NoSuchDraft):
                queries.draft_by_token(token)


def test_the_link_of_another_town_finds_nothing(konstanz: Municipality, hattenhofen: Municipality) -> None:
    with within(konstanz):
        _, token = begin()
    with within(hattenhofen), pytest.raises(NoSuchDraft):
        queries.draft_by_token(token)


@pytest.mark.parametrize(("days", "alive"), [(0, True), (1, True), (2, False)])
def test_a_draft_without_an_answer_lives_one_day(konstanz: Municipality, days: int, alive: bool) -> None:
    with within(konstanz):
        _, token = begin()
        with clock.stopped_at(clock.now() + timedelta(days=days)):
            if alive:
                assert queries.draft_by_token(token)
                return
            with pytest.raises(NoSuchDraft):
                queries.draft_by_token(token)


def test_every_answer_gives_a_draft_thirty_more_days(konstanz: Municipality) -> None:
    with within(konstanz):
        draft, token = begin()
        question = queries.question_by_key(draft, "halter-person")
        with clock.stopped_at(clock.now() + timedelta(days=20)):
            actions.answer(draft=draft, question=question, given=given({}), confirm=frozenset())
        with clock.stopped_at(clock.now() + timedelta(days=49)):
            assert queries.draft_by_token(token) == draft


def test_a_sent_draft_stays_the_way_to_its_case(konstanz: Municipality) -> None:
    with within(konstanz):
        draft, token = filled()
        actions.submit(draft=draft, revision=draft.revision)
        with clock.stopped_at(clock.now() + timedelta(days=4000)):
            assert queries.draft_by_token(token) == draft


def test_every_answer_counts_the_revision_up(konstanz: Municipality) -> None:
    with within(konstanz):
        draft, token = begin()
        fill(draft, {**CLEAR})
        assert draft.revision == len(CLEAR)
        assert queries.draft_by_token(token).revision == draft.revision


def test_what_is_sent_is_frozen_with_its_digest(konstanz: Municipality) -> None:
    with within(konstanz):
        draft, _ = filled()
        submission = actions.submit(draft=draft, revision=draft.revision)
        assert submission.answers["halter"]["nachname"] == "Müller"
        assert submission.answers["hund"]["geboren"] == "2024-02-01"
        assert len(submission.sha256) == 64
    with within(konstanz):
        entry = AuditEntry.objects.get(action="submission.received")
        assert entry.data == {"sha256": submission.sha256}
        assert entry.actor_kind == "citizen"


def test_nothing_can_be_done_to_a_draft_that_was_sent(konstanz: Municipality) -> None:
    with within(konstanz):
        draft, _ = filled()
        actions.submit(draft=draft, revision=draft.revision)
        question = next(draft.form.schema.questions())
        with pytest.raises(AlreadySent):
            actions.answer(draft=draft, question=question, given=given({}), confirm=frozenset())
        with pytest.raises(AlreadySent):
            upload(draft)
        with pytest.raises(AlreadySent):
            actions.remove_upload(draft=draft, upload_id="00000000-0000-0000-0000-000000000000")
        with pytest.raises(AlreadySent):
            actions.submit(draft=draft, revision=draft.revision)
        assert Submission.objects.count() == 1


def test_what_changed_since_the_check_is_not_sent(konstanz: Municipality) -> None:
    with within(konstanz):
        draft, _ = filled()
        for revision in (draft.revision - 1, draft.revision + 1, -1):
            with pytest.raises(ChangedMeanwhile):
                actions.submit(draft=draft, revision=revision)
        assert not Submission.objects.exists()


def test_an_incomplete_draft_is_not_sent(konstanz: Municipality) -> None:
    with within(konstanz):
        draft, _ = begin()
        with pytest.raises(Incomplete) as refused:
            actions.submit(draft=draft, revision=0)
        assert refused.value.status == 422


def test_answers_of_an_abandoned_branch_stay_behind(konstanz: Municipality) -> None:
    with within(konstanz):
        draft, _ = filled()
        draft.answers = {**draft.answers, "zwinger": {"anzahl": 7}, "fremd": {"a": 1}}
        draft.answers["kontakt"] = {"elektronisch": False, "email": "anna@beispiel.test"}
        submission = actions.submit(draft=draft, revision=draft.revision)
        assert submission.answers["kontakt"] == {"elektronisch": False}
        assert not {"zwinger", "fremd"} & set(submission.answers)


def test_a_question_that_does_not_apply_cannot_be_opened(konstanz: Municipality) -> None:
    with within(konstanz):
        draft, _ = filled()
        for key in ("zwinger-zucht", "weitere-anzahl", "gibt-esnicht", ""):
            with pytest.raises(NoSuchQuestion):
                queries.question_by_key(draft, key)
        assert queries.question_by_key(draft, "hund-rufname").id == "rufname"


def test_a_mistake_does_not_lose_what_was_typed_beside_it(konstanz: Municipality) -> None:
    with within(konstanz):
        draft, token = begin()
        question = queries.question_by_key(draft, "halter-person")
        texts = {"halter.vorname": "Anna", "halter.nachname": "Müller", "halter.geburtsdatum": "31.2.1985"}
        outcome = actions.answer(draft=draft, question=question, given=given(texts), confirm=frozenset())
        assert [path for path, _ in outcome.errors] == ["halter.geburtsdatum"]
        assert queries.draft_by_token(token).answers["halter"]["nachname"] == "Müller"


def test_a_confirmation_for_another_page_is_not_taken(konstanz: Municipality) -> None:
    with within(konstanz):
        draft, _ = begin()
        question = queries.question_by_key(draft, "halter-person")
        texts = {"halter.vorname": "Müller", "halter.nachname": "Anna", "halter.geburtsdatum": "3.4.1985"}
        confirm = frozenset({"halter.vertauscht", "hund.lange_her"})
        assert actions.answer(draft=draft, question=question, given=given(texts), confirm=confirm).accepted
        assert draft.confirmed == ["halter.vertauscht"]


def test_a_confirmation_is_asked_again_when_the_page_is_answered_anew(konstanz: Municipality) -> None:
    with within(konstanz):
        draft, _ = begin()
        question = queries.question_by_key(draft, "halter-person")
        texts = {"halter.vorname": "Müller", "halter.nachname": "Anna", "halter.geburtsdatum": "3.4.1985"}
        actions.answer(draft=draft, question=question, given=given(texts), confirm=frozenset({"halter.vertauscht"}))
        outcome = actions.answer(draft=draft, question=question, given=given(texts), confirm=frozenset())
        assert [ask.id for ask in outcome.asks] == ["halter.vertauscht"]


def test_an_upload_is_stored_with_its_digest_and_a_safe_name(konstanz: Municipality) -> None:
    with within(konstanz):
        draft, _ = begin()
        stored = actions.store_upload(
            draft=draft, field="x.y", name="../böse\x00.exe", content=files.png(), accept=ALL, max_bytes=8_000_000
        )
        stored.refresh_from_db()
        assert (stored.name, stored.media_type, stored.size) == ("böse.exe.png", "image/png", len(files.png()))
        assert bytes(stored.content) == files.png()


def test_the_fifty_first_file_is_refused(konstanz: Municipality) -> None:
    with within(konstanz):
        draft, _ = begin()
        for _ in range(50):
            upload(draft)
        with pytest.raises(TooManyUploads):
            upload(draft)
        assert draft.uploads.count() == 50


def test_files_have_a_bound_together(konstanz: Municipality, monkeypatch: pytest.MonkeyPatch) -> None:
    with within(konstanz):
        draft, _ = begin()
        monkeypatch.setattr(actions, "MAX_TOTAL_BYTES", upload(draft).size + 1)
        with pytest.raises(TooMuchUploaded):
            upload(draft)


def test_a_refused_file_is_not_stored(konstanz: Municipality) -> None:
    with within(konstanz):
        draft, _ = begin()
        with pytest.raises(UploadRefused):
            upload(draft, content=files.EXE)
        assert not Upload.objects.exists()


def test_a_file_is_removed_from_draft_and_answer(konstanz: Municipality) -> None:
    with within(konstanz):
        draft, _ = begin()
        one, two = upload(draft), upload(draft)
        entries = [{"id": str(each.pk), "name": each.name, "size": each.size} for each in (one, two)]
        draft.answers = {"befreiung": {"nachweis": entries}}
        actions.remove_upload(draft=draft, upload_id=str(one.pk))
        assert draft.answers["befreiung"]["nachweis"] == entries[1:]
        assert [each.pk for each in draft.uploads.all()] == [two.pk]


def test_a_file_of_somebody_else_is_not_removed(konstanz: Municipality) -> None:
    with within(konstanz):
        mine, _ = begin()
        other, _ = begin()
        file = upload(other)
        actions.remove_upload(draft=mine, upload_id=str(file.pk))
        assert Upload.objects.filter(pk=file.pk).exists()


def test_the_hint_for_a_person_is_part_of_what_is_sent(konstanz: Municipality) -> None:
    with within(konstanz):
        draft, _ = filled(UNCLEAR)
        submission = actions.submit(draft=draft, revision=draft.revision)
        words = [row.value for group in queries.answers_in_words(submission) for row in group.rows]
        assert "Bello ist taub." in words
        assert "1. Februar 2024" in words


def test_the_applicant_is_read_from_the_fields_the_package_names(konstanz: Municipality) -> None:
    with within(konstanz):
        draft, _ = filled()
        person = queries.applicant(actions.submit(draft=draft, revision=draft.revision))
        assert (person["given_name"], person["family_name"]) == ("Anna", "Müller")
        assert (person["street"], person["postcode"], person["place"]) == ("Hafenstraße 7a", "78462", "Konstanz")
        assert person["birth_date"].isoformat() == "1985-04-03"
        assert person["electronic"] is True


def test_a_form_knows_the_land_of_its_town(konstanz: Municipality) -> None:
    with within(konstanz):
        draft, _ = begin()
        assert queries.situation(draft).scope["town"]["land"] == "BW"
