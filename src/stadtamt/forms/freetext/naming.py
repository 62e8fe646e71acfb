"""Reading elements, lists of elements, values and Länder at the place of a scanner."""

from __future__ import annotations

from stadtamt.forms.freetext import vocabulary as v
from stadtamt.forms.freetext.likeness import alike
from stadtamt.forms.freetext.scanner import Scanner
from stadtamt.forms.freetext.spoken import Ask, Lands, Negated, Ref, Said, Unclear


def ref(scan: Scanner) -> Ref | None:
    """An element, with article, noun and label: ``das Feld F… "…"``, ``in der Gruppe G… das Feld F…``."""
    start = scan.at
    if scan.take(v.IN) and (group := _named(scan)) and group.ids:
        here = scan.at
        inner = _named(scan) if group.ids[-1].startswith("G") else None
        if inner is None or not inner.ids:
            scan.at = here
            return group
        return Ref((*group.ids, *inner.ids), inner.label)
    scan.at = start
    found = _named(scan)
    if found is None:
        scan.at = start
    return found


def _named(scan: Scanner) -> Ref | None:
    noun = bool(scan.take(v.ANGABEN_IN))
    while (article := scan.take(v.ARTICLE)) or scan.take(v.NOUN):
        noun = noun or not article
    if ids := scan.ids():
        return Ref(ids, _label(scan, ids[-1]))
    if (noun or scan.sees(v.QUOTE_BEFORE)) and (label := scan.quoted()):
        return _id_behind(scan, label) or (Ref((), label) if noun else None)
    return _label_before(scan) if noun else None


def _id_behind(scan: Scanner, label: str) -> Ref | None:
    """``"Telefon" (F60000000240)``"""
    start = scan.at
    opened = scan.take(v.OPEN)
    ids = scan.ids()
    if ids and (not opened or scan.take(v.CLOSE)):
        return Ref(ids, label)
    scan.at = start
    return None


def _label_before(scan: Scanner) -> Ref | None:
    """``das Feld Telefon (F60000000240)``"""
    scan.skip()
    match = v.LABEL_BEFORE.match(scan.text, scan.at)
    if match is None:
        return None
    start, scan.at = scan.at, match.end()
    ids = scan.ids()
    if scan.take(v.CLOSE) and any(alike(match[1], name) for name in scan.names.labels.get(ids[-1], ())):
        return Ref(ids, match[1].strip())
    scan.at = start
    return None


def _label(scan: Scanner, id: str) -> str:
    """The label in quotation marks; one without is compared and left behind here."""
    label = scan.quoted()
    if label is None:
        scan.label(scan.names.labels.get(id, ()), of=id)
        return ""
    return label


def refs(scan: Scanner) -> tuple[tuple[Ref, ...], frozenset[str]]:
    """A list of elements and how it is joined: "", "and", "or". A comma may be missing between two ids."""
    first = ref(scan)
    if first is None:
        return (), frozenset()
    listed: list[Ref] = [first]
    joined: set[str] = set()
    while True:
        start = scan.at
        comma = scan.take(v.COMMA)
        word = joint(scan)
        following = ref(scan) if comma or word or scan.sees(v.ID) else None
        if following is None:
            scan.at = start
            return tuple(listed), frozenset(joined)
        listed.append(following)
        joined.add(word)


def joint(scan: Scanner) -> str:
    if scan.take(v.AND):
        return "and"
    return "or" if scan.take(v.OR) else ""


def value(scan: Scanner, of: Ref) -> Said | None:
    """A value: ``001 "Label"``, ``001 - Label``, ``"001 Label"``, ``Ja``, an unquoted label of one of the values."""
    scan.take(v.PICK)
    label = scan.quoted()
    if label is not None:
        return Said("", label)
    known = scan.names.values.get(of.ids[-1], ()) if of.ids else ()
    if word := scan.take(v.YES_NO):
        return Said("", word)
    code = _code(scan, known)
    if code:
        return Said(code, _value_label(scan, code, known))
    label = scan.label(name for _, name in known)
    return Said("", label) if label else None


def _code(scan: Scanner, known: tuple[tuple[str, str], ...]) -> str:
    scan.skip()
    for code, _ in sorted(known, key=lambda entry: -len(entry[0])):
        end = scan.at + len(code)
        if code and scan.text.startswith(code, scan.at) and not scan.text[end : end + 1].isalnum():
            scan.at = end
            return code
    return scan.take(v.CODE)


def _value_label(scan: Scanner, code: str, known: tuple[tuple[str, str], ...]) -> str:
    start = scan.at
    dashed = scan.take(v.DASH)
    if (label := scan.quoted()) is not None:
        return label
    if label := scan.label([name for own, name in known if own == code] or [name for _, name in known]):
        return label
    if dashed:
        return _free_label(scan)
    scan.at = start
    return ""


def _free_label(scan: Scanner) -> str:
    """After ``04 =`` the label of a value that is not in the schema: up to what must follow a value."""
    scan.skip()
    ahead = scan.text[scan.at : scan.at + 120]
    ends = [m.start() for m in _FREE_END.finditer(ahead)]
    if not ends or not ahead[: ends[0]].strip() or any(sign in ahead[: ends[0]] for sign in '=<>"„\n,;'):
        raise Unclear(f"Die Angabe „{scan.rest()}“ gehört zu keinem bekannten Wert.")
    scan.at += ends[0]
    return ahead[: ends[0]].strip()


_FREE_END = v.said(r"(?<=\s)(?:vorzubefüllen|vorzubelegen|vorbefüllt|vorbelegt|belegt|ausgewählt)")


def lands(scan: Scanner) -> Ask | None:
    """For which Länder something is said: some, all but some, or all others than those named before."""
    if scan.take(v.FOR_OTHER_LANDS):
        if not scan.lands:
            raise Unclear("Es ist nicht gesagt, welche anderen Länder gemeint sind.")
        scan.lands_closed = True
        return Negated(Lands(scan.lands))
    start = scan.at
    if scan.take(v.FOR_ALL_BUT):
        codes, scan.lands = _codes(scan), ()
        if not codes:
            raise Unclear("Es ist nicht gesagt, welche Länder ausgenommen sind.")
        return Negated(Lands(codes))
    if scan.take(v.FOR_LANDS) and (codes := _codes(scan)):
        scan.lands = tuple(dict.fromkeys((*(() if scan.lands_closed else scan.lands), *codes)))
        scan.lands_closed = False
        return Lands(codes)
    scan.at = start
    return None


def _codes(scan: Scanner) -> tuple[str, ...]:
    codes: list[str] = []
    while True:
        start = scan.at
        if codes and not (scan.take(v.COMMA) or scan.take(v.BOTH)):
            break
        if codes:
            scan.take(v.BOTH)
        name = scan.take(v.LAND)
        if not name:
            scan.at = start
            break
        codes.append(v.LAND_NAMES.get(name, name))
    return tuple(codes)
