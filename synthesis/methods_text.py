"""The methods of a review in prose, from its protocol and from what was in fact done."""

from collections.abc import Iterator, Sequence

from appraisal.instrument import UNITS
from screening.decisions import Policy
from screening.records import SourceKind, Stage
from synthesis.included import SearchedSource
from synthesis.report_inputs import ReportInputs, ScreenedStage
from synthesis.sentences import (
    REPORT,
    Noun,
    Sentence,
    counted,
    number,
    phrase,
    refer,
    say,
    series,
    share,
    verb,
)
from synthesis.tables.wording import in_words

_DOMAIN = Noun("domain", "domains")
_PAIR = Noun("pair", "pairs")
_STAGES = {
    Stage.TITLE_ABSTRACT: "titles and abstracts",
    Stage.FULL_TEXT: "full texts",
}
_KINDS = {
    SourceKind.DATABASE: Noun("database", "databases"),
    SourceKind.REGISTER: Noun("register", "registers"),
    SourceKind.WEBSITE: Noun("website", "websites"),
    SourceKind.ORGANISATION: Noun("organisation", "organisations"),
    SourceKind.OTHER: Noun("other source", "other sources"),
}


def objectives(inputs: ReportInputs) -> list[Sentence]:
    """Return the question of the review, its aims, and the review it continues."""
    about = inputs.about
    said = []
    if about.question:
        said.append(say(f"the review asks: {about.question}"))
    if about.aims:
        aims = [f"to {aim[:1].lower()}{aim[1:].rstrip('.')}" for aim in about.aims]
        word = "aim is" if len(aims) == 1 else "aims are"
        said.append(say(f"its {word} {series(aims)}."))
    if about.updates:
        said.append(say(f"it updates {about.updates}."))
    elif about.builds_on:
        said.append(say(f"it builds on {about.builds_on}."))
    return said


def eligibility(inputs: ReportInputs) -> list[Sentence]:
    """Return where the criteria stand and how many exceptions were made to them."""
    criteria = inputs.tables.criteria
    if not inputs.table("criteria"):
        return []
    names = series([criterion.name.lower() for criterion in criteria])
    said = [say(f"reports were judged by {names} (", refer("criteria"), ").")]
    exceptions = [
        inputs.tables.labels.get(each.report, each.report)
        for criterion in criteria
        for each in criterion.exceptions
    ]
    if exceptions:
        words = counted(len(exceptions), Noun("exception", "exceptions"), start=True)
        was = verb(len(exceptions), "was", "were")
        reasons = verb(len(exceptions), "reason", "reasons")
        names = "; ".join(exceptions)
        said.append(say(words, f" {was} made ({names}); the table gives the {reasons}."))
    return said


def information_sources(inputs: ReportInputs) -> list[Sentence]:
    """Return what was searched and when, kind by kind."""
    sources = inputs.tables.sources
    said: list[Sentence] = []
    for kind, noun in _KINDS.items():
        own = [each for each in sources if each.source.kind is kind]
        if own:
            said.append(_searched(own, noun))
    said += [
        _followed(each) for each in sources if each.source.kind is SourceKind.CITATION_SEARCHING
    ]
    if inputs.table("sources"):
        said.append(say(refer("sources"), " gives each source with its date and limits."))
    return said


def _searched(sources: Sequence[SearchedSource], noun: Noun) -> Sentence:
    names = series([each.source.describe() for each in sources])
    words = counted(len(sources), noun, start=True)
    was = verb(len(sources), "was", "were")
    dates = {each.source.searched for each in sources}
    when = ""
    if None not in dates:
        days = sorted(date for date in dates if date)
        precise = any(date.count("-") == 2 for date in days)
        if len(days) == 1:
            when = f" {'on' if precise else 'in'} {in_words(days[0])}"
        else:
            when = f" between {in_words(days[0])} and {in_words(days[-1])}"
    return say(words, f" {was} searched{when}: {names}.")


def _followed(searched: SearchedSource) -> Sentence:
    source = searched.source
    on = "on" if source.searched and source.searched.count("-") == 2 else "in"
    when = f" {on} {in_words(source.searched)}" if source.searched else ""
    name = source.describe()
    if name[1:2].islower():  # no abbreviation
        name = name[0].lower() + name[1:]
    return say(f"citations were searched{when}: {name}.")


def search_strategy(inputs: ReportInputs) -> list[Sentence]:
    """Return where the strategies stand word for word, and whether known reports were found."""
    said = []
    if inputs.table("strategies"):
        said.append(say(refer("strategies"), " gives the search strategies word for word."))
    if inputs.table("history"):
        said.append(say(refer("history"), " gives their lines with the hits of each."))
    known = inputs.tables.known
    if known and inputs.table("known"):
        found = [report for report in known if report.found]
        said.append(
            say(
                f"{share(len(found), len(known), REPORT)} that the search had to find "
                f"{verb(len(found), 'was', 'were')} found (",
                refer("known"),
                ").",
            )
        )
    return said


