"""Background jobs; the only place that knows the queue (procrastinate).

A job is enqueued inside the transaction of the deed that causes it, so it exists if and only if the deed does. It
runs at least once: a worker that dies is noticed by its missing heartbeat and its jobs are taken up again. So every
job calls a deed that does nothing the second time.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

import psycopg
from django.db import OperationalError, close_old_connections
from procrastinate import App, PsycopgConnector, RetryStrategy
from procrastinate import exceptions as queue_errors
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.utils import connector_params

from stadtamt.kernel import tenancy
from stadtamt.kernel.registry import Registry

logger = logging.getLogger(__name__)

warm_ups: Registry[Callable[[], None]] = Registry("what a worker loads before its first job")

HEARTBEAT_SECONDS = 2.0
STALLED_AFTER_SECONDS = 8.0
RECONNECT_SECONDS = 0.5
# A notification that arrives while the queue is just being asked is forgotten; then this is how long a job waits.
LOOK_SECONDS = 0.25
RETRY = RetryStrategy(max_attempts=12, wait=1, exponential_wait=2)  # 1 s, 2 s, 4 s … about an hour in all


Trouble = Callable[[Exception, dict[str, str]], None]


class Job:
    """A named piece of background work of one municipality; made by the decorator ``job``."""

    def __init__(self, name: str, work: Callable[..., None], on_trouble: Trouble | None) -> None:
        self.name = name
        self._work = work
        self._on_trouble = on_trouble
        self._task = queue.task(name=name, retry=RETRY)(self._run)

    def enqueue(self, *, at: datetime | None = None, lock: str | None = None, **arguments: Any) -> None:
        """Plan the job in the current transaction, for the current municipality, at once or not before `at`.

        Jobs that share a `lock` never run side by side. A database that is away raises OperationalError, as every
        other query does, and not an error of the queue.
        """
        texts = {key: str(value) for key, value in arguments.items()}
        try:
            self._task.configure(schedule_at=at, lock=lock).defer(municipality=str(tenancy.current_id()), **texts)
        except queue_errors.ConnectorException as problem:
            if isinstance(problem.__cause__, psycopg.OperationalError | psycopg.InterfaceError):
                raise OperationalError(*problem.__cause__.args) from problem
            raise

    def run_now(self, **arguments: Any) -> None:
        """Run the work here, for tests and commands."""
        self._work(**{key: str(value) for key, value in arguments.items()})

    def _run(self, municipality: str, **arguments: str) -> None:
        from stadtamt.kernel.models import Municipality

        close_old_connections()
        try:
            town = Municipality.objects.get(pk=municipality)
            try:
                with tenancy.within(town):
                    self._work(**arguments)
            except Exception as problem:
                # Nothing of the attempt remains; what went wrong is noted in a transaction of its own.
                if self._on_trouble is not None and not isinstance(problem, OperationalError):
                    with tenancy.within(town):
                        self._on_trouble(problem, arguments)
                raise
        finally:
            close_old_connections()


def job(name: str, *, on_trouble: Trouble | None = None) -> Callable[[Callable[..., None]], Job]:
    """Make a function a job. Its arguments arrive as text; it runs inside the municipality's transaction.

    `on_trouble` is told of each failed attempt; the queue tries again by itself.
    """

    def decorate(work: Callable[..., None]) -> Job:
        return Job(name, work, on_trouble)

    return decorate


def daily(job: Job, *, hour: int) -> None:
    """Enqueue the job for every municipality once a day, at this hour of UTC."""

    def enqueue_for_all(timestamp: int) -> None:
        from stadtamt.kernel.models import Municipality

        close_old_connections()
        for municipality in Municipality.objects.all():
            with tenancy.within(municipality):
                job.enqueue()

    enqueue_for_all.__name__ = f"{job.name} for all"
    queue.periodic(cron=f"0 {hour} * * *")(queue.task(name=f"daily:{job.name}")(enqueue_for_all))


def known_jobs() -> set[str]:
    """The names of all registered jobs (the queue's own aside)."""
    return {name for name in queue.tasks if not name.startswith(("builtin:", "daily:", "procrastinate."))}


def run_by_name(name: str, arguments: dict[str, str]) -> None:
    """Run a job's work here, as a worker would (its municipality, its transaction): for measurements."""
    queue.tasks[name].func(**arguments)


def run_waiting() -> None:
    """Run everything that is due, in this thread, until nothing is left: for tests."""
    asyncio.run(_work_off())


async def _work_off() -> None:
    app = queue.with_connector(await _connector(1))
    async with app.open_async():
        await app.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False, concurrency=1)


