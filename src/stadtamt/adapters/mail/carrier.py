"""Hands a notification to the mail server."""

from __future__ import annotations

from django.core.mail import EmailMessage


def carry(recipient: str, subject: str, text: str, key: str) -> None:
    """Send one plain mail. The key becomes the Message-ID, so that a mail sent twice is shown once."""
    EmailMessage(
        subject=subject,
        body=text,
        to=[recipient],
        headers={
            "Message-ID": f"<{key}@stadtamt.invalid>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    ).send()
