"""Files of the federal information management (FIM, XDatenfelder), read and written. Pure: bytes in, data out."""
