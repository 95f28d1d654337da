"""Build hook: put the knowledge into the wheel, with what is made from it."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BundleKnowledge(BuildHookInterface):
    """Add the knowledge in one piece, and to a wheel its files, compiled and indexed too."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add them to a package; an editable install reads the files as they change."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from therapyinfo.bundle import WHOLE, bundled_files

        data = Path(self.root, "data")
        self._made = tempfile.TemporaryDirectory()  # goes when the build ends
        made = bundled_files(data / "therapies.yaml")
        to_wheel = self.target_name == "wheel"
        if to_wheel:
            for file in sorted(data.rglob("*")):
                if file.is_file() and file.name != WHOLE:
                    name = file.relative_to(data).as_posix()
                    build_data["force_include"][str(file)] = f"therapyinfo/data/{name}"
        for name, content in made.items() if to_wheel else [(WHOLE, made[WHOLE])]:
            file = Path(self._made.name, name)
            file.write_bytes(content)
            folder = "therapyinfo/data" if to_wheel else "data"
            build_data["force_include"][str(file)] = f"{folder}/{name}"
