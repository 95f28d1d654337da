"""What can go wrong, each with its exit code and its stable code."""

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import ClassVar, Literal

from msgspec import Struct

Severity = Literal["error", "warning"]


class ExitCode(IntEnum):
    """How a process ends.

    Attributes:
        OK: The question was answered.
        FAILED: No such name, nothing found, an error in a checked file, or no way to write.
        USAGE: The command line cannot be followed.
        INVALID_DATA: The knowledge file is missing, unreadable or invalid.
        INTERRUPTED: Ctrl-C.

    """

    OK = 0
    FAILED = 1
    USAGE = 2
    INVALID_DATA = 3
    INTERRUPTED = 130


MOST_ERRORS = 1_000
"""Nobody reads more at once; finding them takes time and memory."""

STDIN_NAME = "<stdin>"
"""How problems name what came from standard input."""


class Problem(Struct, frozen=True, order=True):
    """One error or warning of a knowledge file.

    Attributes:
        path: The file, as it was named.
        line: The line, counted from 1.
        column: The character of that line, counted from 1.
        severity: Whether it is an error or a warning.
        rule: The stable id of the rule, listed in `docs/checks.md`.
        where: The dotted path of the entry, such as `therapies.car-t.risks[0]`; "" for the whole
            file.
        message: What is wrong, and how to fix it.
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
        place = f"{shown_path(self.path)}:{self.line}:{self.column}"
        return one_line(f"{place}: {self.severity}[{self.rule}]{where} {self.message}")


class Problems(list[Problem]):
    """Problems as they are found, each once; the last of MOST_ERRORS raises DataError."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        super().__init__()
        self._seen: set[Problem] = set()
        self.extend(problems)

    def append(self, problem: Problem) -> None:
        """Add a problem unless it is there.

        Raises:
            DataError: There are too many now; it holds all of them.
        """
        if problem in self._seen:
            return
        if len(self) < MOST_ERRORS:
            self._seen.add(problem)
            super().append(problem)
        if len(self) >= MOST_ERRORS:
            raise DataError(self)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Add problems one by one.

        Raises:
            DataError: There are too many now; it holds all of them.
        """
        for problem in problems:
            self.append(problem)


class TherapyInfoError(Exception):
    """The base of everything that ends a command with a message and an exit code.

    Attributes:
        exit_code: How the process ends.
        code: The stable name of the error in JSON.
        suggestions: What may have been meant, best first.
    """

    exit_code: ClassVar[ExitCode] = ExitCode.FAILED
    code: ClassVar[str] = "error"

    def __init__(self, message: str, suggestions: Sequence[str] = ()) -> None:
        super().__init__(one_line(message))
        self.suggestions = tuple(suggestions)


class UnknownName(TherapyInfoError):
    """Nothing has this name: no therapy, term, section, row, region or step."""

    def __init__(
        self,
        kind: str,
        name: str,
        suggestions: Sequence[str],
        listing: str,
        shown: Sequence[str] = (),
    ) -> None:
        """Make the error; `shown` is how its message names the suggestions."""
        meant = shown or suggestions
        hint = f" Did you mean {_join_with_or(meant)}?" if meant else ""
        super().__init__(f"no {kind} is called {name!r}.{hint} See: {listing}", suggestions)
        self.code = f"unknown_{kind}"  # type: ignore[misc]  # the code names the kind


class NotATherapy(TherapyInfoError):
    """A name that is known, and not that of one therapy."""

    code = "unknown_therapy"


class IllnessNamed(NotATherapy):
    """An illness was named where a therapy is asked for.

    Attributes:
        illness: The id of its term.
    """

    def __init__(self, message: str, illness: str) -> None:
        super().__init__(message)
        self.illness = illness


class NothingFound(TherapyInfoError):
    """The question was understood and the knowledge file has no answer to it."""

    code = "nothing_found"


class TargetExistsError(TherapyInfoError):
    """A new file was to be written and its name is taken."""

    code = "file_exists"


class UsageError(TherapyInfoError):
    """The command line cannot be followed."""

    exit_code = ExitCode.USAGE
    code = "usage"


class DataError(TherapyInfoError):
    """The knowledge file is missing, unreadable or invalid.

    Attributes:
        problems: Every error, sorted by place; of too many, the first MOST_ERRORS that were found.
    """

    exit_code = ExitCode.INVALID_DATA
    code = "invalid_data"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems[:MOST_ERRORS]))
        lines = list(map(str, self.problems))
        if len(lines) == MOST_ERRORS:
            lines.append(f"stopped after {MOST_ERRORS:,} errors, there may be more")
        super().__init__("")
        self.args = ("\n".join(lines),)  # the only message of several lines


def unreadable(path: str, err: Exception | str) -> DataError:
    """Return the error of a knowledge file that cannot be read, and why."""
    message = f"cannot read the knowledge file: {reason(err) or 'not enough memory'}"
    return DataError([Problem(path, 1, 1, "error", "unreadable", "", message)])


def reason(err: Exception | str) -> str:
    """Return why something failed, as the system says it where that is known."""
    return getattr(err, "strerror", None) or str(err)


class OutputError(TherapyInfoError):
    """The answer could not be written where it was to go."""

    code = "cannot_write"


def one_line(text: str) -> str:
    r"""Return a text with its line ends escaped, so that no data begins a line of its own.

    GitHub takes `##[` for a command anywhere in a line.

    >>> one_line("a\n::error::b")
    'a\\n::error::b'
    """
    return text.replace("\r", "\\r").replace("\n", "\\n").replace("##[", "# #[")


def shown_path(path: str) -> str:
    """Return a path as text that begins no workflow command of GitHub.

    >>> shown_path("::stop-commands::x.yaml")
    './::stop-commands::x.yaml'
    """
    return one_line(f"./{path}" if path.lstrip().startswith("::") else path)


def _join_with_or(names: Sequence[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} or {last}" if others else last
