"""The web application for any WSGI server; ``stadtamt serve`` runs it in granian."""

import os
import signal

import django

from stadtamt.conf import leash

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stadtamt.conf.settings")

# A process of the web server that lost its supervisor would hold the port for ever.
if os.environ.get("STADTAMT_SERVER_PID"):
    leash.follow(int(os.environ["STADTAMT_SERVER_PID"]), signal.SIGKILL)

django.setup(set_prefix=False)

from stadtamt.web.handler import Handler  # noqa: E402  # it needs the settings

application = Handler()
