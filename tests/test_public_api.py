from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from importlib import import_module
from pathlib import Path

import pytest

import briefing

PACKAGE = Path(briefing.__file__).parent
HEAVY = (
    "openai",
    "instructor",
    "weasyprint",
    "pydantic",
    "jinja2",
    "lxml",
    "babel",
    "hijridate",
    "rapidfuzz",
)

ORDER = (
    ("errors", "schema", "settings"),
    ("text",),
    ("source",),
    ("report",),
    ("checker",),
    ("model",),
    ("pipeline", "intake", "store"),
    ("compare", "render"),
    ("produce", "check_command", "verify_command", "doctor", "console"),
    ("cli",),
)
"""The rooms of the house: a module imports only from its own room and from those that stand before it."""


# --- what `import briefing` gives -----------------------------------------------------------------------------


def test_all_is_sorted_without_repeats() -> None:
    assert briefing.__all__ == sorted(set(briefing.__all__))


@pytest.mark.parametrize("name", briefing.__all__)
def test_every_name_can_be_imported_and_stays_what_it_is(name: str) -> None:
    """A room must not hide a function: once `briefing.x` is imported, `from briefing import x` gives the room."""
    home = import_module(briefing._HOMES[name])
    value = getattr(home, name)
    assert getattr(briefing, name) is value
    assert callable(value)
    assert value.__doc__
    assert name in dir(briefing)


def test_names_can_be_used_as_the_readme_says() -> None:
    script = (
        "from briefing import verify, check, Source\n"
        "import briefing\n"
        "source = Source.from_text('The navy of Belkhar lost 16 of its ships near Aden.')\n"
        "print(*[c.verdict for c in briefing.check('16 ships near Muscat', source)])\n"
        "print(callable(briefing.verify), briefing.verify is verify)"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["supported", "unsupported", "True", "True"]


def test_the_type_checker_and_the_interpreter_see_the_same_names() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    typed = {
        alias.name: node.module
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert sorted(typed) == briefing.__all__
    assert {name: import_module(str(home)).__name__ for name, home in typed.items()} == briefing._HOMES


def test_the_api_of_the_design_is_there() -> None:
    wanted = {"Source", "load_source", "find_quantities", "find_dates", "match_names", "check", "verify"}
    wanted |= {"generate", "render_html", "write_pdf"}
    assert wanted <= set(briefing.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'summarise'"):
        _ = briefing.summarise


# --- what imports cost ----------------------------------------------------------------------------------------


def _loaded_after(statement: str) -> set[str]:
    script = f"import sys; {statement}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return set(done.stdout.split())


def test_importing_the_package_imports_nothing_heavy() -> None:
    assert _loaded_after("import briefing; briefing.__all__; dir(briefing)").isdisjoint(HEAVY)


@pytest.mark.parametrize(
    "statement",
    [
        "import briefing.cli",
        "from briefing import check, verify, Source, load_source; check('16 in Aden', Source.from_text('A 16.'))",
        "from briefing import generate, GenerateSettings, load_report, save_report",
        "import briefing.model.replay, briefing.model.repair, briefing.settings",
    ],
)
def test_no_provider_and_no_pdf_library_before_it_is_needed(statement: str) -> None:
    loaded = _loaded_after(statement)
    assert loaded.isdisjoint({"openai", "instructor", "weasyprint", "xllamacpp", "lxml"})
    assert "briefing" in loaded


# --- the order of the house -----------------------------------------------------------------------------------


@cache
def _modules() -> dict[str, Path]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts).removesuffix(".__init__")] = path
    return found


def _imports(name: str) -> Iterator[str]:
    """Give the modules that a module imports anywhere, also inside functions and for type checking."""
    tree = ast.parse(_modules()[name].read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} has a relative import"
            module = str(node.module)
            for alias in node.names:
                full = f"{module}.{alias.name}"
                yield full if full in _modules() else module


def _room(module: str) -> str:
    return module.split(".")[1]


def _rank(room: str) -> int:
    return next(rank for rank, rooms in enumerate(ORDER) if room in rooms)


def _own(name: str) -> list[str]:
    """Give the modules of briefing that a module imports, the package itself aside: it is lazy."""
    return [module for module in _imports(name) if module.startswith("briefing.")]


MODULES = tuple(name for name in _modules() if name != "briefing")


def test_every_room_has_its_place() -> None:
    rooms = {_room(name) for name in MODULES}
    placed = [room for rank in ORDER for room in rank]
    assert rooms - set(placed) == set()
    assert len(placed) == len(set(placed))
    assert len(MODULES) > 50


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_what_stands_above_it(name: str) -> None:
    room = _room(name)
    rank = _rank(room)
    wrong = []
    for imported in _own(name):
        other = _room(imported)
        before_in_rank = rank == _rank(other) and (rank in (0, len(ORDER) - 2))
        if other != room and not before_in_rank and _rank(other) >= rank:
            wrong.append(imported)
    assert not wrong


def test_imports_go_in_no_circle() -> None:
    assert tuple(TopologicalSorter({name: _own(name) for name in MODULES}).static_order())


@pytest.mark.parametrize("name", [n for n in MODULES if _room(n) in ("text", "verify", "schema", "report")])
def test_reading_and_checking_are_pure(name: str) -> None:
    """No clock, no chance, no network, no log; files are those of the package, through importlib.resources."""
    forbidden = {
        "os",
        "time",
        "random",
        "socket",
        "logging",
        "subprocess",
        "urllib",
        "pathlib",
        "sys",
        "tempfile",
    }
    assert forbidden.isdisjoint(module.partition(".")[0] for module in _imports(name))
    tree = ast.parse(_modules()[name].read_text("utf-8"))
    calls = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert calls.isdisjoint({"open", "print", "input", "exec", "eval"})
    assert not any(
        isinstance(node, ast.Attribute) and node.attr in ("now", "today", "utcnow") for node in ast.walk(tree)
    )


@pytest.mark.parametrize("name", MODULES)
def test_providers_stay_in_the_model_room_and_weasyprint_in_render(name: str) -> None:
    homes = {"openai": "model", "instructor": "model", "xllamacpp": "model", "weasyprint": "render"}
    for module in _imports(name):
        home = homes.get(module.partition(".")[0])
        assert home is None or _room(name) in (home, "doctor")


@pytest.mark.parametrize("name", MODULES)
def test_a_module_has_a_docstring_and_no_false_name_in_all(name: str) -> None:
    tree = ast.parse(_modules()[name].read_text("utf-8"))
    assert ast.get_docstring(tree)
    module = import_module(name)
    listed = getattr(module, "__all__", [])
    assert all(hasattr(module, entry) for entry in listed)
