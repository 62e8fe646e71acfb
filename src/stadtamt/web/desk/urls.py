"""Addresses for clerks."""

from __future__ import annotations

from django.urls import path

from stadtamt.web.desk import case, signing_in, work_list

app_name = "desk"

urlpatterns = [
    path("", work_list.work_list, name="work-list"),
    path("anmelden/", signing_in.sign_in, name="sign-in"),
    path("anmelden/code/", signing_in.code, name="code"),
    path("abmelden/", signing_in.sign_out, name="sign-out"),
    path("vorgang/<uuid:id>/", case.case, name="case"),
    path("vorgang/<uuid:id>/entscheiden/", case.decide, name="decide"),
    path("vorgang/<uuid:id>/rueckfrage/", case.ask, name="ask"),
    path("vorgang/<uuid:id>/stellungnahme/", case.consult, name="consult"),
    path("vorgang/<uuid:id>/vorbereiten/", case.prepare, name="prepare"),
    path("vorgang/<uuid:id>/zur-post/", case.posted, name="posted"),
    path("vorgang/<uuid:id>/bescheid.pdf", case.notice_pdf, name="notice-pdf"),
    path("vorgang/<uuid:id>/datei/<uuid:document>/", case.document, name="document"),
]
