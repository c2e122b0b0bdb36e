from importlib import resources
from pathlib import Path

import pytest

from screening.diagram.drawing import Metrics

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def metrics() -> Metrics:
    folder = resources.files("font_source_sans_pro")
    found = {
        path.name: path.read_bytes()
        for path in Path(str(folder)).rglob("*.ttf")
        if path.name.endswith(("-Regular.ttf", "-Bold.ttf"))
    }
    (regular,) = [data for name, data in found.items() if name.endswith("-Regular.ttf")]
    (bold,) = [data for name, data in found.items() if name.endswith("-Bold.ttf")]
    return Metrics.read(regular, bold)


@pytest.fixture(scope="session")
def template() -> str:
    return (ROOT / "templates" / "figures" / "drawing.svg").read_text(encoding="utf-8")
