"""A page of a form as citizens see it, for whoever shows one elsewhere: the desk asks here, not at the portal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.template.loader import render_to_string

from stadtamt.forms.schema import Question, Situation
from stadtamt.web.portal.fields import field_view, is_shown, reasons

register = template.Library()


@register.simple_tag(takes_context=True)
def citizen_page(
    context: Mapping[str, Any], situation: Situation, question: Question, always: bool, more: Mapping[str, Any]
) -> str:
    """The whole page. One that does not apply now (not `always`) is shown with all its fields."""
    group = next(one for one in situation.schema.groups if one.id == question.group)
    fields = situation.fields(question) if always else question.fields
    views = [field_view(situation, entry, typed=None, error="") for entry in fields if is_shown(entry)]
    page = {
        **more,
        "title": situation.words(question.title, question.place),
        "help": situation.words(question.help, question.place),
        "fields": views,
        **reasons(views, group.basis),
        "submit": "Weiter",
    }
    return render_to_string("desk/offering/form_seen.html", page, request=context["request"])
