"""Reading conditions: ``F… = 001 "…" ODER = 003``, ``eines der Felder … mit "Ja" belegt ist``, ``F… nicht leer``."""

from __future__ import annotations

from typing import Literal

from stadtamt.forms.freetext import naming
from stadtamt.forms.freetext import vocabulary as v
from stadtamt.forms.freetext.scanner import Scanner
from stadtamt.forms.freetext.spoken import Ask, Negated, Ref, Several, Test, Unclear

MAX_DEPTH = 5
_ENDS = (v.COMMA, v.THEN, v.BOTH, v.STOP, v.CLOSE, v.IMPERATIVE, v.MODAL, v.ELSE)
_EQUAL = {"===": "=", "==": "=", "=": "=", "lautet": "=", "entspricht": "=", "gleich": "=", "ist": "="}
_ORDER = {"≤": "<=", "≥": ">=", "<=": "<=", ">=": ">=", "<": "<", ">": ">"}


def condition(scan: Scanner, depth: int = 0) -> Ask:
    """A whole condition. Raises Unclear."""
    if depth > MAX_DEPTH:
        raise Unclear("Die Klammern der Bedingung sind zu verschachtelt.")
    parts = [_term(scan, depth)]
    joints = set()
    while True:
        start = scan.at
        scan.take(v.COMMA)
        joint = naming.joint(scan)
        following = _following(scan, depth, parts[-1]) if joint else _listed(scan, parts[-1])
        if following is None:
            scan.at = start
            break
        parts.append(following)
        joints.add(joint)
    _closing(scan)
    if joints == {""}:
        raise Unclear("Es ist nicht gesagt, ob die Werte mit UND oder mit ODER verbunden sind.")
    if len(joints - {""}) > 1:
        raise Unclear("UND und ODER stehen ohne Klammern nebeneinander.")
    if not joints:
        return parts[0]
    return Several("and" if "and" in joints else "or", tuple(parts))


def _listed(scan: Scanner, before: Ask) -> Ask | None:
    """Behind a comma: another code, as in ``= 001, 002 oder 003``."""
    if not isinstance(before, Test) or before.op not in ("=", "<>") or not scan.sees(v.CODE):
        return None
    said = naming.value(scan, before.ref)
    return Test(before.ref, before.op, said) if said else None


def _following(scan: Scanner, depth: int, before: Ask) -> Ask | None:
    """What stands behind UND or ODER: a condition, ``= 005``, or only another value."""
    scan.take(v.WHEN)
    if scan.subject is not None and scan.sees(v.OPERATOR):
        return _predicate(scan, scan.subject)
    start = scan.at
    if scan.sees(v.OPEN) or naming.ref(scan) or scan.sees(v.ONE_OF) or scan.sees(v.ANY_OF):
        scan.at = start
        return _term(scan, depth)
    scan.at = start
    if isinstance(before, Test) and before.op in ("=", "<>"):
        said = naming.value(scan, before.ref)
        return Test(before.ref, before.op, said) if said else None
    return None


def _term(scan: Scanner, depth: int) -> Ask:
    if scan.take(v.OPEN):
        inside = condition(scan, depth + 1)
        if not scan.take(v.CLOSE):
            raise Unclear("Eine Klammer der Bedingung ist nicht geschlossen.")
        return inside
    if scan.take(v.ANY_OF) or scan.take(v.ONE_OF):
        return _each(scan, "or")
    if scan.take(v.EXACTLY_ONE):
        return _each(scan, "xor")
    if word := scan.take(v.ALL_OF).casefold():
        return _each(scan, "and", 3 if "drei" in word else 2 if "beide" in word else 0)
    land = naming.lands(scan)
    return _simple(scan) if land is None else land


def _simple(scan: Scanner) -> Ask:
    listed, joined = naming.refs(scan)
    if not listed:
        listed, joined = _picked_first(scan)
    if not listed:
        raise Unclear(f"Ab „{scan.rest()}“ ist die Bedingung nicht verstanden.")
    scan.subject = listed[-1]
    start = scan.at
    first = _predicate(scan, listed[-1])
    if len(listed) == 1:
        return first
    words = scan.text[start : scan.at].casefold().split()
    joints = joined - {""}
    if len(joints) != 1 or not {"sind", "werden", "wurden"} & set(words) or not isinstance(first, Test):
        raise Unclear("Es ist nicht sicher, für welche der genannten Felder die Bedingung gilt.")
    return Several("and" if joints == {"and"} else "or", _spread(first, listed))


def _picked_first(scan: Scanner) -> tuple[tuple[Ref, ...], frozenset[str]]:
    """``in der Auswahl F…``, ``der Wert von F…``"""
    start = scan.at
    scan.take(v.UNDER) or scan.take(v.IN)
    scan.take(v.PICK)
    scan.take(v.UNDER)
    if found := naming.ref(scan):
        return (found,), frozenset()
    scan.at = start
    return (), frozenset()


