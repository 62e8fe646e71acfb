"""Invented code lists for these tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from stadtamt.forms.codelists import CodeList, Entry

URI = "urn:xoev-de:entenhausen:codeliste:fruechte"
MARK = '<Annotation><AppInfo><x:recommendedKeyColumn xmlns:x="http://xoev.de/schemata/genericode/4"/></AppInfo></Annotation>'
FRUITS = (("A1", "Äpfel"), ("B2", "Süß-Kirschen"), ("C3", "Crème-Birnen"), ("D4", "Äpfel, gerieben"))


def entries(*pairs: tuple[str, str]) -> tuple[Entry, ...]:
    return tuple(Entry(code, name) for code, name in pairs or FRUITS)


def code_list(version: str = "1", valid_from: date | None = None, valid_to: date | None = None) -> CodeList:
    return CodeList(URI, version, name="Früchte", valid_from=valid_from, valid_to=valid_to, entries=entries())


def row(values: Sequence[str], columns: Sequence[str]) -> str:
    cells = (
        f'<Value ColumnRef="{column}"><SimpleValue>{value}</SimpleValue></Value>'
        for column, value in zip(columns, values, strict=True)
    )
    return f"<Row>{''.join(cells)}</Row>"


def genericode(
    *rows: Sequence[str],
    columns: Sequence[str] = ("code", "name"),
    types: Sequence[str] = (),
    keys: str = f'<Key Id="k">{MARK}<ShortName>k</ShortName><ColumnRef Ref="code"/></Key>',
    notes: str = "",
    identity: str = f"<Version>2</Version><CanonicalUri>{URI}</CanonicalUri>",
    body: str = "",
) -> bytes:
    """One file, a row on each line from line 6 on; `body` stands in for all rows."""
    declared = "".join(
        f'<Column Id="{column}" Use="optional"><ShortName>{column}</ShortName><Data Type="{kind}"/></Column>'
        for column, kind in zip(columns, types or ["string"] * len(columns), strict=True)
    )
    listed = body or "\n".join(row(values, columns) for values in rows or FRUITS)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<gc:CodeList xmlns:gc="http://docs.oasis-open.org/codelist/ns/genericode/1.0/">'
        f"<Annotation><Description>{notes}</Description></Annotation>\n"
        f"<Identification><ShortName>Fruechte</ShortName><LongName>Früchte des Landes</LongName>{identity}"
        f"<Agency><LongName>Obstamt Entenhausen</LongName></Agency></Identification>\n"
        f"<ColumnSet>{declared}{keys}</ColumnSet>\n<SimpleCodeList>\n{listed}\n</SimpleCodeList></gc:CodeList>"
    ).encode()
