"""Time the readers beside the libraries people use, in one run and one process each.

    python tests/benchmarks/bench_readers.py [--records 5000] [--memory-mb 1000] [--files 32]

Prints microseconds of processor time a record (the best of several turns taken by turns), how much faster
ours is than the named peer, how the time a record changes with the length of a file, the peak memory
of reading a large RIS file as a stream, and what `winnow convert` gains by reading several files side by side.
Ours makes all fields of a record, counts start tags and keeps the text; most peers only part tags and
values.
"""

import argparse
import importlib.util
import io
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from review.cli import convert_files
from screening.identification.readers import open_reading, read

WORDS = [
    "infant",
    "parent",
    "attachment",
    "psychotherapy",
    "outcome",
    "randomised",
    "trial",
    "mother",
    "depression",
    "sensitivity",
]
TURNS = 5


def sentences(rng: random.Random, words: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(words)).capitalize() + "."


def ris(rng: random.Random, number: int) -> str:
    authors = "".join(
        f"AU  - {rng.choice(WORDS).title()}, {chr(65 + rng.randrange(26))}. B.\n" for _ in range(5)
    )
    keywords = "".join(f"KW  - {rng.choice(WORDS)} {number}\n" for _ in range(4))
    return (
        f"TY  - JOUR\nTI  - {sentences(rng, 12)}\n{authors}PY  - 20{number % 25:02}\nT2  - Journal of {rng.choice(WORDS)}\n"
        f"VL  - {number % 90}\nIS  - 2\nSP  - {number}\nEP  - {number + 9}\nDO  - 10.5555/bench.{number}\nSN  - 1234-5679\n"
        f"AB  - {sentences(rng, 190)}\n{keywords}UR  - https://example.org/{number}\nER  - \n\n"
    )  # fmt: skip


def nbib(rng: random.Random, number: int) -> str:
    authors = "".join(
        f"FAU - {rng.choice(WORDS).title()}, Ann B\nAU  - {rng.choice(WORDS).title()} AB\n"
        for _ in range(5)
    )
    words = sentences(rng, 190).split()
    abstract = "\n      ".join(
        " ".join(words[place : place + 12]) for place in range(0, len(words), 12)
    )
    terms = "".join(f"MH  - {rng.choice(WORDS)}\n" for _ in range(10))
    return (
        f"PMID- {number + 1}\nOWN - NLM\nSTAT- MEDLINE\nIS  - 1234-5679 (Print)\nVI  - 3\nIP  - 2\nDP  - 2020 Feb\n"
        f"TI  - {sentences(rng, 12)}\nPG  - 1-9\nLID - 10.5555/bench.{number} [doi]\nAB  - {abstract}\n{authors}LA  - eng\n"
        f"PT  - Journal Article\nTA  - J Test\nJT  - Journal of tests\n{terms}\n"
    )  # fmt: skip


def wos(rng: random.Random, number: int) -> str:
    names = "\n   ".join(f"{rng.choice(WORDS).title()}, Ann B" for _ in range(5))
    cited = "\n   ".join(f"Doe J, 2001, J TEST, V{n}, P2" for n in range(20))
    return (
        f"PT J\nAU {names}\nAF {names}\nTI {sentences(rng, 12)}\nSO JOURNAL OF TESTS\nLA English\nDT Article\n"
        f"DE infant; parent\nAB {sentences(rng, 190)}\nCR {cited}\nSN 1234-5679\nJ9 J TEST\nPY 2020\nVL 3\nIS 2\n"
        f"BP {number}\nEP {number + 9}\nDI 10.5555/bench.{number}\nUT WOS:{number:015}\nER\n\n"
    )  # fmt: skip


def bibtex(rng: random.Random, number: int) -> str:
    return (
        f"@article{{key{number},\n  title = {{{sentences(rng, 12)}}},\n  author = {{Roe, Ann and Doe, Bob}},\n"
        f"  year = {{2020}},\n  journal = {{Journal of Tests}},\n  doi = {{10.5555/bench.{number}}},\n"
        f"  abstract = {{{sentences(rng, 190)}}}\n}}\n\n"
    )


