"""Packages that import their files on first use offer what their stubs say, and nothing else."""

import ast
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from review.on_first_use import on_first_use
from review.store import events, queries


@pytest.mark.parametrize("package", [events, queries])
def test_a_package_has_every_name_of_its_stub_from_the_file_the_stub_names(
    package: ModuleType,
) -> None:
    stub = ast.parse(Path(str(package.__file__)).with_suffix(".pyi").read_text(encoding="utf-8"))
    imported = {
        each.name: str(node.module)
        for node in stub.body
        if isinstance(node, ast.ImportFrom)
        for each in node.names
    }
    (listed,) = (node.value for node in stub.body if isinstance(node, ast.Assign))
    assert sorted(imported) == sorted(ast.literal_eval(listed))
    for name, module in imported.items():
        assert getattr(package, name) is getattr(import_module(module), name), name


def test_a_name_that_no_file_has_is_refused_as_python_refuses_it() -> None:
    with pytest.raises(
        AttributeError, match=r"'review\.store\.queries' has no attribute 'nothing'"
    ):
        _ = queries.nothing  # type: ignore[attr-defined]


def test_no_name_is_that_of_a_file_which_would_take_its_place() -> None:
    with pytest.raises(ValueError, match="people would name a file"):
        on_first_use("a.package", {"people": ("Person", "people")})
