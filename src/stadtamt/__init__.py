"""Stadtamt, the open-source city office.

Read downwards, the rooms are a citizen's way through the office; imports point back up the list only:
kernel, citizens | catalogue, forms, cases, processes, payments, decisions, notices, postbox, packages,
web | adapters, conf. The order is held by ``importlinter.ini``.
"""