def pubmed_xml(rng: random.Random, number: int) -> str:
    """Return an article as PubMed sends them: affiliations, MeSH, history, and works cited in every second."""
    authors = "".join(
        f'<Author ValidYN="Y"><LastName>{rng.choice(WORDS).title()}</LastName><ForeName>Ann B</ForeName><Initials>AB</Initials>'
        f"<AffiliationInfo><Affiliation>{sentences(rng, 14)}</Affiliation></AffiliationInfo></Author>"
        for _ in range(5)
    )
    headings = "".join(
        f'<MeshHeading><DescriptorName UI="D{each:06}" MajorTopicYN="N">{rng.choice(WORDS)} {each}</DescriptorName>'
        f'<QualifierName UI="Q1" MajorTopicYN="Y">therapy</QualifierName></MeshHeading>'
        for each in range(10)
    )
    dates = "".join(
        f'<PubMedPubDate PubStatus="{status}"><Year>2020</Year><Month>2</Month><Day>1</Day></PubMedPubDate>'
        for status in ("received", "accepted", "entrez", "pubmed", "medline")
    )
    cited = "".join(
        f'<Reference><Citation>{sentences(rng, 16)}</Citation><ArticleIdList><ArticleId IdType="pubmed">{each}</ArticleId>'
        f"</ArticleIdList></Reference>"
        for each in range(30 * (number % 2))
    )
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{number + 1}</PMID><Article>'
        f'<Journal><ISSN IssnType="Print">1234-5679</ISSN><JournalIssue CitedMedium="Internet"><Volume>3</Volume><Issue>2</Issue>'
        f"<PubDate><Year>2020</Year><Month>Feb</Month></PubDate></JournalIssue><Title>Journal of tests</Title>"
        f"<ISOAbbreviation>J Test</ISOAbbreviation></Journal><ArticleTitle>{sentences(rng, 12)}</ArticleTitle>"
        f"<Pagination><MedlinePgn>1-9</MedlinePgn></Pagination>"
        f'<ELocationID EIdType="doi" ValidYN="Y">10.5555/bench.{number}</ELocationID><Abstract>'
        f'<AbstractText Label="AIM">{sentences(rng, 90)}</AbstractText><AbstractText Label="END">{sentences(rng, 100)}</AbstractText>'
        f'</Abstract><AuthorList CompleteYN="Y">{authors}</AuthorList><Language>eng</Language><PublicationTypeList>'
        f'<PublicationType UI="D016428">Journal Article</PublicationType></PublicationTypeList></Article>'
        f"<MeshHeadingList>{headings}</MeshHeadingList></MedlineCitation><PubmedData><History>{dates}</History>"
        f'<ArticleIdList><ArticleId IdType="pubmed">{number + 1}</ArticleId></ArticleIdList><ReferenceList>{cited}</ReferenceList>'
        f"</PubmedData></PubmedArticle>\n"
    )


def endnote_xml(rng: random.Random, number: int) -> str:
    """Return a record as EndNote writes them, every value in a style and all on one line."""

    def styled(name: str, text: str) -> str:
        return f'<{name}><style face="normal" font="default" size="100%">{text}</style></{name}>'

    authors = "".join(styled("author", f"{rng.choice(WORDS).title()}, A. B.") for _ in range(5))
    words = "".join(styled("keyword", f"{rng.choice(WORDS)} {each}") for each in range(10))
    return (
        f'<record><database name="My.enl" path="C:\\My.enl">My.enl</database><source-app name="EndNote" version="20.0">EndNote'
        f'</source-app><rec-number>{number}</rec-number><foreign-keys><key app="EN" db-id="x">{number}</key></foreign-keys>'
        f'<ref-type name="Journal Article">17</ref-type><contributors><authors>{authors}</authors></contributors><titles>'
        f"{styled('title', sentences(rng, 12))}{styled('secondary-title', 'Journal of tests')}</titles><periodical>"
        f"{styled('full-title', 'Journal of tests')}</periodical>{styled('pages', '1-9')}{styled('volume', '3')}"
        f"{styled('number', '2')}<keywords>{words}</keywords><dates>{styled('year', '2020')}</dates>{styled('isbn', '1234-5679')}"
        f"{styled('abstract', sentences(rng, 190))}<urls><related-urls>{styled('url', f'https://example.org/{number}')}"
        f"</related-urls></urls>{styled('electronic-resource-num', f'10.5555/bench.{number}')}</record>"
    )


# Peers are imported where they are used: one that is not installed is left out of the comparison.
def by_rispy(data: bytes) -> int:
    import rispy  # noqa: PLC0415 - an optional peer

    return len(rispy.loads(data.decode()))


def by_medline(data: bytes) -> int:
    from Bio import Medline  # noqa: PLC0415 - an optional peer

    return sum(1 for _ in Medline.parse(io.StringIO(data.decode())))


def by_nbib(data: bytes) -> int:
    import nbib as package  # noqa: PLC0415 - an optional peer

    return len(package.read(data.decode()))


def by_wosfile(data: bytes) -> int:
    import wosfile  # noqa: PLC0415 - an optional peer

    with tempfile.NamedTemporaryFile("wb", suffix=".txt") as stream:
        stream.write(data)
        stream.flush()
        return sum(1 for _ in wosfile.records_from(stream.name))


def by_bibtexparser(data: bytes) -> int:
    import bibtexparser  # noqa: PLC0415 - an optional peer

    return len(bibtexparser.parse_string(data.decode()).entries)


def by_iterparse(data: bytes) -> int:
    from lxml import etree  # noqa: PLC0415 - an optional peer

    found = 0
    for _, element in etree.iterparse(io.BytesIO(data), tag=("PubmedArticle", "record")):
        found += 1
        element.clear()
    return found


