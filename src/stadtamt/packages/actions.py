"""Deeds of the room: a package is installed in the current municipality."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from stadtamt.catalogue.actions import establish_unit, publish_service
from stadtamt.decisions.actions import publish_rules
from stadtamt.forms.actions import publish_form
from stadtamt.kernel import audit, clock, tenancy
from stadtamt.kernel.expressions import compile_text
from stadtamt.notices.actions import publish_letter
from stadtamt.packages.models import Installation
from stadtamt.packages.parameters import edition_of, fill_in
from stadtamt.packages.reader import Package
from stadtamt.processes.actions import publish_process


def install(*, package: Package, settings: Mapping[str, Any]) -> Installation:
    """Put a package with the town's settings into the stations: all of it, or nothing.

    Installing the same content again changes nothing; other settings make a new edition, and running cases keep theirs.
    """
    parameters = fill_in(package.parameters, settings)
    edition = edition_of(package.version, parameters, _sources(package))
    key = package.id
    publish_form(key=key, edition=edition, source=package.form, parameters=parameters, person_fields=package.person)
    publish_process(key=key, edition=edition, diagram=package.process)
    publish_rules(key=key, edition=edition, source=package.rules, parameters=parameters, automation=package.automation)
    for order, letter in enumerate(package.letters):
        publish_letter(
            key=key,
            edition=edition,
            letter=letter.id,
            order=order,
            when=letter.when,
            words=letter.words,
            arrangement=letter.arrangement,
        )
    unit = establish_unit(key="unit-" + key, name=parameters.get("unit") or tenancy.current().office_name)
    publish_service(key=key, edition=edition, unit=unit, content=_catalogue_text(package, parameters))
    installation, _ = Installation.objects.update_or_create(
        key=key,
        defaults={
            "version": package.version,
            "edition": edition,
            "parameters": parameters,
            "installed_at": clock.now(),
        },
    )
    audit.record("package.installed", subject=installation, key=key, version=package.version, edition=edition)
    return installation


def _sources(package: Package) -> tuple[str, ...]:
    """Everything that a case keeps to its end. The catalogue entry is not among it: it speaks to the next applicant."""
    letters = [[letter.id, letter.when, letter.words, letter.arrangement] for letter in package.letters]
    manifest = json.dumps([package.automation, package.person, letters], sort_keys=True, ensure_ascii=False)
    return package.form, package.process, package.rules, manifest


def _catalogue_text(package: Package, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The catalogue entry with the town's figures written into its sentences."""
    scope = {"parameters": parameters}

    def words(text: Any) -> str:
        return compile_text(str(text)).render(scope)

    service = package.service
    return {
        "title": words(service["title"]),
        "summary": words(service["summary"]),
        "synonyms": [str(entry) for entry in service.get("synonyms", [])],
        "life_events": [str(entry) for entry in service.get("life_events", [])],
        "processing_days": package.processing_days,
        "facts": {
            "costs": [words(entry) for entry in package.costs],
            "duration": words(service.get("duration", "")),
            "needed": [words(entry) for entry in service.get("needed", [])],
            "who": words(service.get("who_may", "")),
            "channels": [str(entry) for entry in service.get("channels", [])],
            "legal_bases": [words(entry) for entry in service.get("legal_bases", [])],
        },
    }
