"""Editors fetch the schemas of a package's files without signing in, and keep them for a day."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from stadtamt.packages.format.schemas import SCHEMAS, schema_text
from support.routes import routes


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_served_as_it_is(name: str, konstanz: object) -> None:
    client = Client(headers={"host": "konstanz.localhost"})
    answer = client.get(f"/schemas/leistungspaket/{name}.json")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/schema+json"
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert json.loads(answer.content) == json.loads(schema_text(name))
    again = client.get(f"/schemas/leistungspaket/{name}.json", headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


def test_a_schema_nobody_wrote_is_not_found(konstanz: object) -> None:
    client = Client(headers={"host": "konstanz.localhost"})
    assert client.get("/schemas/leistungspaket/other.json").status_code == 404
    assert len([name for name, _, _ in routes() if name.startswith("portal:schema-")]) == len(SCHEMAS)