def _each(scan: Scanner, kind: Literal["and", "or", "xor"], count: int = 0) -> Ask:
    listed, _ = naming.refs(scan)
    if len(listed) < 2 or count not in (0, len(listed)):
        raise Unclear(f"Ab „{scan.rest()}“ fehlt eine Liste von Feldern.")
    first = _predicate(scan, listed[-1])
    if not isinstance(first, Test):
        raise Unclear("Die Bedingung für mehrere Felder ist nicht verstanden.")
    return Several(kind, _spread(first, listed))


def _spread(test: Test, listed: tuple[Ref, ...]) -> tuple[Ask, ...]:
    return tuple(Test(ref, test.op, test.value) for ref in listed)


def predicate_of(scan: Scanner, subject: Ref) -> Ask:
    """``<> "Ja"`` behind WENN or BEI, where the element was named before."""
    return _predicate(scan, subject)


def _predicate(scan: Scanner, subject: Ref) -> Ask:
    for reader in (_state, _compared, _with_value, _picked):
        start = scan.at
        test = reader(scan, subject)
        if test is not None:
            _closing(scan)
            return test
        scan.at = start
    raise Unclear(f"Ab „{scan.rest()}“ ist die Bedingung nicht verstanden.")


def _closing(scan: Scanner) -> None:
    """The verb at the end of a condition, where it is not the first word of what follows."""
    start = scan.at
    if scan.take(v.IS) and not (scan.done or any(scan.sees(end) for end in _ENDS)):
        scan.at = start


def _state(scan: Scanner, subject: Ref) -> Ask | None:
    """leer, nicht leer, befüllt, angekreuzt; before or behind the verb."""
    if scan.take(v.NO_ENTRY):
        return Test(subject, "empty")
    if scan.take(v.ENTRY):
        return Test(subject, "filled")
    scan.take(v.OPERATOR if scan.sees(v.EQUAL_EMPTY) else v.IS)
    no = bool(scan.take(v.NOT))
    if scan.take(v.EMPTY):
        return Test(subject, "filled" if no else "empty")
    if scan.take(v.FILLED):
        return Test(subject, "empty" if no else "filled")
    if scan.take(v.CHECKED):
        return _unless(no, Test(subject, "checked"))
    return Test(subject, "unchecked") if not no and scan.take(v.UNCHECKED) else None


def _compared(scan: Scanner, subject: Ref) -> Ask | None:
    scan.take(v.PICK)
    written = " ".join(scan.take(v.OPERATOR).casefold().split()).removeprefix("ist ")
    if not written:
        return None
    if scan.take(v.OTHERS):
        return Test(subject, "others") if written in _EQUAL else None
    op = _EQUAL.get(written) or _ORDER.get(written) or "<>"
    if op in ("=", "<>") and scan.take(v.OPEN):
        return _bracketed(scan, subject, op)
    said = naming.value(scan, subject)
    return Test(subject, op, said) if said else None


def _bracketed(scan: Scanner, subject: Ref, op: str) -> Ask | None:
    """``= (001 "…" ODER 002 "…")``, ``<> (001 "…" UND 002 "…")``; with <>, ODER in brackets means none of them too."""
    parts: list[Ask] = []
    joints: set[str] = set()
    while (said := naming.value(scan, subject)) is not None:
        parts.append(Test(subject, op, said))
        comma = bool(scan.take(v.COMMA))
        if joint := naming.joint(scan):
            joints.add(joint)
        elif not comma:
            break
    if said is None or not scan.take(v.CLOSE):
        return None
    if len(parts) == 1:
        return parts[0]
    if len(joints) != 1 or (op == "=" and joints != {"or"}):
        raise Unclear("Es ist nicht sicher, wie die Werte in der Klammer verbunden sind.")
    return Several("or" if op == "=" else "and", tuple(parts))


def _with_value(scan: Scanner, subject: Ref) -> Ask | None:
    """mit dem Code "002" belegt ist"""
    scan.take(v.IS)
    no = bool(scan.take(v.NOT))
    if not scan.take(v.WITH):
        return None
    scan.take(v.THE)
    said = naming.value(scan, subject)
    no = bool(scan.take(v.NOT)) != no
    return _unless(no, Test(subject, "=", said)) if said and scan.take(v.CHOSEN) else None


def _picked(scan: Scanner, subject: Ref) -> Ask | None:
    """die Auswahl 01 gewählt wurde, den Wert "wahr" hat, "Ja" ausgewählt wird"""
    scan.take(v.IS)
    no = bool(scan.take(v.NOT))
    if scan.take(v.OTHERS):
        return Test(subject, "others") if scan.take(v.CHOSEN) and not no else None
    picked = bool(scan.take(v.PICK))
    said = naming.value(scan, subject)
    if said is None:
        return None
    no = bool(scan.take(v.NOT)) != no
    if not scan.take(v.CHOSEN) and not scan.take(v.NAMED_IS):
        # Without a verb it is certain only where code and label, or the word for a choice, stand there.
        bare = not no and (picked or (said.code and said.label))
        if not bare or not any(map(scan.sees, (v.COMMA, v.THEN))):
            return None
    return _unless(no, Test(subject, "=", said))


def _unless(no: bool, test: Test) -> Ask:
    if not no:
        return test
    return Test(test.ref, "<>", test.value) if test.op == "=" else Negated(test)
