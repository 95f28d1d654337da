"""What can go wrong, each with its exit code and its stable code."""

from collections.abc import Sequence
from typing import ClassVar, Literal

from msgspec import Struct

Severity = Literal["error", "warning"]


class Problem(Struct, frozen=True, order=True):
    """One fault or warning of a knowledge file, at a place counted from 1.

    where: the dotted path of the entry, such as `therapies.car-t.risks[0]`; "" for the whole file.
    rule: the stable id of the rule, listed in `docs/checks.md`.
    """

    path: str
    line: int
    column: int
    severity: Severity
    rule: str
    where: str
    message: str

    def __str__(self) -> str:
        """Return the problem as editors read it: `path:line:column: error[rule] where: message`."""
        where = f" {self.where}:" if self.where else ""
        place = f"{self.path}:{self.line}:{self.column}"
        return f"{place}: {self.severity}[{self.rule}]{where} {self.message}"


class TherapyInfoError(Exception):
    """The base of everything that ends a command with a message and an exit code."""

    exit_code: ClassVar[int] = 1
    code: ClassVar[str] = "error"

    def __init__(self, message: str, suggestions: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.suggestions = tuple(suggestions)


class UnknownName(TherapyInfoError):
    """Nothing goes by this name: no therapy, term, section, row, region or step."""

    def __init__(self, kind: str, name: str, suggestions: Sequence[str], listing: str) -> None:
        near = f" Did you mean {_choice(suggestions)}?" if suggestions else ""
        super().__init__(f"no {kind} is called {name!r}.{near} See: {listing}", suggestions)
        self.code = f"unknown_{kind}"  # type: ignore[misc]  # the code names the kind


class NothingFound(TherapyInfoError):
    """The question was understood and the knowledge file has no answer to it."""

    code = "nothing_found"


class FileExists(TherapyInfoError):
    """A file stands where a new one was to be written."""

    code = "file_exists"


class UsageFault(TherapyInfoError):
    """The command line cannot be followed as it stands."""

    exit_code = 2
    code = "usage"


class DataError(TherapyInfoError):
    """The knowledge file is missing, unreadable or invalid.

    problems: every fault, sorted by place.
    """

    exit_code = 3
    code = "invalid_data"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


class CannotWrite(TherapyInfoError):
    """The answer could not be written where it was to go."""

    exit_code = 1
    code = "cannot_write"


def _choice(names: Sequence[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last
