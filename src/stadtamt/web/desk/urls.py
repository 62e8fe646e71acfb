"""Addresses for clerks."""

from __future__ import annotations

from django.urls import path

from stadtamt.web.desk import case, signing_in, work_list
from stadtamt.web.desk.offering import (
    deviations,
    form,
    form_look,
    form_rule,
    form_spare,
    form_words,
    moving,
    overview,
    package,
    preview,
    settings,
    update,
)

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
    path("leistungen/", overview.offering, name="offering"),
    path("leistungen/uebernehmen/", overview.take, name="take"),
    path("leistungen/hochladen/", overview.upload, name="upload"),
    path("leistungen/<slug:key>/", package.package, name="package"),
    path("leistungen/<slug:key>/einstellungen/", settings.settings, name="settings"),
    path("leistungen/<slug:key>/vorschau/", preview.preview, name="preview"),
    path("leistungen/<slug:key>/abweichungen/", deviations.deviations, name="deviations"),
    path("leistungen/<slug:key>/formular/", form.form, name="form"),
    path("leistungen/<slug:key>/formular/regel/", form_rule.form_rule, name="form-rule"),
    path("leistungen/<slug:key>/formular/freiwilliges/", form_spare.form_spare, name="form-spare"),
    path("leistungen/<slug:key>/formular/worte/", form_words.form_words, name="form-words"),
    path("leistungen/<slug:key>/formular/ansicht/", form_look.form_look, name="form-look"),
    path("leistungen/<slug:key>/aktualisieren/", update.update, name="update"),
    path("leistungen/<slug:key>/vorgaenge/", moving.moving, name="moving"),
    path("leistungen/<slug:key>/archiv/", package.archive, name="archive"),
    path("leistungen/<slug:key>/zurueckziehen/", package.withdraw, name="withdraw"),
]
