"""Build hook: compile the knowledge and the search index into the wheel."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileKnowledge(BuildHookInterface):
    """Put the compiled block and the index for `search` beside the knowledge file in the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add them to a standard wheel; an editable install reads the file as it changes."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from therapyinfo.library import Library
        from therapyinfo.store.artifact import Artifact
        from therapyinfo.store.cache import ArtifactCache, bundled_block
        from therapyinfo.views.search import index_of

        block = Path(tempfile.mkdtemp(), "therapies.knowledge")
        block.write_bytes(bundled_block(Path(self.root, "data", "therapies.yaml")))
        artifact = Artifact(block.read_bytes())
        index_of(
            Library(artifact, ArtifactCache(artifact, block))
        ).close()  # keeps it beside the block
        for file in block.parent.iterdir():
            build_data["force_include"][str(file)] = f"therapyinfo/data/{file.name}"
