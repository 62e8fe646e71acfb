"""The payment code of a letter: EPC069-12 ("GiroCode") with an RF creditor reference (ISO 11649). Pure."""

from __future__ import annotations

import io

import segno

from stadtamt.notices.errors import PaymentDataRefused

MAX_NAME = 70
MAX_CENTS = 99_999_999_999
MAX_BYTES = 331


def payment_code(*, creditor: str, iban: str, bic: str, amount_cents: int, reference: str) -> str:
    """The text inside the code, version 002, UTF-8. Refuses what a banking app would refuse."""
    account, remittance = _compact(iban), _compact(reference)
    if not creditor.strip():
        raise PaymentDataRefused("Für den Zahlcode fehlt der Name der Zahlungsempfängerin.")
    if not is_iban(account):
        raise PaymentDataRefused(f"Die IBAN „{iban}“ ist nicht gültig (Prüfziffer).")
    if not is_creditor_reference(remittance):
        raise PaymentDataRefused(f"Die Zahlungsreferenz „{reference}“ ist keine gültige RF-Referenz (Prüfziffer).")
    if not 1 <= amount_cents <= MAX_CENTS:
        raise PaymentDataRefused("Für den Zahlcode muss der Betrag zwischen 0,01 € und 999.999.999,99 € liegen.")
    amount = f"EUR{amount_cents // 100}.{amount_cents % 100:02d}"
    lines = ["BCD", "002", "1", "SCT", _compact(bic), creditor.strip()[:MAX_NAME], account, amount, "", remittance]
    code = "\n".join(lines)
    if len(code.encode()) > MAX_BYTES:
        raise PaymentDataRefused("Die Zahlungsdaten sind zu lang für den Zahlcode.")
    return code


def code_svg(code: str) -> str:
    """The code as SVG. EPC069-12 wants error correction M and no more than version 13."""
    stream = io.BytesIO()
    _symbol(code).save(stream, kind="svg", border=4, xmldecl=False, svgns=True, nl=False)
    return stream.getvalue().decode()


def code_image(code: str) -> str:
    """The code as ``data:`` address, for the web page of a notice."""
    return str(_symbol(code).svg_data_uri(border=4, scale=4))


def _symbol(code: str) -> segno.QRCode:
    return segno.make_qr(code, error="m", boost_error=False, encoding="utf-8", eci=False)


def is_iban(text: str) -> bool:
    """Form and check digits of ISO 13616; whether the account exists, nobody here knows."""
    account = _compact(text)
    form = 15 <= len(account) <= 34 and account[:2].isalpha() and account[2:4].isdecimal()
    return form and _remainder(account) == 1


def is_creditor_reference(text: str) -> bool:
    """``RF``, two check digits, up to 21 letters or digits (ISO 11649)."""
    reference = _compact(text)
    return 5 <= len(reference) <= 25 and reference.startswith("RF") and _remainder(reference) == 1


def in_groups(text: str) -> str:
    """Groups of four, as people read an IBAN or a reference."""
    compact = _compact(text)
    return " ".join(compact[start : start + 4] for start in range(0, len(compact), 4))


def _compact(text: str) -> str:
    return "".join(text.split()).upper()


def _remainder(text: str) -> int:
    """ISO 7064 MOD 97-10 of the text with its first four characters behind; 0 for foreign characters."""
    if not (text.isascii() and text.isalnum()):
        return 0
    return int("".join(str(int(character, 36)) for character in text[4:] + text[:4])) % 97