FORMATS: tuple[tuple[str, Callable[[random.Random, int], str], str, str, tuple[tuple[str, str, Callable[[bytes], int]], ...]], ...] = (
    ("ris", ris, "", "", (("rispy, default mode", "rispy", by_rispy),)),
    ("nbib", nbib, "", "", (("Bio.Medline", "Bio", by_medline), ("nbib package", "nbib", by_nbib))),
    ("web of science", wos, "\ufeffFN Clarivate Analytics Web of Science\nVR 1.0\n", "EF\n", (("wosfile", "wosfile", by_wosfile),)),
    ("bibtex", bibtex, "", "", (("bibtexparser 2", "bibtexparser", by_bibtexparser),)),
    ("pubmed xml", pubmed_xml, "<PubmedArticleSet>", "</PubmedArticleSet>", (("bare lxml iterparse", "lxml", by_iterparse),)),
    ("endnote xml", endnote_xml, "<xml><records>", "</records></xml>", (("bare lxml iterparse", "lxml", by_iterparse),)),
)  # fmt: skip


def ours(data: bytes) -> int:
    return sum(1 for _ in read(data, "bench").records)


def compare(records: int) -> None:
    for name, make, before, after, peers in FORMATS:
        rng = random.Random(name)
        body = "".join(make(rng, number) for number in range(records))
        data = f"{before}{body}{after}".encode()
        present = [(label, run) for label, module, run in peers if importlib.util.find_spec(module)]
        runs = [("ours", ours), *present]
        times: dict[str, list[float]] = {label: [] for label, _ in runs}
        for _ in range(TURNS):
            for label, run in runs:
                begin = time.process_time()
                assert run(data) == records, (name, label)
                times[label].append(time.process_time() - begin)
        mine = min(times["ours"])
        print(f"{name}: ours {mine / records * 1e6:.1f} us a record")
        for label, _ in present:
            peer = min(times[label])
            print(
                f"  {label} {peer / records * 1e6:.1f} us; ours is {peer / mine:.2f} times as fast"
            )


class Endless(io.RawIOBase):
    """A RIS file of any size that takes no memory."""

    def __init__(self, size: int) -> None:
        rng = random.Random("memory")
        self._block = "".join(ris(rng, number) for number in range(400)).encode()
        self._left = size // len(self._block)
        self._rest = b""

    def read(self, size: int = -1, /) -> bytes:
        while self._left and len(self._rest) < size:
            self._rest += self._block
            self._left -= 1
        data, self._rest = self._rest[:size], self._rest[size:]
        return data


def memory(megabytes: int) -> None:
    begin = time.process_time()
    reading = open_reading(Endless(megabytes << 20), "large.ris")  # type: ignore[arg-type]  # only read is used
    count = sum(1 for _ in reading.records)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = time.process_time() - begin
    print(f"{megabytes} MB of RIS: {count:,} records in {seconds:.0f} s, peak memory {peak:.0f} MB")


def growth(records: int) -> None:
    """Read a file of one length and one ten times as long."""
    rng = random.Random("growth")
    short = "".join(ris(rng, number) for number in range(records // 5)).encode()
    for data, label in ((short, "a short file"), (short * 10, "one ten times as long")):
        begin = time.process_time()
        count = ours(data)
        seconds = time.process_time() - begin
        print(f"ris: {seconds / count * 1e6:.1f} us a record in {label} ({count:,})")


# One conversion as a process of its own does it: a process that has read much before has more memory to share
# with those it starts, and whichever way comes second finds everything warm.
CONVERSION = """
import sys, time
from review.cli import convert_files
convert_files.WORTH_SHARING = int(sys.argv[1])
with open(sys.argv[3], "wb") as out:
    begin = time.perf_counter()
    convert_files.convert(convert_files.inputs_from([sys.argv[2]]), "jsonl", out)
    print(time.perf_counter() - begin)
"""


def side_by_side(files: int) -> None:
    """Convert a folder of files in one process and in as many as there are cores, by turns."""
    rng = random.Random("files")
    with tempfile.TemporaryDirectory() as folder:
        exports = Path(folder) / "exports"
        exports.mkdir()
        for number in range(files):
            text = "".join(ris(rng, each) for each in range(1000))
            (exports / f"{number}.ris").write_text(text, encoding="utf-8")

        def seconds(least: int) -> float:
            command = [sys.executable, "-c", CONVERSION, str(least), exports, Path(folder) / "out"]
            paths = os.pathsep.join(sys.path)
            done = subprocess.run(
                command, env={**os.environ, "PYTHONPATH": paths}, check=True, capture_output=True
            )
            return float(done.stdout)

        runs = [(seconds(sys.maxsize), seconds(convert_files.WORTH_SHARING)) for _ in range(TURNS)]
    alone, shared = map(min, zip(*runs, strict=True))
    median = statistics.median(one / many for one, many in runs)
    print(
        f"{files} files of 1,000 records: {alone:.1f} s in one process, {shared:.1f} s in "
        f"{os.cpu_count()}; {alone / shared:.2f} times as fast, in the median of {TURNS} turns {median:.2f}"
    )


def machine() -> Iterator[str]:
    yield f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    yield f"load {os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=5000)
    parser.add_argument("--memory-mb", type=int, default=0)
    parser.add_argument("--files", type=int, default=32)
    arguments = parser.parse_args()
    print("; ".join(machine()))
    if arguments.memory_mb:
        memory(arguments.memory_mb)
    compare(arguments.records)
    growth(arguments.records)
    side_by_side(arguments.files)
