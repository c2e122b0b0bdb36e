"""What speaks against a merge, however high the score: each rule doubts pairs or rules them out.

A rule sees the evidence of all pairs at once and returns those it doubts, which a person must look
at, and those among them it rules out. Missing is never a mismatch: a rule needs two values that differ.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from screening.identification.matching import kind_rules, place_rules, text_rules
from screening.identification.matching.evidence import Evidence, Mask
from screening.identification.matching.finding import Finding
from screening.identification.matching.policy import DedupePolicy
from screening.identification.matching.signs import Signs

Check = Callable[[Evidence, Signs], Finding]


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason not to merge: its sentence for a reviewer and its check.

    `handling` names the field of the policy that decides what becomes of what the check finds.
    """

    sentence: str
    check: Check
    handling: str = ""


RULES = (
    Rule("a title is missing or damaged", text_rules.missing_title),
    Rule("the titles have different numbers", text_rules.differing_numbers),
    Rule(
        "one is a reply, comment, correction, retraction or protocol of the other",
        kind_rules.reply_or_correction,
    ),
    Rule("they are versions of one work", kind_rules.versions, "versions"),
    Rule("the PubMed numbers differ", place_rules.differing_pubmed),
    Rule("the DOIs differ", place_rules.differing_doi),
    Rule("they were printed in different places", place_rules.differing_place),
    Rule("the volumes differ", place_rules.differing_volume),
    Rule("the issues differ", place_rules.differing_issue),
    Rule("several records bear this title", text_rules.recurring_title),
    Rule("the years differ", place_rules.differing_year),
    Rule("the authors differ", text_rules.differing_authors),
    Rule("the titles differ", text_rules.differing_title),
    Rule("the title is too short to tell", text_rules.short_title),
    Rule("one is a meeting abstract", kind_rules.meeting_abstract, "conference_abstracts"),
    Rule("one is a preprint", kind_rules.preprint, "preprints"),
    Rule("one is a thesis or deposited data", kind_rules.other_sort),
    Rule(
        "one is a trial's registry entry, or they name different trials", kind_rules.registry_entry
    ),
    Rule("the abstracts differ", text_rules.differing_abstract),
)
"""In the order in which a reviewer is told of them."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules say of each pair: doubted, ruled out, and the first rule that did (-1: none)."""

    doubted: Mask
    ruled_out: Mask
    rule: NDArray[np.int8]


def judge(evidence: Evidence, signs: Signs, policy: DedupePolicy) -> Judgement:
    """Apply every rule to every pair."""
    doubted = np.zeros(len(evidence), dtype=bool)
    ruled_out = np.zeros(len(evidence), dtype=bool)
    first = np.full(len(evidence), -1, dtype=np.int8)
    for position, rule in enumerate(RULES):
        found, out = rule.check(evidence, signs)
        handling = getattr(policy, rule.handling) if rule.handling else "review"
        if handling == "merge":
            continue
        if handling == "apart":
            out = out | found
        first[(found | out) & (first < 0)] = position
        doubted |= found | out
        ruled_out |= out
    return Judgement(doubted, ruled_out, first)
