"""Reads service packages, checks them and installs them into the stations above."""
