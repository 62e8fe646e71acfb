"""A package not yet installed, as its pages, its diagram and its letters would be. Reads no rows and writes none."""

from stadtamt.packages.preview.looking import LetterView, PageView, Preview, look_at

__all__ = ["LetterView", "PageView", "Preview", "look_at"]
