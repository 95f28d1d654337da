"""What a package carries beside its knowledge files: compiled, indexed, and in one piece."""

import re
from collections.abc import Iterator
from pathlib import Path

from . import __version__
from .layers import load
from .library import Library
from .search import make_index
from .store.artifact import Artifact
from .store.cache import bundle_knowledge
from .store.owned import INDEX_SUFFIX, SUFFIX
from .views.documents import all_documents
from .yaml_reader import decode, parse_fast

WHOLE = "whole.yaml"
"""The knowledge in one piece, for whoever wants one file to copy or to mail."""

_SECTION = re.compile(r"^([a-z]\w*):", re.MULTILINE)
_ABOUT = """\
# yaml-language-server: $schema=therapies.schema.json
#
# The whole knowledge in one piece, made from therapies.yaml and the files that it includes.

"""


def bundled_files(builtin: Path) -> dict[str, bytes]:
    """Return each file that is made from a knowledge file for a package, by its name."""
    document = bundle_knowledge(builtin, __version__)
    artifact = Artifact(document)
    index = make_index(all_documents(Library(artifact)), artifact.stamp, artifact.vocabulary())
    content = index.content()
    index.close()
    return {
        WHOLE: whole_text(builtin).encode(),
        f"{builtin.stem}{SUFFIX}": document,
        **({f"{builtin.stem}{INDEX_SUFFIX}": content} if content else {}),
    }


def whole_text(path: Path) -> str:
    """Return a knowledge file and those it includes as the text of one.

    Its entries stand in the order of the files. Raise ValueError if that is not the same knowledge.
    """
    head = dict(_sections(path))
    head.pop("include", None)
    names = parse_fast(decode(path.read_bytes(), str(path))).get("include", [])
    for name in names:
        for key, entries in _sections(path.parent / name):
            head[key] = f"{head[key].rstrip()}\n\n{entries}" if key in head else entries
    text = _ABOUT + "".join(f"{key}:{rest.rstrip()}\n\n" for key, rest in head.items())
    whole = path.with_name(WHOLE)
    made = load(whole, whole, lambda _: text.encode()).knowledge
    if made != load(path, path).knowledge:
        raise ValueError(f"{path} and what it includes cannot be joined as text")
    return f"{text.rstrip()}\n"


def _sections(path: Path) -> Iterator[tuple[str, str]]:
    """Yield each key at the left of a file with all that stands under it."""
    text = path.read_text(encoding="utf-8")
    starts = [*_SECTION.finditer(text)]
    ends = [*(each.start() for each in starts[1:]), len(text)]
    for start, end in zip(starts, ends, strict=True):
        yield start[1], text[start.end() : end]
