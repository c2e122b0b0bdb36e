"""Bytes to text in pieces that end at line ends, losing nothing and saying what was uncertain."""

import codecs
import re
from collections.abc import Callable, Iterator

from screening.identification.readers.archives import Readable
from screening.problems import Problem, note, warning

BLOCK = 1 << 17
# The first block is what the format is told by; smaller ones behind it stay in the processor's cache.
_NEXT = 1 << 16
LONGEST_LINE = 1 << 26
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# EndNote writes all its records into one line.
_IS_XML = re.compile(rb"\s{0,80}<\??xml\b")
_DECLARED = re.compile(rb"<\?xml[^>]{0,80}encoding\s*=\s*[\"']([A-Za-z0-9._-]{2,30})[\"']")
# Control characters no text has and no database or XML takes; those that part words become spaces.
_DELETED = bytes([*range(9), *range(14, 28), 0x7F])
_SPACED = bytes([11, 12, *range(28, 32)])
_TO_SPACES = bytes.maketrans(_SPACED, b" " * len(_SPACED))
_CONTROLS = _DELETED + _SPACED
_BOM = "\ufeff"
_DOUBLED = b"\r\r\n"


class Decoder:
    """Decodes one stream; `encoding` and `problems` are complete once it is exhausted.

    UTF-8 is tried line by line, so that a file pasted together from two encodings keeps both; a line
    that is not UTF-8 is read as Windows-1252 and counted. Control characters and byte order
    marks inside the text are removed and counted: no text has them and databases refuse them.
    """

    def __init__(self, stream: Readable, name: str) -> None:
        self._stream = stream
        self._name = name
        self._head = stream.read(BLOCK)
        self._bom, self._codec = _codec_of(self._head)
        self._is_xml = _IS_XML.match(self._head, self._bom) is not None
        self._not_utf8 = 0
        self._first_not_utf8 = 0
        self._last_not_utf8 = 0
        self._utf8_lines = False
        self._line = 0
        self._removed = 0
        self._doubled = 0

    @property
    def encoding(self) -> str:
        """Return the encoding as far as it is known: a codec's name, two joined by "+"."""
        if self._codec != "utf-8":
            return self._codec
        if not self._not_utf8:
            return "utf-8"
        return "utf-8+cp1252" if self._utf8_lines else "cp1252"

    def problems(self) -> list[Problem]:
        """Return what was uncertain in the decoding."""
        found = []
        if self._not_utf8:
            where = f"{self._name}, line {self._first_not_utf8}"
            message = (
                f"{self._not_utf8} lines are not UTF-8 and were read as Windows-1252; check accented "
                "letters, and export again as UTF-8 if they look wrong."
            )
            report = warning if self._utf8_lines else note
            found.append(report(where, message, "encoding"))
        if self._doubled:
            message = (
                f"{self._doubled} line ends have a carriage return too many, which was removed."
            )
            found.append(note(self._name, message, "encoding"))
        if self._removed:
            message = f"{self._removed} control characters or byte order marks inside the text were removed."
            found.append(note(self._name, message, "encoding"))
        return found

    def __iter__(self) -> Iterator[str]:
        decode = self._utf8 if self._codec == "utf-8" else self._incremental()
        for block in self._blocks():
            text = decode(block)
            if _BOM in text:
                self._removed += text.count(_BOM)
                text = text.replace(_BOM, "")
            if text:
                yield text

    def _incremental(self) -> Callable[[bytes], str]:
        decoder = codecs.getincrementaldecoder(self._codec)("replace")

        def decode(block: bytes) -> str:
            return self._without_controls(decoder.decode(block).encode("utf-8")).decode("utf-8")

        return decode

    def _blocks(self) -> Iterator[bytes]:
        """Yield the stream cut behind line ends; only a line of XML, or of enormous length, is cut inside."""
        unit = 4 if "32" in self._codec else 2 if "16" in self._codec else 1
        carry = [self._head[self._bom :]]
        held = 0
        while True:
            block = self._stream.read(_NEXT)
            if not block:
                break
            cut = _last_line_end(carry[-1], self._codec, unit)
            if not cut and self._is_xml and unit == 1:
                cut = carry[-1].rfind(b">") + 1
            if cut or held > LONGEST_LINE:
                cut = cut or len(carry[-1]) - len(carry[-1]) % unit
                last = carry.pop()
                yield b"".join([*carry, last[:cut]])
                carry, held = [last[cut:] + block], 0
            else:
                carry.append(block)
                held += len(block)
        rest = b"".join(carry)
        if rest:
            yield rest

    def _utf8(self, block: bytes) -> str:
        block = self._without_controls(block)
        try:
            text = block.decode("utf-8")
        except UnicodeDecodeError:
            return self._line_by_line(block)
        if not self._utf8_lines and not text.isascii():
            self._utf8_lines = True
        self._line += _lines_in(block)
        return text

    def _line_by_line(self, block: bytes) -> str:
        lines = []
        line = b""
        for line in block.splitlines(keepends=True):
            self._line += 1
            try:
                text = line.decode("utf-8")
                self._utf8_lines = self._utf8_lines or not text.isascii()
            except UnicodeDecodeError as failure:
                if failure.end == len(line) and failure.reason == "unexpected end of data":
                    text = line[: failure.start].decode("utf-8")  # the file was cut inside a sign
                else:
                    text = _windows(line)
                    self._not_utf8 += self._line != self._last_not_utf8
                    self._first_not_utf8 = self._first_not_utf8 or self._line
                    self._last_not_utf8 = self._line
            lines.append(text)
        if not line.endswith((b"\n", b"\r")):
            self._line -= 1  # it goes on in the next block
        return "".join(lines)

    def _without_controls(self, block: bytes) -> bytes:
        # A file of CRLF that was turned into CRLF once more; one sign is found faster than three.
        if b"\r" in block and _DOUBLED in block:
            self._doubled += block.count(_DOUBLED)
            block = block.replace(_DOUBLED, b"\r\n")
        # Thirty searches for one byte each cost a quarter of one translation.
        if not any(map(block.__contains__, _CONTROLS)):
            return block
        self._removed += len(block) - len(block.translate(None, _CONTROLS))
        return block.translate(_TO_SPACES, _DELETED)


