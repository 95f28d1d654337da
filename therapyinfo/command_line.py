"""The commands that pages and messages print for a reader to type."""


def command_line(*words: str) -> str:
    """Return a command of this tool, quoted so that a shell reads each word as it stands.

    >>> command_line("explain", "car t; x")
    "therapyinfo explain 'car t; x'"
    """
    return " ".join(["therapyinfo", *map(quoted, words)])


def quoted(word: str) -> str:
    """Return a word as a shell has to be given it.

    >>> quoted("car-t"), quoted("$(x)")
    ('car-t', "'$(x)'")
    """
    if word.isascii() and word.replace("-", "").isalnum():
        return word
    from shlex import quote  # nearly every printed command does without

    return quote(word)
