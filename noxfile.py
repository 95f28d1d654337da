"""The commands of daily work and of continuous integration: `nox -s NAME`, `nox -l` lists them."""

import re
from hashlib import sha256
from pathlib import Path

import nox

nox.options.sessions = ["lint", "types", "tests"]
nox.options.reuse_existing_virtualenvs = True

PROJECT = nox.project.load_toml("pyproject.toml")
PARALLEL = ("-n", "2", "--dist", "worksteal")
COMMANDS = """
explain car-t
compare car-t msc
walkthrough car-t
numbers car-t
list -f json
products --region US -f csv
search driving
define CRS
sources msc
explain car-t -f html
explain car-t -f markdown
schema
new -
check --strict
"""
"""What an installed wheel must answer."""


@nox.session
def lint(session: nox.Session) -> None:
    """Check format and style; `nox -s lint -- --fix` mends what it can."""
    session.install(*_extra("lint", "ruff"))
    fix = "--fix" in session.posargs
    session.run("ruff", "format", *([] if fix else ["--check"]), ".")
    session.run("ruff", "check", *session.posargs, ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check the types of the package, the tests and the scripts."""
    session.install("-e", ".[test,lint]", *_group("dev"))
    session.run("mypy", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run all tests, or those of the arguments: `nox -s tests -- tests/test_cli.py`."""
    session.install("-e", ".[test]")
    session.run("python", "-m", "pytest", *(session.posargs or PARALLEL))


@nox.session
def quick(session: nox.Session) -> None:
    """Run the tests that start no process and draw few pages."""
    session.install("-e", ".[test]")
    session.run("python", "-m", "pytest", *PARALLEL, "-m", "quick", *session.posargs)


@nox.session
def lowest(session: nox.Session) -> None:
    """Run the tests with the oldest libraries that pyproject allows, but for those of processes.

    Shells, terminals and browsers meet the same libraries in either; they take half of the time.
    """
    bounds = [re.sub(r">=([^,]+).*", r"==\1", each) for each in PROJECT["project"]["dependencies"]]
    session.install("-e", ".[test]", *bounds)
    session.run(
        "python",
        "-m",
        "pytest",
        *PARALLEL,
        "-q",
        "-m",
        "not newest and not process",
        *session.posargs,
    )


@nox.session
def build(session: nox.Session) -> None:
    """Build the source distribution, and the wheel from that, into dist/."""
    session.install(*_group("build"))
    for old in Path("dist").glob("therapyinfo-*"):
        old.unlink()
    session.run("python", "-m", "build")
    first = _hashes()
    session.run("python", "-m", "build")
    if _hashes() != first:
        session.error("two builds of the same files are not the same bytes")


@nox.session(requires=["build"])
def wheel(session: nox.Session) -> None:
    """Install the wheel alone and ask it everything, from elsewhere and with an empty home."""
    (built,) = Path("dist").glob("*.whl")
    wheels = str(Path(session.create_tmp(), "wheels"))
    session.run("python", "-m", "pip", "download", "--quiet", "-d", wheels, str(built))
    offline = ("--no-index", "--find-links", wheels)  # as docs/offline.md says
    session.install("--force-reinstall", *offline, "therapyinfo", silent=True)
    data = {file: file.read_bytes() for file in Path("data").rglob("*.yaml")}
    home = session.create_tmp()
    environ = {"HOME": home, "THERAPYINFO_CACHE": None, "PYTHONWARNINGS": "error"}
    session.chdir(home)
    session.run("therapyinfo", "--version", env=environ)
    for line in COMMANDS.strip().splitlines():
        if not session.run("therapyinfo", *line.split(), env=environ, silent=True):
            session.error(f"printed nothing: therapyinfo {line}")
    script = "import therapyinfo; print(therapyinfo.__file__)"
    package = str(session.run("python", "-c", script, silent=True)).strip()
    installed = Path(package).parent
    for file, content in data.items():
        if (installed / file).read_bytes() != content:
            session.error(f"the wheel holds another {file}")
    whole = str(installed / "data" / "whole.yaml")
    session.run("therapyinfo", "check", "--strict", whole, env=environ)
    for line in ("explain car-t --full", "search driving", "list"):
        answers = {
            session.run("therapyinfo", *line.split(), env={**environ, **given}, silent=True)
            for given in ({}, {"THERAPYINFO_DATA": whole})
        }
        if len(answers) > 1:
            session.error(f"the knowledge in one piece answers otherwise: therapyinfo {line}")


@nox.session
def docs(session: nox.Session) -> None:
    """Write the parts of the documents and the schema that come from the code."""
    session.install("-e", ".")
    for script in ("make_reference.py", "make_readme.py", "make_man.py"):
        session.run("python", f"docs/{script}")
    schema = session.run("therapyinfo", "schema", silent=True)
    Path("data", "therapies.schema.json").write_text(str(schema), encoding="utf-8", newline="\n")


@nox.session
def style(session: nox.Session) -> None:
    """List what a person should read again in the built-in text: `nox -s style -- car-t`."""
    session.install("-e", ".[test]")
    session.run("python", "-m", "tests.house_style", *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """Measure which lines and branches the tests reach that call `main` in their own process."""
    session.install("-e", ".[test]", *_group("coverage"))
    session.run("coverage", "run", "-m", "pytest", "-q", "-m", "not process", *session.posargs)
    session.run("coverage", "report")


def _hashes() -> dict[str, str]:
    """Return the hash of each file that was built."""
    built = Path("dist").glob("therapyinfo-*")
    return {each.name: sha256(each.read_bytes()).hexdigest() for each in built}


def _group(name: str) -> tuple[str, ...]:
    return tuple(nox.project.dependency_groups(PROJECT, name))


def _extra(name: str, library: str) -> list[str]:
    """Return what an extra asks of one library."""
    extras = PROJECT["project"]["optional-dependencies"][name]
    return [each for each in extras if re.match(rf"{library}\b", each)]
