"""The contexts of pages that need something to be included: each is what its template uses."""

import re
from pathlib import Path

import pytest

from review.web.pages import appraise, consensus, duplicates, extract, flow, sheets, tables, trace

TEMPLATES = Path(__file__).parents[3] / "templates" / "web"
CONTEXTS: dict[str, type] = {
    "appraise.html": appraise.AppraisePage,
    "appraise_form.html": appraise.AppraiseFormPage,
    "consensus.html": consensus.ConsensusPage,
    "consensus_form.html": consensus.ConsensusFormPage,
    "duplicates_merged.html": duplicates.MergedPage,
    "duplicates_reference.html": duplicates.MergedReferencePage,
    "extract.html": extract.ExtractPage,
    "extract_form.html": extract.ExtractFormPage,
    "extract_agree.html": extract.AgreePage,
    "flow_list.html": flow.BehindPage,
    "sheet.html": sheets.SheetPage,
    "table.html": tables.TablePage,
    "trace.html": trace.TracePage,
}


@pytest.mark.parametrize("name", CONTEXTS)
def test_a_context_is_what_its_template_uses(name: str) -> None:
    used = set(re.findall(r"\bpage\.(\w+)", (TEMPLATES / name).read_text(encoding="utf-8")))
    assert used == set(CONTEXTS[name].__dataclass_fields__)  # type: ignore[attr-defined]
