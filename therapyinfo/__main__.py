"""Run the tool as `python -m therapyinfo`."""

from .cli import entry_point

entry_point()
