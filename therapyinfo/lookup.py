"""What a name is of: a therapy, a product, a code, an illness, a word of the glossary."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from .errors import IllnessNamed, NotATherapy, UnknownName
from .names import KnownName, near_names, split_names
from .records import Term
from .store.artifact import Summary
from .text import match_name

SHORTEST_ILLNESS = 5
"""As many letters a mistyped name of an illness has at least."""


class Lookup:
    """Tells what names are of; nothing is decoded before a name asks for it.

    summaries: of every therapy. names: returns the names of products, and the codes. glossary:
    returns every term by its id. command: returns a command for a reader to type.
    """

    def __init__(
        self,
        summaries: Sequence[Summary],
        names: Callable[[], Iterable[KnownName]],
        glossary: Callable[[], dict[str, Term]],
        command: Callable[..., str],
    ) -> None:
        self._ids = {each.id for each in summaries}
        self._summaries = summaries
        self._names = names
        self._glossary = glossary
        self._command = command

    def therapy_of(self, name: str) -> str | None:
        """Return the id of the therapy that a name opens; None if it opens none."""
        if name in self._ids:
            return name
        if id := match_name(name, self._spellings):
            return id
        known = self.known_name(name)
        return known.therapy if known else None

    def known_name(self, name: str) -> KnownName | None:
        """Return the brand, generic name or code that a name is; None if it is none of one."""
        return None if name in self._ids else match_name(name, self._known_names)

    def is_known(self, name: str) -> bool:
        """Return whether a name is that of a therapy, of a product, a code, or of a term."""
        return self.therapy_of(name) is not None or match_name(name, self.terms) is not None

    def names_in(self, words: Sequence[str]) -> list[str] | None:
        """Return the names of therapies that words are; None where a word is part of none."""
        if all(word in self._ids for word in words):
            return list(words)
        return split_names(words, lambda name: self.therapy_of(name) is not None)

    def known_names(self) -> list[KnownName]:
        """Return the brands, the generic names and the codes."""
        return list(self._known_names.values())

    def products(self) -> list[KnownName]:
        """Return the brands and the generic names, without the codes."""
        return [each for each in self._known_names.values() if each.kind in ("brand", "generic")]

    def near(self, name: str) -> tuple[list[str], list[str]]:
        """Return what a mistyped name must mean: ids, and how a message is to name them."""
        products = {each: known.therapy for each, known in self._known_names.items()}
        meant = near_names(name, {**products, **self._spellings})
        own = [self._spellings[each] for each in meant if each in self._spellings]
        if own:
            return own[:1], own[:1]
        if meant:
            first = min(meant, key=len)
            return [products[first]], [f"{first} ({products[first]})"]
        # Most illnesses have a name of a few letters, which is one letter away from many words.
        illnesses = {spelling: id for spelling, id in self.terms.items() if self._is_illness(id)}
        meant = near_names(name, illnesses) if len(name) >= SHORTEST_ILLNESS else []
        return [illnesses[each] for each in meant[:1]], meant[:1]

    def _is_illness(self, id: str) -> bool:
        return self._glossary()[id].kind == "illness"

    def not_found(self, name: str) -> UnknownName | NotATherapy:
        """Return the error of a name that opens no therapy, with what else it may be."""
        id = match_name(name, self.terms)
        if id and self._is_illness(id):
            used = self._command("explain", name)
            message = f"{name!r} is an illness, not a therapy. What is used for it: {used}"
            return IllnessNamed(message, id)
        if id:
            meaning = self._command("define", name)
            message = f"{name!r} is a word of the glossary, not a therapy. What it means: {meaning}"
            return NotATherapy(message)
        names = self.names_in(name.split()) or []
        if len({*map(self.therapy_of, names)}) > 1:
            compared = self._command("compare", *names)
            return NotATherapy(f"{name!r} names several therapies. To compare them: {compared}")
        suggestions, shown = self.near(name)
        return UnknownName("therapy", name, suggestions, self._command("list"), shown)

    @cached_property
    def terms(self) -> dict[str, str]:
        """The id of each term, by all that it is called."""
        return {
            spelling: id
            for id, term in self._glossary().items()
            for spelling in (id, term.term, *term.aliases)
        }

    @cached_property
    def _known_names(self) -> dict[str, KnownName]:
        found: dict[str, KnownName] = {}
        for each in self._names():
            found.setdefault(each.name, each)
        return found

    @cached_property
    def _spellings(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for summary in self._summaries:
            for name in (summary.id, summary.name, summary.full_name, *summary.aliases):
                if name:
                    found.setdefault(name, summary.id)
        return found
