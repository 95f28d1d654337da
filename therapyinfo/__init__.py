"""Explain advanced therapies in a terminal, with a source for every claim."""

__version__ = "1.0.0"
