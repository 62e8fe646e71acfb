"""The face for citizens: search, service, questions, check, receipt, status."""
