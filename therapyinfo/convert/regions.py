"""Regions as people write them, to the ids of the file's list."""

import re
from unicodedata import normalize

from ..text import normalize_name
from ..yaml_reader import Value

_SEPARATOR = re.compile(r"[,;]|\s(?:and)\s")
_PLACE = re.compile(r"\([^()]*\)$|\sonly$")


class RegionNames:
    """Finds the ids of regions by name, and gives a region that is not listed an id of its own.

    Attributes:
        added: The printed names of the regions that were not listed, by their new ids.

    """

    def __init__(self, regions: Value) -> None:
        """Take the values under `regions` of a file with its layers, sound or not."""
        self.added: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        for id, region in regions.items() if isinstance(regions, dict) else ():
            fields = region if isinstance(region, dict) else {}
            aliases = fields.get("aliases")
            for name in (id, fields.get("name"), *(aliases if isinstance(aliases, list) else ())):
                if isinstance(name, str):
                    self._ids.setdefault(normalize_name(name), id)

    def ids(self, text: str) -> list[str]:
        """Return the ids for a text, each once.

        >>> names = RegionNames({"us": {}, "eu": {}})
        >>> names.ids("US and EU"), names.ids("Canada (Toronto)"), names.added
        (['us', 'eu'], ['canada'], {'canada': 'Canada'})
        """
        if found := self._ids.get(normalize_name(text)):
            return [found]
        parts = (_PLACE.sub("", part.strip()).strip() for part in _SEPARATOR.split(text))
        return list(dict.fromkeys(self._id(part) for part in parts if part))

    def _id(self, name: str) -> str:
        key = normalize_name(name)
        if key not in self._ids:
            plain = normalize("NFKD", name.casefold())
            slug = "-".join(re.findall("[a-z0-9]+", plain)) or "region"
            taken = {*self._ids.values()}
            others = (f"{slug}-{number}" for number in range(2, len(taken) + 3))
            id = next(each for each in (slug, *others) if each not in taken)
            self._ids[key] = id
            self.added[id] = name
        return self._ids[key]
