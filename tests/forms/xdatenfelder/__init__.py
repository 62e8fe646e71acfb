"""Tests of files of XDatenfelder, with invented schemas and, where they are there, real ones."""
