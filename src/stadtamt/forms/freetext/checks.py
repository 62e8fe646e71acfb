"""Reading what must hold among answers, and fixed values."""

from __future__ import annotations

from itertools import combinations
from typing import Literal

from stadtamt.forms.freetext import naming
from stadtamt.forms.freetext import vocabulary as v
from stadtamt.forms.freetext.scanner import Scanner
from stadtamt.forms.freetext.spoken import (
    Allowed,
    AnyOfGroup,
    Ask,
    Before,
    Calendar,
    Check,
    Negated,
    Preset,
    Ref,
    Said,
    Several,
    Step,
    Test,
    Unclear,
)


def check(scan: Scanner) -> Step | None:
    """A check or a preset, if one stands here; else nothing is taken."""
    for reader in (_calendar, _either, _of_group, _some, _not_together, _before, _preset, _preset_chosen, _denied):
        start, named = scan.at, scan.named
        found = reader(scan)
        if found is not None:
            return found
        scan.at, scan.named = start, named
    return None


def _calendar(scan: Scanner) -> Step | None:
    scan.take(v.IT_MUST)
    return Calendar(()) if scan.take(v.CALENDAR) else None


def _either(scan: Scanner) -> Step | None:
    """Es muss entweder A oder B befüllt werden. Entweder muss A oder B befüllt sein."""
    must = bool(scan.take(v.IT_MUST))
    if not scan.take(v.EITHER):
        return None
    must = bool(scan.take(v.MUST)) or must
    listed, joined = naming.refs(scan)
    must = bool(scan.take(v.MUST)) or must
    if len(listed) < 2 or "or" not in joined or "and" in joined:
        raise Unclear("Zu „entweder“ fehlt das „oder“.")
    if not must or not scan.take(v.FILL):
        raise Unclear(f"Ab „{scan.rest()}“ ist nicht verstanden, was entweder oder gelten soll.")
    scan.take(v.ENDING)
    return Check(Several("xor", tuple(Test(ref, "filled") for ref in listed)))


def _some(scan: Scanner) -> Step | None:
    """Mindestens eines der Felder A, B oder C muss befüllt sein; … muss den Wert "wahr" haben."""
    must = bool(scan.take(v.IT_MUST))
    kind: Literal["or", "xor"] = "or"
    if not scan.take(v.ANY_OF):
        if not scan.take(v.EXACTLY_ONE):
            return None
        kind = "xor"
    listed, _ = naming.refs(scan)
    if not listed:
        return _listed_behind(scan, kind)
    must = bool(scan.take(v.MUST)) or must
    if len(listed) < 2:
        raise Unclear(f"Ab „{scan.rest()}“ fehlt eine Liste von Feldern.")
    if not must:
        return None
    if scan.take(v.FILL) or scan.take(v.FILL_IN):
        scan.take(v.ENDING)
        return Check(Several(kind, tuple(Test(ref, "filled") for ref in listed)))
    return Check(Several(kind, _valued(scan, listed)))


def _of_group(scan: Scanner) -> Step | None:
    """Mindestens ein Feld der Gruppe muss den Wert "wahr" haben: of the group that carries the rule."""
    if not scan.take(v.ANY_OF_GROUP):
        return None
    said = naming.value(scan, Ref(()))
    return AnyOfGroup(said) if said and scan.take(v.HAVE) else None


def _not_together(scan: Scanner) -> Step | None:
    """Höchstens eines der Felder A, B darf befüllt sein. A und B dürfen nicht gleichzeitig befüllt sein."""
    one = bool(scan.take(v.AT_MOST))
    listed, joined = naming.refs(scan)
    both = not one and "or" not in joined and bool(scan.take(v.NOT_BOTH))
    if not both and not one:
        return None
    if one:
        scan.take(v.MAY)
    if len(listed) < 2 or (both and len(listed) > 2) or not scan.take(v.FILL):
        raise Unclear(f"Ab „{scan.rest()}“ ist nicht verstanden, was nicht zusammen gelten darf.")
    scan.take(v.ENDING)
    pairs = combinations([Test(ref, "filled") for ref in listed], 2)
    return Check(Several("and", tuple(Negated(Several("and", pair)) for pair in pairs)))


def _listed_behind(scan: Scanner, kind: Literal["or", "xor"]) -> Step | None:
    """Mindestens eines der folgenden Felder muss befüllt sein: A, B, C"""
    scan.take(v.ARTICLE)
    if not (scan.take(v.NOUN) and scan.take(v.MUST) and scan.take(v.FILL)):
        return None
    scan.take(v.ENDING)
    listed, _ = naming.refs(scan) if scan.take(v.LIST_FOLLOWS) else ((), frozenset())
    if len(listed) < 2:
        raise Unclear(f"Ab „{scan.rest()}“ fehlt eine Liste von Feldern.")
    return Check(Several(kind, tuple(Test(ref, "filled") for ref in listed)))


