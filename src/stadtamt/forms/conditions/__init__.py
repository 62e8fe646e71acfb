"""Conditions over answers, and the rules of FIM read into them. Pure."""
