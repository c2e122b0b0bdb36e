"""The worked example's published scores, as printed: 16 reports by eight categories of the CCAT."""

from appraisal.instrument import Instrument
from appraisal.scores import Appraisal

SCORES = {
    "armstrong2015": (3, 2, 2, 2, 2, 2, 2, 3),
    "bain2014": (3, 4, 3, 2, 3, 4, 3, 4),
    "cramer1990": (2, 5, 3, 2, 3, 1, 2, 2),
    "fonagy2016": (4, 5, 4, 4, 3, 4, 4, 4),
    "ghoshippen2011": (3, 5, 3, 3, 3, 2, 4, 3),
    "georg2021": (5, 5, 4, 5, 4, 3, 4, 4),
    "hagan2017": (2, 5, 2, 2, 1, 2, 3, 4),
    "herve2009": (3, 3, 2, 3, 3, 3, 3, 3),
    "lavi2015": (3, 5, 2, 2, 2, 2, 3, 4),
    "lieberman2005": (3, 5, 3, 3, 3, 2, 5, 3),
    "lieberman2006": (3, 5, 3, 3, 3, 2, 4, 4),
    "matthess2021": (4, 5, 3, 2, 2, 2, 3, 4),
    "salomonsson2021": (4, 5, 3, 5, 2, 3, 3, 5),
    "sleed2013": (2, 4, 2, 2, 3, 2, 3, 4),
    "toth2002": (4, 5, 3, 2, 4, 1, 3, 3),
    "weiner2009": (3, 2, 2, 2, 1, 1, 3, 3),
}

TOTALS = (18, 26, 20, 32, 26, 34, 21, 23, 23, 27, 27, 25, 30, 22, 25, 17)
PERCENTS = (45, 65, 50, 80, 65, 85, 53, 58, 58, 68, 68, 63, 75, 55, 63, 43)


def appraisal(
    instrument: Instrument,
    unit: str,
    scores: tuple[int | str | None, ...],
    rater: str = "first",
    *,
    complete: bool = True,
) -> Appraisal:
    """Return an appraisal that gives the scores to the instrument's categories in order."""
    given = zip(instrument.categories, scores, strict=True)
    return Appraisal(
        unit=unit,
        rater=rater,
        instrument=instrument.id,
        instrument_version=instrument.version,
        scores={category.id: score for category, score in given if score is not None},
        complete=complete,
    )


def worked_appraisals(instrument: Instrument, rater: str = "first") -> list[Appraisal]:
    """Return the published scores as complete appraisals of one rater."""
    return [appraisal(instrument, unit, scores, rater) for unit, scores in SCORES.items()]
