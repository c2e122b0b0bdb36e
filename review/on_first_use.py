"""Packages of many files whose names are there at once, and whose files are imported on first use.

A verb asks the ledger two or three questions; to import what asks all of them took longer than the
answers (PEP 562 describes the way).
"""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def on_first_use(package: str, files: Mapping[str, tuple[str, ...]]) -> Callable[[str], object]:
    """Return the `__getattr__` of a package that offers the names defined in its files.

    `files` maps each file to its names; `__init__.pyi` says the same to who reads the types. Raises
    ValueError where a name is also a file's, which would take its place as soon as it is imported.
    """
    file_of = {name: file for file, names in files.items() for name in names}
    if both := sorted(file_of.keys() & files.keys()):
        raise ValueError(f"{package}: {', '.join(both)} would name a file and what is in one")

    def find(name: str) -> object:
        file = file_of.get(name)
        if file is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        found: object = getattr(import_module(f"{package}.{file}"), name)
        setattr(sys.modules[package], name, found)
        return found

    return find
