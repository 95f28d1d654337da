"""Make a knowledge file of any number of therapies out of the built-in one.

The first therapies are whole; the rest are copies under other names that keep the parts below,
so that 300 of them make about 5 MB.
"""

import re
import sys
from itertools import cycle, islice
from pathlib import Path

from therapyinfo.bundle import whole_text
from therapyinfo.store.locate import builtin_file

ENTRY = re.compile(r"^  ([a-z0-9-]+):\n(?:(?:    .*|  #.*|\s*)\n)*", re.MULTILINE)
NEXT_SECTION = re.compile(r"\n(?=[a-z]+:)")
FIELD = re.compile(r"^    ([a-z_]+):.*\n(?:(?:      .*|\s*)\n)*", re.MULTILINE)
KEPT = ["name", "category", "summary", "main_message", "facts", "how_it_works", "total_time"]
KEPT += ["steps", "considered", "benefits", "get_help"]


def enlarged(text: str, count: int) -> str:
    """Return a knowledge file with `count` therapies."""
    start = text.index("\ntherapies:\n") + len("\ntherapies:\n")
    after = NEXT_SECTION.search(text, start)
    end = after.start() if after else len(text)
    entries = [(found[1], found[0]) for found in ENTRY.finditer(text[start:end])]
    copies = islice(cycle(entries), count - len(entries))
    more = "".join(_copy(id, entry, number) for number, (id, entry) in enumerate(copies))
    return f"{text[:end]}\n{more}\n{text[end:]}"


def _copy(id: str, entry: str, number: int) -> str:
    fields = {found[1]: found[0] for found in FIELD.finditer(entry)}
    fields["name"] = f"    name: Copy {number} of {id}\n"
    return f"  {id}-copy-{number}:\n" + "".join(fields[name] for name in KEPT if name in fields)


if __name__ == "__main__":
    path = Path(sys.argv[2]) if len(sys.argv) > 2 else builtin_file()
    sys.stdout.write(enlarged(whole_text(path), int(sys.argv[1])))