def _lines_in(block: bytes) -> int:
    """Return the number of line ends; to take them out goes from one to the next, to count looks at every byte."""
    end = b"\n" if b"\n" in block else b"\r"
    return len(block) - len(block.replace(end, b""))


def _codec_of(head: bytes) -> tuple[int, str]:
    for bom, codec in _BOMS:
        if head.startswith(bom):
            return len(bom), codec
    sample = head[:4096]
    if len(sample) > 8 and sample.count(0) > len(sample) // 4:
        return 0, "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    declared = _DECLARED.match(head.lstrip()[:200])
    if declared:
        try:
            codec = codecs.lookup(declared.group(1).decode("ascii")).name
        except LookupError:
            return 0, "utf-8"
        if codec not in ("ascii", "utf-16", "utf-32") and _is_text_codec(codec):
            return 0, codec
    return 0, "utf-8"


def _is_text_codec(codec: str) -> bool:
    try:
        b"a".decode(codec)
    except (LookupError, UnicodeError):
        return False
    return True


def _last_line_end(block: bytes, codec: str, unit: int) -> int:
    """Return the place behind the last line end in `block`, 0 where there is none."""
    if unit > 1:
        mark = "\n".encode(codec)
        place = block.rfind(mark)
        while place > 0 and place % unit:
            place = block.rfind(mark, 0, place)
        return place + unit if place >= 0 else 0
    place = block.rfind(b"\n") + 1
    if not place and b"\n" not in block:
        place = block.rfind(b"\r", 0, len(block) - 1) + 1
    return place


def _windows(line: bytes) -> str:
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:
        return line.decode("latin-1")
