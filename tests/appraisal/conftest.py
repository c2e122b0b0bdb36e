from pathlib import Path

import pytest

from appraisal.instrument import Instrument, read_instrument

_INSTRUMENTS = Path(__file__).parents[2] / "appraisal" / "instruments"


def _read(slug: str) -> Instrument:
    name = f"{slug}.toml"
    return read_instrument((_INSTRUMENTS / name).read_text(encoding="utf-8"), name)


@pytest.fixture(scope="session")
def ccat() -> Instrument:
    return _read("ccat-1.4")


@pytest.fixture(scope="session")
def checklist() -> Instrument:
    return _read("checklist-1.0")


@pytest.fixture(scope="session")
def bias_domains() -> Instrument:
    return _read("bias-domains-1.0")
