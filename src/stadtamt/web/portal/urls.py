"""Addresses for citizens, in German, as they are read out over the telephone."""

from __future__ import annotations

from django.urls import path

from stadtamt.packages.format.schemas import SCHEMAS
from stadtamt.web.portal import application, entrance, schemas, status, tasks

app_name = "portal"

urlpatterns = [
    path("", entrance.start, name="start"),
    path("leistung/<slug:key>/", entrance.service, name="service"),
    path("leistung/<slug:key>/beginnen/", entrance.begin, name="begin"),
    path("weiter/", entrance.resume, name="resume"),
    path("siegel/", entrance.verify, name="verify"),
    path("impressum/", entrance.page, {"name": "impressum"}, name="imprint"),
    path("datenschutz/", entrance.page, {"name": "datenschutz"}, name="privacy"),
    path("barrierefreiheit/", entrance.page, {"name": "barrierefreiheit"}, name="accessibility"),
    path("antrag/<str:token>/", application.draft, name="draft"),
    path("antrag/<str:token>/pruefen/", application.check, name="check"),
    path("antrag/<str:token>/uebersicht/", tasks.tasks, name="tasks"),
    path("antrag/<str:token>/<slug:key>/", application.question, name="question"),
    path("vorgang/<str:token>/", status.status, name="status"),
    path("vorgang/<str:token>/antwort/", status.answer, name="answer"),
    path("vorgang/<str:token>/bescheid/", status.notice, name="notice"),
    path("vorgang/<str:token>/bescheid.pdf", status.notice_pdf, name="notice-pdf"),
    path("vorgang/<str:token>/datei/<uuid:id>/", status.document, name="document"),
    *(
        path(f"schemas/leistungspaket/{name}.json", schemas.schema, {"schema": name}, name=f"schema-{name}")
        for name in SCHEMAS
    ),
]