def _valued(scan: Scanner, listed: tuple[Ref, ...]) -> tuple[Ask, ...]:
    with_, has = bool(scan.take(v.WITH)), bool(scan.take(v.VALUE_HAS))
    if not with_ and not has:
        scan.take(v.OPERATOR)
    said = naming.value(scan, listed[-1])
    closed = scan.take(v.FILL if with_ else v.HAVE) if said else ""
    closed = closed or (scan.take(v.CHOSEN) if said else "")
    if said is None or not closed:
        raise Unclear(f"Ab „{scan.rest()}“ ist nicht verstanden, was für die Felder gelten soll.")
    scan.take(v.ENDING)
    return tuple(Test(ref, "=", said) for ref in listed)


def _before(scan: Scanner) -> Step | None:
    """Das Datum im Feld A muss zeitlich vor dem Datum in Feld B liegen."""
    scan.take(v.DATE_IN)
    first = naming.ref(scan)
    if first is None:
        return None
    no = bool(scan.take(v.MUST_NOT))
    if not no and not scan.take(v.MUST):
        return None
    word = scan.take(v.BEFORE).casefold()
    if not word:
        return None
    scan.take(v.DATE_IN) or scan.take(v.IN)
    second = naming.ref(scan)
    if second is None or not scan.take(v.LIE):
        return None
    if "gleich" in word and no:
        raise Unclear("Eine doppelte Verneinung ist nicht sicher zu verstehen.")
    earlier = any(part in word for part in ("vor", "kleiner", "früher"))
    if no:
        return Before(second, first, True) if earlier else Before(first, second, True)
    equal = "gleich" in word
    return Before(first, second, equal) if earlier else Before(second, first, equal)


def _preset(scan: Scanner) -> Step | None:
    """Das Feld A ist mit 001 "…" vorzubefüllen und auszublenden; … dann muss das Feld A …"""
    modal = bool(scan.take(v.MODAL))
    found = naming.ref(scan)
    if found is None or not (modal or scan.take(v.MODAL)) or not scan.take(v.WITH):
        return None
    scan.take(v.THE)
    said = naming.value(scan, found)
    if said is None or not scan.take(v.PREFILL):
        return None
    if not scan.take(v.AND) or not scan.take(v.HIDE_TOO):
        raise Unclear("Das Feld ist vorbefüllt, aber es ist nicht gesagt, ob es trotzdem gefragt wird.")
    scan.take(v.ENDING)
    return Preset(found, Said(said.code, said.label))


def _preset_chosen(scan: Scanner) -> Step | None:
    """Im Feld A muss die Auswahl 001 als Vorbefüllung gewählt sein und dieses Feld soll nicht angezeigt werden."""
    found = naming.ref(scan)
    if found is None or not scan.take(v.MUST):
        return None
    said = naming.value(scan, found)
    return Preset(found, said) if said and scan.take(v.AS_PREFILLED) else None


def _denied(scan: Scanner) -> Step | None:
    """Im Feld A darf die Auswahl 001 "…" nicht ausgewählt werden."""
    found = naming.ref(scan)
    if found is None or not scan.take(v.MAY):
        return None
    scan.take(v.CHOICE)
    values, joined = _values(scan, found)
    if not values or "and" in joined or not scan.take(v.NOT) or not scan.take(v.CHOSEN_BE):
        return None
    return Allowed(found, values, denied=True)


def whereby(scan: Scanner) -> Step | None:
    """…, wobei nur die Codes A "…" ODER B "…" ausgewählt werden dürfen. Of the one field named just before."""
    start = scan.at
    scan.take(v.COMMA)
    if not scan.take(v.WHEREBY):
        scan.at = start
        return None
    if len(scan.named) != 1:
        raise Unclear("Es ist nicht sicher, welches Feld mit „wobei“ gemeint ist.")
    scan.take(v.CHOICE)
    values, _ = _values(scan, scan.named[0])
    if not values or not scan.take(v.CHOSEN_BE) or not scan.take(v.MAY):
        raise Unclear(f"Ab „{scan.rest()}“ ist nicht verstanden, welche Werte gemeint sind.")
    return Allowed(scan.named[0], values)


def _values(scan: Scanner, of: Ref) -> tuple[tuple[Said, ...], set[str]]:
    """Values joined by commas, ODER, UND."""
    listed: list[Said] = []
    joined: set[str] = set()
    while (said := naming.value(scan, of)) is not None:
        listed.append(said)
        comma = bool(scan.take(v.COMMA))
        joint = naming.joint(scan)
        joined.add(joint)
        if not comma and not joint:
            return tuple(listed), joined
    return (), joined
