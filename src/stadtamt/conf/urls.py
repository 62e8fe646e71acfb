"""All addresses: probes, the desk under /amt/, the portal everywhere else."""

from __future__ import annotations

from django.urls import include, path

from stadtamt.web import probes

handler400 = "stadtamt.web.errors.bad_request"
handler404 = "stadtamt.web.errors.not_found"
handler500 = "stadtamt.web.errors.server_error"

urlpatterns = [
    path("livez", probes.livez),
    path("readyz", probes.readyz),
    path(".well-known/security.txt", probes.security_txt),
    path("amt/", include("stadtamt.web.desk.urls")),
    path("", include("stadtamt.web.portal.urls")),
]
