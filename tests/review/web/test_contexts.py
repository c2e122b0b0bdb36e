"""Each page's context class is what its template uses: no field too many, none too few."""

import re
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Template

from tests.review.web.test_blinding import OPEN
from tests.review.web.visiting import Visitor, app_of, decided, paths

TEMPLATES = Path(__file__).parents[3] / "templates" / "web"


def used_in(name: str) -> set[str]:
    """Return the fields of the context that a template and what it includes speak of."""
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    used = set(re.findall(r"\bpage\.(\w+)", text))
    for included in re.findall(r'{%-? include "([\w.]+)"', text):
        used |= used_in(included)
    return used


def offered_by(kind: type) -> set[str]:
    fields = set(getattr(kind, "__dataclass_fields__", ()))
    return fields | {name for name, value in vars(kind).items() if isinstance(value, property)}


def test_every_context_is_what_its_template_uses(
    review: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: dict[str, type] = {}
    render = Template.render

    def watched(self: Template, *args: Any, **context: Any) -> str:
        if "page" in context and self.name:
            rendered[self.name] = type(context["page"])
        return render(self, *args, **context)

    monkeypatch.setattr(Template, "render", watched)
    for person in ("anna", "ben"):
        decided(review, person, "r1", "include")
    decided(review, "anna", "r2", "include")
    decided(review, "ben", "r2", "exclude")
    app = app_of(review)
    anna = Visitor(app, "anna")
    for path in paths("GET"):
        for stage in ("title_abstract", "full_text"):
            for key in ("r1", "r2", OPEN[0]):
                asked = path.replace("{stage}", stage).replace("{reference}", key)
                if "{" not in asked and "/file" not in asked:
                    anna.get(asked)
    anna.get("/people/person?name=ben")
    app.state.server.close()
    assert {"screen.html", "conflict.html", "retrieve_one.html", "person.html"} <= set(rendered)
    amiss = {}
    for name, kind in rendered.items():
        fields, used = set(kind.__dataclass_fields__), used_in(name)  # type: ignore[attr-defined]
        if wrong := (used - offered_by(kind)) | (fields - used):
            amiss[name] = wrong
    assert amiss == {}
