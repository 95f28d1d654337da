"""The names of products, and codes: which therapy each opens, and the sentence that says why."""

import re
from collections.abc import Callable, Iterator, Mapping

from .names import Kind, KnownName
from .records import Product, Therapy
from .text import listed, lower_first, normalize_name, upper_first

LONGEST_EVERYDAY_WORD = 6
"""Names of substances begin with longer words, unlike `all kinds` and `dental kit`."""

_BIOLOGICAL_SUFFIX = re.compile(r"(?<=[a-z]{3}|l-L)-[a-z]{4}\Z")
"""The four letters that the FDA puts behind the generic name of a biological medicine."""

_LAST_LETTER = re.compile(r"(?<=cel)-[A-Z]\Z")
"""The letter that ends the names of some cells, as in sipuleucel-T, and that few people type."""

_JOINED = re.compile(r" / | and ")
_BRACKETS = re.compile(r" \(([^()]*)\)")
_SPELT_WITH_A_VOWEL = "AEFHILMNORSX"
"""The letters whose names begin with a vowel, as in `an MSC product`."""


def known_names(therapies: Mapping[str, Therapy]) -> tuple[KnownName, ...]:
    """Return every brand, generic name and code of the therapies, by their ids.

    A code of several therapies opens the one that has a name of what the code stands for.
    """
    products = [each for id, one in therapies.items() for each in _of_products(id, one)]
    owners: dict[str, set[str]] = {}
    own = ((name, id) for id, one in therapies.items() for name in (one.name, *one.aliases))
    for name, id in (*((each.name, each.therapy) for each in products), *own):
        owners.setdefault(normalize_name(name), set()).add(id)
    codes: dict[str, list[tuple[KnownName, str]]] = {}
    for id, therapy in therapies.items():
        for each in therapy.codes:
            system = _BRACKETS.sub("", each.system)
            stands_for = f"{each.code} ({system}) stands for {each.label}"
            reason = f"{stands_for}, listed under {therapy.name}."
            known = KnownName(name=each.code, therapy=id, kind="code", reason=reason)
            codes.setdefault(normalize_name(each.code), []).append((known, each.label))
    for same in codes.values():
        owned = [
            each for each, label in same if each.therapy in owners.get(normalize_name(label), ())
        ]
        products += owned or [each for each, _ in same]
    return tuple(products)


def brand_names(product: Product) -> Iterator[str]:
    """Yield the trade names of a product, such as both of `Libmeldy (EU) and Lenmeldy (US)`."""
    if product.brand:
        yield product.brand
        yield from _JOINED.split(_BRACKETS.sub("", product.brand))


def generic_names(product: Product) -> Iterator[str]:
    """Yield the generic names of a product: `tisagenlecleucel (tisa-cel)` has two."""
    yield product.generic
    first = _BRACKETS.sub("", product.generic).partition(",")[0]
    substance = _BIOLOGICAL_SUFFIX.sub("", first)
    yield from (first, substance, _LAST_LETTER.sub("", substance))
    for inside in _BRACKETS.findall(product.generic):
        yield from filter(_is_name, inside.split(", "))


def _is_name(words: str) -> bool:
    """Return whether words in brackets are a name: one word, or two of which the first is long."""
    first, *others = words.split() or [""]
    return not others or (len(others) == 1 and len(first) > LONGEST_EVERYDAY_WORD)


def parts(product: Product) -> Iterator[str]:
    """Yield the substances of a product of several, such as `nivolumab and relatlimab-rmbw`."""
    first, joined, others = _BRACKETS.sub("", product.generic).partition(" and ")
    if not joined:
        first, joined, _ = first.partition(" with ")
    if joined and " " not in first:
        yield first
        yield from (
            _BIOLOGICAL_SUFFIX.sub("", part)
            for part in others.split(" and ")
            if part and part.count(" ") < 2
        )


NAMES_OF_PRODUCTS: dict[Kind, Callable[[Product], Iterator[str]]] = {
    "brand": brand_names,
    "generic": generic_names,
    "part": parts,
}
"""What yields the names of a product, by their kind; a name that is of two is of the first."""


def product_phrase(therapy: Therapy) -> str:
    """Return what a product of a therapy is, such as `a CAR-T product`.

    The singular of a name in the plural stands among the aliases.
    """
    name = therapy.name
    if name.endswith(")"):
        return _with_article(f"{name.rpartition(' (')[2].removesuffix(')')} product")
    if name.endswith(" therapy"):
        return _with_article(f"{lower_first(name.removesuffix(' therapy'))} product")
    for alias in therapy.aliases:
        if name.casefold() in (f"{alias}s".casefold(), f"{alias[:-1]}ies".casefold()):
            return _with_article(lower_first(alias))
    return f"a product of {_in_a_sentence(therapy)}"


def _of_products(id: str, therapy: Therapy) -> list[KnownName]:
    """Return the names of a therapy's products, each once, as the first kind that it is."""
    found: dict[str, tuple[Kind, str, list[Product]]] = {}
    own = {normalize_name(each) for each in (therapy.name, *therapy.aliases)}
    for kind, named in NAMES_OF_PRODUCTS.items():
        for product in therapy.products:
            for name in dict.fromkeys(named(product)):
                if kind == "part" and normalize_name(name) in own:
                    continue
                first, _, same = found.setdefault(normalize_name(name), (kind, name, []))
                if first == kind and product not in same:
                    same.append(product)
    return [
        KnownName(name=name, therapy=id, kind=kind, reason=_reason(name, kind, same, therapy))
        for kind, name, same in found.values()
    ]


def _reason(name: str, kind: Kind, products: list[Product], therapy: Therapy) -> str:
    what = product_phrase(therapy)
    if all(each.use == "supportive" for one in products for each in one.authorisations):
        what = f"a supportive drug used with {_in_a_sentence(therapy)}"
    subject = upper_first(name) if name.partition(" ")[0].islower() else name
    brands = list(dict.fromkeys(each.brand for each in products if each.brand))
    if any("(all kinds)" in each.generic for each in products):  # which describes products
        return f"{subject}: recorded under {therapy.name}."
    verb = "are" if " " in name and name.partition(" (")[0].endswith("s") else "is"
    if kind == "brand" or not brands:
        return f"{subject} {verb} {what}."
    if kind == "part":
        return f"{subject} is part of {listed(brands)}, {what}."
    if len(brands) > 1:
        return f"{subject}, sold as {listed(brands)}, {verb} {what}."
    return f"{subject} is the generic name of {brands[0]}, {what}."


def _in_a_sentence(therapy: Therapy) -> str:
    name = therapy.name
    if name.endswith(")"):
        return name.rpartition(" (")[2].removesuffix(")")
    return f"{name[:1].lower()}{name[1:]}" if name.partition(" ")[0][1:].islower() else name


def _with_article(words: str) -> str:
    first = re.split(r"\W", words)[0]
    is_spelt = first.isupper() and not re.search("[AEIOUY]", first[1:])
    vowels = _SPELT_WITH_A_VOWEL if is_spelt else "AEIOUaeiou"
    return f"{'an' if words.startswith(tuple(vowels)) else 'a'} {words}"