def deduplication(inputs: ReportInputs) -> list[Sentence]:
    """Return how duplicates were found, by which version of which program."""
    done = inputs.deduplicated
    if done is None:
        return []
    by_person = f" and {number(done.by_person)} by a person's decision" if done.by_person else ""
    merged = (
        f"records of the same publication were merged with {done.program}: "
        f"{number(done.automatic)} by its rules{by_person}."
    )
    none = f"{done.program} found no two records of the same publication."
    said = [say(merged if done.automatic or done.by_person else none)]
    if done.apart:
        was = verb(done.apart, "was", "were")
        said.append(
            say(
                counted(done.apart, _PAIR, start=True),
                f" of similar records {was} looked at and kept apart.",
            )
        )
    return said


def selection(inputs: ReportInputs) -> Iterator[Sentence]:
    """Yield how each stage anyone decided at was screened, by how many, and how far they agreed."""
    stages = [_stage(stage) for stage in inputs.screened if stage.reviewers]
    hows = {how.text for _, how in stages}
    if len(hows) == 1:  # said once of all stages
        stages = [(" and then ".join(what for what, _ in stages), stages[0][1])]
    for what, how in stages:
        yield say(f"{what} were screened ", how)
    if inputs.table("agreement_screening"):
        yield say(refer("agreement_screening"), " gives the agreement between reviewers.")


def _stage(stage: ScreenedStage) -> tuple[str, Sentence]:
    """Return what was screened at a stage, and how: the end of one sentence and those after it."""
    what = _STAGES.get(stage.stage, str(stage.stage).replace("_", " "))
    people, named = len(stage.reviewers), 2
    match stage.policy:
        case Policy.SINGLE if stage.verified:
            share_seen = f"{round(stage.verified * 100)}%"
            how = f"by one reviewer, and {share_seen} by a second one as well"
        case Policy.SINGLE:
            named = people
            how = f"each by one of {number(people)} reviewers" if people > 1 else "by one reviewer"
        case Policy.DUAL:
            how = "by two reviewers independently, who settled their differences together"
        case Policy.DUAL_ADJUDICATED:
            named = 3
            how = "by two reviewers independently, and a third settled their differences"
    took_part = f"; {number(people)} people took part" if people > named else ""
    sentence = phrase(f"{how}{took_part}.")
    if stage.by_two:
        differed = number(stage.conflicts) if stage.conflicts else "none"
        sentence += say(
            f"of {number(stage.by_two)} seen by two, their votes differed on {differed}."
        )
    if stage.agreement:
        values = series(f"{name}: {value}" for name, value in stage.agreement.items())
        sentence += say(f"agreement before consensus was {values}.")
    for more in (stage.order, stage.stopped):
        sentence += say(more)
    return what, sentence


def data_collection(inputs: ReportInputs) -> list[Sentence]:
    """Return who extracted, and the rule for choosing among several results."""
    if not inputs.tables.extracted:
        return []
    people = number(inputs.extractors)
    who = "one person" if inputs.extractors == 1 else f"{people} people independently"
    said = [say(f"data were extracted by {who}, with the page of each value.")]
    if inputs.selection_rule:
        said.append(say(f"where a report gave several results: {inputs.selection_rule}"))
    if inputs.contacts:
        noun = Noun("question was", "questions were")
        said.append(say(counted(inputs.contacts, noun, start=True), " put to authors of reports."))
    return said


def data_items(inputs: ReportInputs) -> list[Sentence]:
    """Return the outcome domains sought and the fields extracted."""
    said = []
    if domains := inputs.tables.domains:
        names = series(domain.label.lower() for domain in domains.values())
        said.append(say("outcomes were sought in ", counted(len(domains), _DOMAIN), f": {names}."))
    if fields := inputs.tables.fields:
        labels = series(f"{each.label[:1].lower()}{each.label[1:]}" for each in fields)
        data = "the other data sought" if said else "the data sought"
        said.append(say(f"{data} were {labels}."))
    return said


def appraisal(inputs: ReportInputs) -> list[Sentence]:
    """Return the instrument, who appraised, how raters agreed, and what scores were used for."""
    instrument = inputs.tables.instrument
    if instrument is None or not inputs.tables.scores:
        return []
    raters = len(inputs.raters)
    who = "one appraiser" if raters == 1 else f"{number(raters)} appraisers, blind to each other"
    name = f"{instrument.name} ({instrument.abbreviation}, version {instrument.version})"
    said = [say(f"each {instrument.unit} was appraised with the {name} by {who}.")]
    units = {score.unit: None for score in inputs.tables.scores}
    first = [unit for unit in inputs.tables.appraisal.calibration.units if unit in units]
    if first and raters > 1:
        nouns = Noun(instrument.unit, UNITS[instrument.unit])
        were = verb(len(first), "was", "were")
        said.append(
            say(
                counted(len(first), nouns, start=True),
                f" {were} scored first, to agree on how to score.",
            )
        )
    scale = instrument.scale
    answers = f"in {scale.describe()}"
    if scale.kind != "numbers":
        answers = f"as {series((level.label.lower() for level in scale.levels), 'or')}"
    said.append(say(f"its categories are scored {answers}."))
    if inputs.tables.appraisal.exclude_below == "none":
        said.append(say(f"no {instrument.unit} was excluded for its score."))
    else:
        floor = inputs.tables.appraisal.exclude_below
        said.append(say(f"{UNITS[instrument.unit]} below {floor}% were excluded."))
    if inputs.table("agreement_appraisal"):
        said.append(say(refer("agreement_appraisal"), " gives the agreement between them."))
    return said
