"""Files of the federal information management (FIM, XDatenfelder), read and written. Pure: bytes in, data out."""

from stadtamt.forms.xdatenfelder.errors import XdfRefused
from stadtamt.forms.xdatenfelder.reader import read_document
from stadtamt.forms.xdatenfelder.writer import write_document

__all__ = ["XdfRefused", "read_document", "write_document"]
