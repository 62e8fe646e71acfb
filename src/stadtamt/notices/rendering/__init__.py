"""From the finished letter to the PDF: Typst in a process of its own."""

from __future__ import annotations

from stadtamt.notices.rendering.fence import refuse_forbidden
from stadtamt.notices.rendering.render import DEFAULT_ARRANGEMENT, Attachment, render_pdf, warm_up

__all__ = ["DEFAULT_ARRANGEMENT", "Attachment", "refuse_forbidden", "render_pdf", "warm_up"]
