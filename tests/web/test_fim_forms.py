"""Every released data schema in the real application: filled in over HTTP, sent, stored, and fit for other systems."""

from __future__ import annotations

import jsonschema_rs
import pytest

from forms.fim.test_real_schemas import NAMES
from stadtamt.forms.exchange import as_document, json_schema
from stadtamt.forms.models import Submission
from stadtamt.kernel.models import Municipality
from stadtamt.kernel.tenancy import within
from support.fim_town import Visitor, offer

pytestmark = [pytest.mark.real_data, pytest.mark.django_db]


@pytest.mark.parametrize("name", NAMES)
def test_a_person_completes_and_sends_the_form_and_wrong_answers_are_named(
    konstanz: Municipality, name: str, request: pytest.FixtureRequest
) -> None:
    with within(konstanz):
        offer(name)
    visitor = Visitor(konstanz, name, seed=NAMES.index(name), eager=0.2)
    visitor.complete()
    assert visitor.refused
    assert visitor.send().status_code == 302
    with within(konstanz):
        sent = Submission.objects.get()
        document = as_document(sent.form.schema, sent.answers)
        validator = jsonschema_rs.Draft202012Validator(json_schema(sent.form.schema), validate_formats=True)
    assert not [f"{fault.instance_path}: {fault.message}" for fault in validator.iter_errors(document)]


def test_the_parts_of_a_partly_known_date_stand_in_a_row(konstanz: Municipality) -> None:
    with within(konstanz):
        offer("S05000001299")
    visitor = Visitor(konstanz, "S05000001299", seed=1, eager=0)
    visitor.begin()
    assert visitor.client.get(f"{visitor.draft_url}G05000011684_G60000000083-F60000000231/").context["in_row"]
    assert not visitor.client.get(f"{visitor.draft_url}G05000011684-F60000000332/").context["in_row"]
