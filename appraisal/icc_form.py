"""The six forms of the intraclass correlation, named in full."""

from enum import StrEnum


class IccForm(StrEnum):
    """A form of the coefficient, in the notation of McGraw and Wong (1996)."""

    ONE_WAY_SINGLE = "ICC(1,1)"
    AGREEMENT_SINGLE = "ICC(A,1)"
    CONSISTENCY_SINGLE = "ICC(C,1)"
    ONE_WAY_AVERAGE = "ICC(1,k)"
    AGREEMENT_AVERAGE = "ICC(A,k)"
    CONSISTENCY_AVERAGE = "ICC(C,k)"

    @property
    def full_name(self) -> str:
        """Return the form in words, as a report has to name it."""
        return _FULL_NAMES[self]

    @property
    def of_average(self) -> bool:
        """Return whether it speaks of the mean of all raters and not of a single one."""
        return self.endswith("k)")


_FULL_NAMES = {
    IccForm.ONE_WAY_SINGLE: "ICC(1,1), one-way random effects, absolute agreement, single rater",
    IccForm.AGREEMENT_SINGLE: "ICC(A,1), two-way random effects, absolute agreement, single rater",
    IccForm.CONSISTENCY_SINGLE: "ICC(C,1), two-way mixed effects, consistency, single rater",
    IccForm.ONE_WAY_AVERAGE: "ICC(1,k), one-way random effects, absolute agreement, mean of k raters",
    IccForm.AGREEMENT_AVERAGE: "ICC(A,k), two-way random effects, absolute agreement, mean of k raters",
    IccForm.CONSISTENCY_AVERAGE: "ICC(C,k), two-way mixed effects, consistency, mean of k raters",
}
