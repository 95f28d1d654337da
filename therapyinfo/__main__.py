"""Run the tool as `python -m therapyinfo`."""

from .cli import program

program()
