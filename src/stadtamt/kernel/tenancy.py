"""Towns apart: the current municipality, the transaction that carries it, and the fence in the database.

Every read and write of a town's rows happens inside ``within(municipality)``. It opens one transaction, tells
PostgreSQL the municipality for the length of that transaction (so a pooled connection never keeps a stale one),
and writes the audit entries last, so that the lock on the town's audit chain is held only for the commit.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import connection, models, transaction
from django.db.migrations.operations import RunSQL

from stadtamt.kernel.ids import new_id

if TYPE_CHECKING:
    from stadtamt.kernel.models import Municipality

_current: ContextVar[Municipality | None] = ContextVar("municipality", default=None)


class NoMunicipality(Exception):
    """A town's rows were touched outside of ``within(municipality)``."""


class OtherMunicipality(Exception):
    """``within`` was entered for a second municipality inside the first."""


def current() -> Municipality:
    """The municipality whose rows may be seen now."""
    municipality = _current.get()
    if municipality is None:
        raise NoMunicipality("Rows of a municipality can only be reached inside within(municipality).")
    return municipality


def current_id() -> uuid.UUID:
    return current().pk


def default_id() -> uuid.UUID | None:
    """The default of a row's municipality. None outside of ``within``: the column refuses it when the row is saved."""
    municipality = _current.get()
    return municipality.pk if municipality else None


@contextmanager
def within(municipality: Municipality) -> Iterator[None]:
    """One transaction that sees and writes rows of this municipality only. May be nested for the same one."""
    from stadtamt.kernel import audit

    outer = _current.get()
    if outer is not None:
        if outer.pk != municipality.pk:
            raise OtherMunicipality(f"{outer} cannot turn into {municipality} inside one transaction.")
        yield
        return
    token = _current.set(municipality)
    try:
        with transaction.atomic(), audit.chained(municipality):
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('stadtamt.municipality', %s, true)", [str(municipality.pk)])
            yield
    finally:
        _current.reset(token)


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """A part of the transaction whose writes and audit entries are all taken back when it raises.

    For deeds whose refusal the caller turns into a page, so that the transaction itself goes on.
    """
    from stadtamt.kernel import audit

    with audit.tentative(), transaction.atomic():
        yield


class TenantManager[M: models.Model](models.Manager[M]):
    """Sees the rows of the current municipality only; outside of ``within`` it refuses."""

    def get_queryset(self) -> models.QuerySet[M]:
        return super().get_queryset().filter(municipality_id=current_id())


class TenantModel(models.Model):
    """A row that belongs to one municipality."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    municipality = models.ForeignKey("kernel.Municipality", models.PROTECT, default=default_id, editable=False)

    objects: ClassVar[TenantManager[Self]] = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any, *, fetch_mode: Any = None) -> Self:
        """Refuses a row of another municipality even if both fences had a gap."""
        row = super().from_db(db, field_names, values, fetch_mode=fetch_mode)
        if "municipality_id" in field_names and row.municipality_id != current_id():
            raise OtherMunicipality("A row of another municipality was read.")
        return row


def fence(*tables: str) -> list[RunSQL]:
    """Migration operations that put row-level security on the tables, also for their owner (FORCE)."""
    return [
        RunSQL(
            sql=f"""
                ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
                ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
                CREATE POLICY municipality ON {table}
                    USING (municipality_id = nullif(current_setting('stadtamt.municipality', true), '')::uuid)
                    WITH CHECK (municipality_id = nullif(current_setting('stadtamt.municipality', true), '')::uuid);
            """,
            reverse_sql=f"""
                DROP POLICY municipality ON {table};
                ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
                ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
            """,
        )
        for table in tables
    ]


def over_all_towns(sql: str, *tables: str) -> RunSQL:
    """A migration operation on the rows of all towns, as the owner of the tables; the fence stands again after it."""
    opened = "".join(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;" for table in tables)
    closed = "".join(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;" for table in tables)
    return RunSQL(sql=f"{opened}{sql};{closed}", reverse_sql=RunSQL.noop)


def immutable(table: str) -> list[RunSQL]:
    """Migration operations that let the database refuse every change and deletion of the table's rows."""
    return [
        RunSQL(
            sql=f"""
                CREATE OR REPLACE FUNCTION stadtamt_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
                END $$;
                CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON {table}
                    FOR EACH ROW EXECUTE FUNCTION stadtamt_refuse_change();
            """,
            reverse_sql=f"DROP TRIGGER immutable ON {table};",
        )
    ]
