"""Run the tool as `python -m therapyinfo`."""

from .cli.main import entry_point

entry_point()
