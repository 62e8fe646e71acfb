"""Works off the jobs that a test's transaction has enqueued, inside that same transaction."""

from __future__ import annotations

import json

from django.db import connection
from procrastinate.contrib.django import app as queue

from stadtamt.kernel.models import Municipality
from stadtamt.kernel.tenancy import within

LIMIT = 50


def work_off() -> list[str]:
    """Run what is waiting, oldest first, until nothing is left; the names of the jobs that ran."""
    ran: list[str] = []
    for _ in range(LIMIT):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, task_name, args FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id LIMIT 1"
            )
            row = cursor.fetchone()
            if row is None:
                return ran
            cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [row[0]])
        arguments = row[2] if isinstance(row[2], dict) else json.loads(row[2])
        with within(Municipality.objects.get(pk=arguments.pop("municipality"))):
            queue.tasks[row[1]].func.__self__.run_now(**arguments)
        ran.append(row[1])
    raise AssertionError("The jobs do not end.")
