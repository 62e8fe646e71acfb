"""What every letter of the house says in the same words: reference block, payment data, remedy, seal. German."""

from __future__ import annotations

from stadtamt.kernel.expressions import compile_text

# Label and value of the reference block; an entry without a value is left out.
REFERENCE = tuple(
    (label, compile_text(value))
    for label, value in (
        ("Vorgang", "{case.number}"),
        ("Datum", "{decision.date}"),
        ("Ihr Antrag vom", "{case.submitted_on}"),
        ("Bearbeitung", '{if decision.automated then "automatisch erstellt" else decision.clerk}'),
        ("Telefon", "{town.phone}"),
        ("E-Mail", "{town.mail}"),
        ("Internet", "{town.web}"),
    )
)

SALUTATION = "Guten Tag {name},"

PAYMENT = tuple(
    (label, compile_text(value))
    for label, value in (
        ("Betrag", "{money(payment.amount_cents)}"),
        ("Zu zahlen bis", "{payment.due}"),
        ("Empfänger", "{town.creditor}"),
        ("IBAN", '{iban}{if town.bank = null or town.bank = "" then "" else " (" + town.bank + ")"}'),
        ("Verwendungszweck", "{reference}"),
    )
)
PAYMENT_CODE_ALT = compile_text(
    "Zahlcode für Ihre Banking-App: {money(payment.amount_cents)} an {town.creditor}, Verwendungszweck {reference}"
)

REMEDY_TITLE = compile_text("Rechtsbehelfsbelehrung")
# § 58 (1) VwGO: remedy, body, seat and period; § 70 (1) VwGO: the forms. The period is a phrase of its own
# ("innerhalb eines Monats nach Bekanntgabe") because it is computed where the law is.
REMEDY = compile_text(
    "Gegen diesen Bescheid können Sie {remedy.period_text} Widerspruch erheben ({remedy.paragraph}): schriftlich, in "
    "elektronischer Form nach § 3a Abs. 2 VwVfG, schriftformersetzend nach § 3a Abs. 3 VwVfG und § 9a Abs. 5 OZG oder "
    'zur Niederschrift bei: {remedy.body}, {string join(remedy.address, ", ")}'
    '{if contains(string join(remedy.address, " "), remedy.seat) then "" else " (Sitz: " + remedy.seat + ")"}. '
    "Eine einfache E-Mail genügt nicht."
)

SEAL = compile_text('Elektronisch gesiegelt.{if verify.url = null or verify.url = "" then "" else " Echtheit prüfen:"}')