def run_worker(*, concurrency: int = 2, name: str = "worker") -> None:
    """Work until told to stop (SIGTERM, SIGINT); running jobs are finished first. Outlives a database that restarts."""
    threading.Thread(target=_warm_up, daemon=True).start()
    asyncio.run(_work(concurrency, name))


def _warm_up() -> None:
    """Load what the first job would otherwise wait for; what fails here fails again where it matters."""
    for name in warm_ups:
        try:
            warm_ups.get(name)()
        except Exception as problem:
            logger.warning("%s could not be warmed up: %s", name, problem)


async def _work(concurrency: int, name: str) -> None:
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    waiting = asyncio.create_task(told.wait())
    while not told.is_set():
        working = asyncio.create_task(_work_connected(concurrency, name))
        await asyncio.wait({working, waiting}, return_when=asyncio.FIRST_COMPLETED)
        working.cancel()
        try:
            await working
        except asyncio.CancelledError:
            continue
        except (queue_errors.ProcrastinateException, psycopg.Error) as problem:
            logger.warning("The queue lost the database: %s", type(problem).__name__)
        await asyncio.wait({waiting}, timeout=RECONNECT_SECONDS)


async def _work_connected(concurrency: int, name: str) -> None:
    """Work as long as the database can be reached. The queue gives up at the first lost connection, so this returns."""
    app = queue.with_connector(await _connector(concurrency))
    async with app.open_async():
        rescue = asyncio.create_task(_rescue_stalled(app))
        try:
            await app.run_worker_async(
                concurrency=concurrency,
                name=name,
                delete_jobs="successful",
                fetch_job_polling_interval=LOOK_SECONDS,
                update_heartbeat_interval=HEARTBEAT_SECONDS,
                stalled_worker_timeout=STALLED_AFTER_SECONDS,
                shutdown_graceful_timeout=10.0,
                install_signal_handlers=False,
            )
        finally:
            rescue.cancel()


async def _connector(concurrency: int) -> PsycopgConnector:
    """A few connections of the queue's own. The first is tried here: a pool would wait longer with each failure."""
    parameters = connector_params()
    await (await psycopg.AsyncConnection.connect(**parameters)).close()
    return PsycopgConnector(kwargs=parameters, min_size=1, max_size=concurrency + 2, timeout=5.0)


# A worker that lost its connection just while it noted a job's end lives on and believes the job is done.
FORGOTTEN = """
    SELECT procrastinate_retry_job_v2(job.id, now(), NULL, NULL, NULL)
      FROM procrastinate_jobs job
     WHERE job.status = 'doing'
       AND NOT EXISTS (SELECT FROM procrastinate_events event
                        WHERE event.job_id = job.id AND event.type = 'started' AND event.at > now() - interval '10 min')
"""


async def _rescue_stalled(app: App) -> None:
    """Give the jobs of dead workers back to the queue, every few seconds, and those nobody can be working on still."""
    manager = app.job_manager
    while True:
        await asyncio.sleep(HEARTBEAT_SECONDS)
        try:
            await app.connector.execute_query_async(FORGOTTEN)
            for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
                await manager.retry_job(stalled)
                logger.warning(
                    "Job %s (%s) was left by a dead worker and is tried again.", stalled.id, stalled.task_name
                )
        except queue_errors.ProcrastinateException as problem:
            # The database may be restarting; the next round tries again.
            logger.warning("Stalled jobs could not be looked for: %s", problem)


def queue_counts() -> dict[str, int]:
    """How many jobs are in which state, for the doctor."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY 1")
        return dict(cursor.fetchall())
