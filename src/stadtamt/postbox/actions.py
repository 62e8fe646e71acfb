"""Deeds of the room: a notice is delivered, a question asked and answered, news told by mail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from stadtamt.cases.actions import file_document, move_case
from stadtamt.cases.models import Case, State
from stadtamt.cases.queries import announcement_for
from stadtamt.decisions.queries import rules_of
from stadtamt.forms.models import Upload
from stadtamt.kernel import audit, clock, tenancy
from stadtamt.kernel.models import Staff
from stadtamt.kernel.rights import actor_for
from stadtamt.notices.models import Notice
from stadtamt.notices.queries import notice_of
from stadtamt.payments.actions import set_due
from stadtamt.postbox.errors import NothingAsked, TextMissing
from stadtamt.postbox.models import Delivery, Enclosure, Message, Notification
from stadtamt.postbox.ports import carriers
from stadtamt.processes.actions import complete
from stadtamt.processes.models import Task
from stadtamt.processes.queries import open_task

MAX_TEXT = 5000
NOTICE = "notice"


def order_delivery(case: Case, data: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Activity "deliver": the notice goes into the postbox by a job after this transaction."""
    from stadtamt.postbox.jobs import deliver_notice

    deliver_notice.enqueue(case_id=case.pk, channel=Delivery.Channel.ELECTRONIC.value)
    return {}


def order_delivery_by_post(case: Case, data: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Activity "deliver-by-post": somebody has posted the printed notice today."""
    from stadtamt.postbox.jobs import deliver_notice

    deliver_notice.enqueue(case_id=case.pk, channel=Delivery.Channel.POST.value)
    return {}


def deliver(*, case_id: UUID, channel: str) -> None:
    """Provide the notice, compute the days of law and store them with the rules used. Once only."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    notice = notice_of(case)
    if notice is None or Delivery.objects.filter(notice=notice).exists():
        return
    days = announcement_for(channel=channel, law=rules_of(case).law)
    delivery = Delivery.objects.create(
        notice=notice,
        channel=channel,
        provided_at=clock.now(),
        announced_on=days.announced_on,
        objection_ends_on=days.objection_ends_on,
        due_on=days.due_on,
        rule=days.evidence(),
    )
    set_due(case=case, due_on=days.due_on)
    move_case(case=case, state=State.CLOSED)
    audit.record(
        "notice.delivered",
        subject=delivery,
        case=str(case.pk),
        channel=channel,
        announced_on=days.announced_on.isoformat(),
        rule=days.rule.id,
    )
    tell(case=case, occasion=NOTICE)


def ask_citizen(case: Case, data: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Activity "ask-citizen": the clerk's question becomes a message, and the citizen is told."""
    message = Message.objects.create(
        case=case, kind=Message.Kind.QUESTION, text=data["question"], author=data["asked_by"], sent_at=now
    )
    tell(case=case, occasion=f"question {message.pk}")
    return {"asked": True}


def ask(*, task: Task, question: str, staff: Staff) -> None:
    """A clerk asks back instead of deciding; the case waits for the citizen."""
    data = {"outcome": "ask", "question": _check_text(question), "asked_by": staff.name}
    complete(task=task, data=data, actor=actor_for(staff))


def answer(*, case: Case, text: str, uploads: Sequence[Upload] = ()) -> Message:
    """The citizen answers, and the case goes on. A text that is refused leaves the question open."""
    text = _check_text(text)
    task = open_task(case, "answer")
    if task is None:
        raise NothingAsked
    complete(task=task, data={}, actor=audit.CITIZEN)
    message = Message.objects.create(
        case=case,
        kind=Message.Kind.ANSWER,
        text=text,
        author=case.person.full_name,
        sent_at=clock.now(),
    )
    for upload in uploads:
        document = file_document(case=case, upload=upload, title="Anlage zu Ihrer Antwort")
        Enclosure.objects.create(message=message, document=document)
    move_case(case=case, state=State.IN_REVIEW, actor=audit.CITIZEN)
    return message


def post_notice(*, task: Task, staff: Staff) -> None:
    """A clerk has printed the notice and taken it to the post today."""
    complete(task=task, data={}, actor=actor_for(staff))


def note_read(*, notice: Notice) -> None:
    """The citizen opened the notice; the first time is kept as evidence."""
    delivery = Delivery.objects.select_for_update().filter(notice=notice, first_read_at=None).first()
    if delivery is not None:
        delivery.first_read_at = clock.now()
        delivery.save(update_fields=["first_read_at"])
        if delivery.rule["announcement"].get("on_retrieval"):
            _count_anew(delivery, notice.decision.case)
        audit.record("notice.read", subject=delivery, actor=audit.CITIZEN)


def tell(*, case: Case, occasion: str) -> None:
    """Plan the mail that something new lies in the postbox, where the person gave an address."""
    from stadtamt.postbox.jobs import notify

    if case.person.mail:
        notify.enqueue(case_id=case.pk, occasion=occasion)


def send_notification(*, case_id: UUID, occasion: str) -> None:
    """Mail that there is news; never what it is (§ 9 (1) OZG). A second attempt finds its note and stays quiet."""
    case = Case.objects.select_for_update(of=("self",)).select_related("person").get(pk=case_id)
    _, fresh = Notification.objects.get_or_create(case=case, occasion=occasion, defaults={"mailed_at": clock.now()})
    if not fresh:
        return
    town = tenancy.current()
    text = (
        f"Guten Tag,\n\nzu Ihrem Vorgang {case.number} bei {town.office_name} gibt es etwas Neues.\n"
        "Bitte öffnen Sie den Link, den Sie beim Absenden bekommen haben.\n\n"
        "Aus Gründen des Datenschutzes schreiben wir den Inhalt nicht in diese E-Mail.\n\n"
        f"Freundliche Grüße\n{town.office_name}\n"
    )
    key = uuid5(case.pk, occasion)
    carriers.get("mail")(case.person.mail, f"Neues zu Ihrem Vorgang {case.number}", text, str(key))
    _count_from_today(case, occasion)


def _count_from_today(case: Case, occasion: str) -> None:
    """The days of law count from the notification: when the mail left on a later day, they are computed anew."""
    if occasion != NOTICE:
        return
    delivery = (
        Delivery.objects.select_for_update(of=("self",))
        .filter(notice__decision__case=case, channel=Delivery.Channel.ELECTRONIC)
        .first()
    )
    if delivery is None or clock.local(delivery.provided_at).date() == clock.today():
        return
    if delivery.rule["announcement"].get("on_retrieval"):
        return  # counted from the day on which the person fetches it
    _count_anew(delivery, case)


def _count_anew(delivery: Delivery, case: Case) -> None:
    """Compute the days of law from today, where today is the day from which the row of law counts."""
    days = announcement_for(channel=delivery.channel, law=rules_of(case).law)
    delivery.announced_on, delivery.objection_ends_on = days.announced_on, days.objection_ends_on
    delivery.due_on, delivery.rule = days.due_on, days.evidence()
    delivery.save(update_fields=["announced_on", "objection_ends_on", "due_on", "rule"])
    set_due(case=case, due_on=days.due_on)
    audit.record("delivery.counted_anew", subject=delivery, announced_on=days.announced_on.isoformat())


def _check_text(text: str) -> str:
    text = text.strip()
    if not text:
        raise TextMissing
    if len(text) > MAX_TEXT:
        raise TextMissing(f"Der Text ist zu lang. Bitte kürzen Sie auf höchstens {MAX_TEXT} Zeichen.")
    return text
