"""Compile the knowledge file when a wheel is built, so that its first run need not."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileKnowledge(BuildHookInterface):
    """Put the compiled block beside the knowledge file in the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the block to a standard wheel; an editable install reads the file as it changes."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from therapyinfo.cache import shipped_block

        block = Path(tempfile.mkdtemp(), "therapies.knowledge")
        block.write_bytes(shipped_block(Path(self.root, "data", "therapies.yaml")))
        build_data["force_include"][str(block)] = "therapyinfo/data/therapies.knowledge"
