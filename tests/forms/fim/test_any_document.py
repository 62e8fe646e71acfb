"""Whatever an author thought up: a form comes of it that can be read and walked, or a sentence says why not."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings

from forms.xdatenfelder.generated import documents
from stadtamt.forms.exchange import as_document, json_schema
from stadtamt.forms.fim import FimRefused, form_source
from stadtamt.forms.schema import Situation, as_seen, read_form, review
from stadtamt.forms.xdatenfelder import write_document
from stadtamt.forms.xdatenfelder.model import Document


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents)
def test_any_document_becomes_a_form_or_is_refused_in_a_sentence(document: Document) -> None:
    try:
        source = form_source(write_document(document), {}, key="probe").source
    except FimRefused:
        return  # any other error fails the test
    schema = read_form(source)
    nobody = as_seen(Situation(schema, {}, {}, date(2026, 11, 28), {"land": "BW"}))
    assert as_document(schema, review(nobody, confirmed=frozenset()).answers) is not None
    assert json_schema(schema)["type"] == "object"
