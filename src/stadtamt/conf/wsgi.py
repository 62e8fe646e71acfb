"""The web application for any WSGI server; ``stadtamt serve`` runs it in granian."""

import os
import signal

from django.core.wsgi import get_wsgi_application

from stadtamt.conf import leash

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stadtamt.conf.settings")

# A process of the web server that lost its supervisor would hold the port for ever.
if os.environ.get("STADTAMT_SERVER_PID"):
    leash.follow(int(os.environ["STADTAMT_SERVER_PID"]), signal.SIGKILL)

application = get_wsgi_application()
