"""Settings, urls, wsgi, command line."""
