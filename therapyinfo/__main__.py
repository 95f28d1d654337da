"""Run the tool as `python -m therapyinfo`."""

from .cli import main

main()
