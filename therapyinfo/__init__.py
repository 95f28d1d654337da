"""Explain advanced therapies in a terminal, with a source for every claim."""

__version__ = "2.0.0.dev0"
