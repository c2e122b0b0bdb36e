"""What a verdict is going to ask before it is written, so that PostgreSQL answers it in one go.

If the modules that ask come to ask something else, nothing breaks: the answers come one by one again,
and a test says so.
"""

from review.store.asking import Question
from review.store.chaining import HEADS
from review.store.checking import RECORDS
from review.store.events import record_id, slot
from review.store.events.base import DecisionStage
from review.store.pieces import listed
from review.store.projection_tables import MEMBER, STANDING
from review.store.projections.screening import IN_ORDER
from review.store.queries.history import STANDING_IN
from review.store.queries.reference_lines import AT_STAGE
from review.store.queries.voting import STANDING_ON
from review.store.writing import LATEST


def of_a_verdict(reviewer: str, reference: str, stage: DecisionStage) -> list[Question]:
    """Return what is asked when a reviewer decides on a reference named by its record key."""
    record = [record_id(reference)]
    return [
        (LATEST, {}),
        *listed(STANDING_IN, STANDING.c.slot, [slot("protocol"), slot("person", reviewer)]),
        (AT_STAGE, {"record": record[0]}),
        *listed(STANDING_ON, MEMBER.c.reference, record),
        *listed(RECORDS, MEMBER.c.record, record),
        *listed(HEADS, STANDING.c.slot, [slot("vote", reference, stage, reviewer)]),
        *listed(IN_ORDER, MEMBER.c.reference, record),
    ]
