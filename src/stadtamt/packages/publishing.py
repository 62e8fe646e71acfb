"""Hands the parts of a prepared package to the stations above."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from stadtamt.catalogue.actions import establish_unit, publish_service, withdraw_service
from stadtamt.catalogue.models import Service, Unit
from stadtamt.decisions.actions import RuleSettings, publish_rules
from stadtamt.forms.actions import publish_form
from stadtamt.kernel import tenancy
from stadtamt.kernel.expressions import ExpressionBudgetError, ExpressionError, compile_text
from stadtamt.notices.actions import LetterSetting, publish_letter
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.entries import entries_of
from stadtamt.packages.format.package import Package
from stadtamt.packages.preparing import Prepared, office_name
from stadtamt.processes.actions import publish_process

MOST_KEY = 60


def publish(prepared: Prepared) -> None:
    """Form, process, rules and letters under the edition; then the catalogue. Nothing that exists is changed."""
    package, parameters, edition = prepared.package, prepared.parameters, prepared.edition
    key = package.id
    publish_form(key=key, edition=edition, source=package.form, parameters=parameters, person_fields=package.person)
    publish_process(key=key, edition=edition, diagram=package.process)
    settings = RuleSettings(
        parameters=parameters,
        automation=package.automation,
        wording=package.outcome,
        remedy=package.remedy,
        law=str(package.deadlines.get("law", "tax")),
    )
    publish_rules(key=key, edition=edition, source=package.rules, settings=settings)
    for order, letter in enumerate(package.letters):
        setting = LetterSetting(order, letter.when, letter.arrangement, package.letterhead)
        publish_letter(key=key, edition=edition, letter=letter.id, words=letter.words, setting=setting)
    unit = _unit(package, parameters)
    if package.entries:
        _publish_entries(prepared, unit)
    else:
        publish_service(key=key, package=key, edition=edition, unit=unit, content=catalogue_text(package, parameters))


def catalogue_text(package: Package, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The catalogue entry with the town's figures written into its sentences. Raises PackageProblem."""
    scope = {"parameters": parameters}

    def words(text: Any) -> str:
        try:
            return compile_text(str(text)).render(scope)
        except (ExpressionError, ExpressionBudgetError) as problem:
            raise PackageProblem("service.toml", f"„{str(text)[:60]}“: {problem}") from problem

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


def _publish_entries(prepared: Prepared, unit: Unit) -> None:
    """Every entry that no package of its own serves. What a town no longer offers is taken out of the catalogue."""
    package = prepared.package
    base = catalogue_text(package, prepared.parameters)
    others = set(Service.objects.exclude(package=package.id).filter(withdrawn=False).values_list("key", flat=True))
    offered = [entry for entry in entries_of(package, prepared.parameters) if entry.key not in others]
    for entry in offered:
        content = base | {
            "title": entry.title,
            "summary": entry.summary,
            "synonyms": list(entry.synonyms),
            "life_events": list(entry.life_events),
        }
        own = establish_unit(key=_unit_key(entry.key), name=entry.unit) if entry.unit else unit
        publish_service(key=entry.key, package=package.id, edition=prepared.edition, unit=own, content=content)
    gone = Service.objects.filter(package=package.id, withdrawn=False).exclude(key__in=[one.key for one in offered])
    for service in gone:
        withdraw_service(service=service)


def _unit_key(key: str) -> str:
    whole = f"unit-{key}"
    return (
        whole if len(whole) <= MOST_KEY else f"{whole[: MOST_KEY - 9]}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"
    )


def _unit(package: Package, parameters: Mapping[str, Any]) -> Unit:
    return establish_unit(
        key=_unit_key(package.id),
        name=office_name(package, parameters) or tenancy.current().office_name,
        phone=package.unit.get("phone", ""),
        mail=package.unit.get("mail", ""),
    )
