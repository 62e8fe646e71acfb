"""The schemas of a service package's files, for editors. The same everywhere; nothing of a town is in them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from stadtamt.packages.format.schemas import etag_of, schema_text
from stadtamt.web.access import public


@public
@require_safe
@cache_control(public=True, max_age=86400)
@condition(etag_func=lambda request, schema: etag_of(schema))
def schema(request: HttpRequest, schema: str) -> HttpResponse:
    """JSON Schema 2020-12 of one kind of file."""
    return HttpResponse(schema_text(schema), content_type="application/schema+json")
