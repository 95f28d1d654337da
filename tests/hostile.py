"""What a knowledge file or a cache may say that a shell would read as more than a word."""

TRAP = "touch owned"
"""What none of the values may make a shell run, directly or by naming `owned` as a target."""

HOSTILE = {
    "end of a statement": f"; {TRAP}; #",
    "pipe": f"|{TRAP}",
    "background": f"& {TRAP}",
    "both": f"&& {TRAP}",
    "output to a file": ">owned",
    "parentheses": f"({TRAP})",
    "substitution": f"$({TRAP})",
    "backslash and substitution": f"\\$({TRAP})",
    "process substitution": f"<({TRAP})",
    "backquotes": f"`{TRAP}`",
    "backslashes and backquotes": f"\\`{TRAP}\\`",
    "single quotes": f"'; {TRAP}; '",
    "double quotes": f'"; {TRAP}; "',
    "backslash and double quotes": f'\\"; {TRAP}; \\"',
    "end of a list of zsh": f"\"))'; {TRAP}; '((\"",
    "expression of zsh": f"${{(e):-$({TRAP})}}",
    "line end": f"\n{TRAP}\n",
    "blank": " owned",
    "glob": "*",
    "one of several": "[a-z]?",
    "home": "=~",
    "history": "!!",
    "braces": "{a,b}",
    "variable": "$HOME",
    "comment": "#",
    "end of a description": ":::owned:",
}
"""Each stands behind the start of a name, so that TAB chooses it alone."""

CONTROLS = {
    "tab": f"\t{TRAP}",
    "carriage return": f"\r{TRAP}\r",
    "kill line": f"\x15{TRAP}\r",
    "escape": f"\x1b[A;{TRAP}\r",
    "delete": f"\x7f\x7f\x7f; {TRAP}\r",
}
"""A knowledge file with one is refused, a cache is not."""

OPTIONS = ["-o", "--output=owned", "-", "--"]
"""Whole names that this tool would read as options."""


def begun(values: dict[str, str]) -> list[str]:
    """Return the values, each behind a start of its own that no other has: za, zb and so on."""
    starts = (
        f"z{chr(ord('a') + number // 26)}{chr(ord('a') + number % 26)}" for number in range(676)
    )
    return [start + value for start, value in zip(starts, values.values(), strict=False)]
