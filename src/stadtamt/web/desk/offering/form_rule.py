"""An unclear rule settled by hand: what is meant, shown in words before it counts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from stadtamt.forms.schema import Schema
from stadtamt.kernel.errors import NotFound
from stadtamt.kernel.rights import actor_for
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.layer import Override
from stadtamt.packages.officer import settling
from stadtamt.packages.officer.deviating import Deviating, deviate, schema_of
from stadtamt.packages.officer.settling import Incomplete, Meant, Part, Rule
from stadtamt.packages.officer.weighing import Weighed, weigh
from stadtamt.web.access import StaffRequest, officer_only
from stadtamt.web.desk.offering.form_frame import forget_kept, framed, in_force, keep_to_look, sent_texts

Sent = dict[str, str]
_NO_VALUE = frozenset({"given", "empty"})


@officer_only
@require_http_methods(["GET", "POST"])
def form_rule(request: StaffRequest, key: str) -> HttpResponse:
    """A rule with what may follow from it. Sent to be looked at, to be taken, or to get the values of an answer."""
    now = in_force(key)
    schema = schema_of(now.present)
    rule = settling.rule_of(schema, request.GET.get("regel", ""), request.GET.get("an", ""))
    if rule is None or rule.status != "unclear":
        raise NotFound("Diese Regel ist in diesem Formular nicht unklar.")
    if request.method == "GET":
        return _page(request, now, rule, {})
    sent = sent_texts(request)
    if "values" in sent:
        return _page(request, now, rule, sent)
    try:
        return _deed(request, now, rule, sent)
    except Incomplete as problem:
        return _page(request, now, rule, sent, errors=[{"field_id": problem.field, "message": problem.sentence}])
    except PackageProblem as problem:
        return _page(request, now, rule, sent, errors=[{"field_id": "decision", "message": problem.sentence}])


def _deed(request: StaffRequest, now: Deviating, rule: Rule, sent: Sent) -> HttpResponse:
    """Looked at, seen in the preview, or taken: but only what was shown in words before."""
    override = _decided(schema_of(now.present), rule, sent)
    weighed = weigh(now, [override])
    if "see" in sent:
        keep_to_look(request, now.author.id, [override])
        return redirect("desk:form-look", now.author.id)
    if "take" in sent and sent.get("seen") == settling.fingerprint(override):
        deviate(installation=now.installation, override=override, actor=actor_for(request.user))
        forget_kept(request)
        messages.success(request, f"Die Regel {rule.id} ist geklärt und gilt ab jetzt für neue Anträge.")
        return redirect("desk:form", now.author.id)
    return _page(request, now, rule, sent, trial=(override, weighed))


def _decided(schema: Schema, rule: Rule, sent: Sent) -> Override:
    decision = sent.get("decision", "")
    if decision == "none":
        return settling.nothing_follows(rule, sent.get("reason", ""))
    if decision != "machine":
        raise Incomplete("decision", "Bitte wählen Sie, ob etwas aus der Regel folgt.")
    numbers = range(1, settling.MOST_PARTS + 1)
    parts = (Part(*(sent.get(f"{name}-{n}", "") for name in ("path", "comparison", "value"))) for n in numbers)
    meant = Meant(
        effect=sent.get("effect", ""),
        target=sent.get("target", ""),
        parts=tuple(parts),
        joined=sent.get("joined", "and"),
        otherwise=sent.get("otherwise") == "yes",
    )
    return settling.as_meant(schema, rule, meant)


def _page(
    request: StaffRequest,
    now: Deviating,
    rule: Rule,
    sent: Sent,
    *,
    errors: list[dict[str, str]] | None = None,
    trial: tuple[Override, Weighed] | None = None,
) -> HttpResponse:
    schema = schema_of(now.present)
    context = framed(
        request,
        now,
        f"Regel {rule.id} klären",
        rule=rule,
        sent=sent,
        effects=settling.EFFECTS.items(),
        targets=settling.targets(schema),
        looked_at=settling.looked_at(schema),
        rows=[_row(schema, sent, number) for number in range(1, settling.MOST_PARTS + 1)],
        errors=errors or [],
        error={one["field_id"]: one["message"] for one in errors or []},
        again_url=f"{reverse('desk:form-rule', args=[now.author.id])}?{request.GET.urlencode()}",
    )
    if trial is not None:
        override, weighed = trial
        context |= {
            "trial": {
                "sentences": settling.sentences(schema, override),
                "measure": weighed.words,
                "failures": weighed.failures[:5],
                "seen": settling.fingerprint(override),
            }
        }
    return render(request, "desk/offering/form_rule.html", context, status=422 if errors else 200)


def _row(schema: Schema, sent: Sent, number: int) -> dict[str, Any]:
    """One comparison: what was chosen, and the values to choose from."""
    path, comparison = sent.get(f"path-{number}", ""), sent.get(f"comparison-{number}", "")
    return {
        "number": number,
        "path": path,
        "comparison": comparison,
        "value": sent.get(f"value-{number}", ""),
        "comparisons": settling.COMPARISONS.items(),
        "values": settling.values_of(schema, path) if path else None,
        "has_value": bool(path) and comparison not in _NO_VALUE and path not in schema.group_at,
    }
