"""TAB and Enter in bash, zsh and fish: nothing that a knowledge says is run."""

from collections.abc import Callable, Sequence
from json import dumps
from pathlib import Path

import pytest
from msgspec.structs import replace

from therapyinfo import layers
from therapyinfo.layers import LoadedKnowledge
from therapyinfo.store.cache import open_knowledge
from therapyinfo.store.locate import builtin_file

from .hostile import CONTROLS, HOSTILE, begun
from .shells import STARTED, Shell
from .small import SMALL

pytestmark = pytest.mark.shell

GOOD = "zz-quite-good"
IN_A_FILE = [*begun(HOSTILE), GOOD]
IN_A_CACHE = [*begun({**HOSTILE, **CONTROLS}), GOOD]
NAME = "knowledge.yaml"


def _products(regions: Sequence[str]) -> str:
    """Return a list of one product that each of the regions has authorised."""
    decisions = [
        {"region": region, "regulator": "FDA", "status": "approved", "date": "2024"}
        | {"indication": "Adults", "sources": ["label-2024"]}
        for region in regions
    ]
    return dumps([{"brand": "Examplia", "generic": "example-cel", "authorisations": decisions}])


def _file(folder: Path) -> None:
    start, end = SMALL.index("    products:\n"), SMALL.index("    outcomes:\n")
    text = f"{SMALL[:start]}    products: {_products(IN_A_FILE)}\n{SMALL[end:]}"
    (folder / NAME).write_text(text, encoding="utf-8")


def _layer(folder: Path) -> None:
    (folder / "base.yaml").write_text(SMALL, encoding="utf-8")
    text = f"extends: base.yaml\ntherapies:\n  msc:\n    products: {_products(IN_A_FILE)}\n"
    (folder / NAME).write_text(text, encoding="utf-8")


def _cache(folder: Path) -> None:
    """Write a sound file, whose cache entry will say what the file does not."""
    (folder / NAME).write_text(SMALL, encoding="utf-8")


def _planted(read: Callable[..., LoadedKnowledge]) -> Callable[..., LoadedKnowledge]:
    """Return what reads a file and then says hostile things of it."""

    def load(*given: object) -> LoadedKnowledge:
        loaded = read(*given)
        therapy = loaded.knowledge.therapies["car-t"]
        (product,) = therapy.products
        (given_one,) = product.authorisations
        regions = tuple(replace(given_one, region=(name,)) for name in IN_A_CACHE)
        changed = replace(therapy, products=(replace(product, authorisations=regions),))
        therapies = dict.fromkeys(IN_A_CACHE, changed)
        return replace(loaded, knowledge=replace(loaded.knowledge, therapies=therapies))

    return load


FIELDS = {"region": "products --data {} --region ", "id": "explain --data {} "}
SOURCES = {
    "file": (_file, IN_A_FILE, ["region"]),
    "layer": (_layer, IN_A_FILE, ["region"]),
    "cache": (_cache, IN_A_CACHE, ["id"]),
}


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("name", STARTED)
def test_a_tab_runs_nothing(
    name: str, source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, values, fields = SOURCES[source]
    cached = tmp_path / "cache"
    with Shell(name, tmp_path, cached) as shell:
        write(shell.folder)
        before = sorted(shell.folder.iterdir())
        monkeypatch.chdir(shell.folder)
        with monkeypatch.context() as planting:
            if source == "cache":
                planting.setattr(layers, "load", _planted(layers.load))
            planting.setenv("HOME", str(shell.home))
            open_knowledge(Path(NAME), builtin_file(), cached)
        for field in fields:
            line = FIELDS[field].format(NAME)
            for value in values[:-1]:
                shell.complete(f"{line}{value[:3]}")
                assert sorted(shell.folder.iterdir()) == before, value
            assert shell.complete(f"{line}{GOOD[:4]}")[-1] == GOOD
