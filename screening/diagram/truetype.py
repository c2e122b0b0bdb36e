"""A TrueType font file: how wide its characters are, and the part of it that draws some of them.

Read and written as OpenType 1.9 describes the tables (https://learn.microsoft.com/typography/opentype/spec).
A general library does the same, and takes longer to import than the whole diagram takes to draw.
"""

import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

_NEEDED = ("OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post")
"""What a viewer asks of a font; hints, kerning and ligatures are left out, and letters stay as drawn."""

_CHARACTERS = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))
"""Platforms and encodings of Unicode in `cmap`, those that know the most characters first."""

_WORDS, _SCALE, _MORE, _TWO_SCALES, _MATRIX, _HINTED = 0x1, 0x8, 0x20, 0x40, 0x80, 0x100
"""Flags of a part in a composite glyph."""


@dataclass(frozen=True)
class TrueType:
    """A font by its tables."""

    tables: Mapping[str, bytes]

    @classmethod
    def read(cls, data: bytes) -> "TrueType":
        """Read the file `data`."""
        (number,) = struct.unpack_from(">H", data, 4)
        entries = struct.iter_unpack(">4s3I", data[12 : 12 + 16 * number])
        return cls({tag.decode("latin-1"): data[at : at + size] for tag, _, at, size in entries})

    @cached_property
    def em(self) -> int:
        """Return how many units an em has."""
        return self._number("head", 18)

    @cached_property
    def glyph_of(self) -> dict[int, int]:
        """Return the number of the glyph of each character."""
        cmap = self.tables["cmap"]
        (number,) = struct.unpack_from(">H", cmap, 2)
        found = {
            (platform, encoding): at
            for platform, encoding, at in struct.iter_unpack(">HHI", cmap[4 : 4 + 8 * number])
        }
        at = next(found[kind] for kind in _CHARACTERS if kind in found)
        read = _segments if struct.unpack_from(">H", cmap, at) == (4,) else _groups
        return {code: glyph for code, glyph in read(cmap[at:]) if glyph}

    @cached_property
    def metrics(self) -> list[tuple[int, int]]:
        """Return advance width and left side bearing of each glyph, by its number."""
        hmtx, full = self.tables["hmtx"], self._number("hhea", 34)
        metrics = list(struct.iter_unpack(">Hh", hmtx[: 4 * full]))
        same = metrics[-1][0]  # glyphs at the end may share the last width
        return metrics + [(same, side) for (side,) in struct.iter_unpack(">h", hmtx[4 * full :])]

    def advances(self) -> dict[int, float]:
        """Return the width of each character in ems."""
        return {code: self.metrics[glyph][0] / self.em for code, glyph in self.glyph_of.items()}

    def part(self, codes: Iterable[int]) -> bytes:
        """Return a font file that draws these characters, and the glyph for an absent one, alike."""
        drawn = {code: self.glyph_of[code] for code in sorted(set(codes)) if code in self.glyph_of}
        kept = sorted(self._with_parts({0, *drawn.values()}))
        number_of = {glyph: number for number, glyph in enumerate(kept)}
        glyphs = [_renumbered(self._glyph(glyph), number_of) for glyph in kept]
        ends = [0]
        for glyph in glyphs:
            ends.append(ends[-1] + len(glyph))
        short = ends[-1] < 2 * 0xFFFF
        loca = [end // 2 for end in ends] if short else ends
        tables = {name: self.tables[name] for name in _NEEDED} | {
            "cmap": _cmap({code: number_of[glyph] for code, glyph in drawn.items()}),
            "glyf": b"".join(glyphs),
            "hmtx": b"".join(struct.pack(">Hh", *self.metrics[glyph]) for glyph in kept),
            "loca": struct.pack(f">{len(loca)}{'H' if short else 'I'}", *loca),
            "name": struct.pack(">3H", 0, 0, 6),
            "post": b"\0\3\0\0" + self.tables["post"][4:32],  # version 3: no names of glyphs
        }
        for name, at, number in (
            ("head", 50, int(not short)),
            ("hhea", 34, len(kept)),
            ("maxp", 4, len(kept)),
        ):
            table = bytearray(tables[name])
            struct.pack_into(">H", table, at, number)
            tables[name] = bytes(table)
        return _file(tables)

    def _number(self, table: str, at: int) -> int:
        return int.from_bytes(self.tables[table][at : at + 2], "big")

    @cached_property
    def _ends(self) -> list[int]:
        loca = self.tables["loca"]
        if self._number("head", 50):
            return [end for (end,) in struct.iter_unpack(">I", loca)]
        return [2 * end for (end,) in struct.iter_unpack(">H", loca)]

    def _glyph(self, number: int) -> bytes:
        return self.tables["glyf"][self._ends[number] : self._ends[number + 1]]

    def _with_parts(self, glyphs: set[int]) -> set[int]:
        """Return glyphs with those they are composed of, and what these are composed of."""
        found, new = set(glyphs), set(glyphs)
        while new:
            new = {part for glyph in new for _, part, _ in _parts(self._glyph(glyph))} - found
            found |= new
        return found


def _segments(table: bytes) -> Iterator[tuple[int, int]]:
    """Yield characters and glyphs of a table of format 4: ranges of 16 bits."""
    (twice,) = struct.unpack_from(">H", table, 6)
    count = twice // 2
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{count}H", table, at)
        for at in (14, 16 + twice, 16 + 2 * twice, 16 + 3 * twice)
    )
    for segment, (start, end) in enumerate(zip(starts, ends, strict=True)):
        offset, delta = offsets[segment], deltas[segment]
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if offset:
                at = 16 + 3 * twice + 2 * segment + offset + 2 * (code - start)
                (glyph,) = struct.unpack_from(">H", table, at)
            yield code, (glyph + delta) & 0xFFFF if glyph or not offset else 0


def _groups(table: bytes) -> Iterator[tuple[int, int]]:
    """Yield characters and glyphs of a table of format 12: ranges of 32 bits."""
    (number,) = struct.unpack_from(">I", table, 12)
    for start, end, glyph in struct.iter_unpack(">3I", table[16 : 16 + 12 * number]):
        yield from zip(range(start, end + 1), range(glyph, glyph + end + 1 - start), strict=True)


def _parts(glyph: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield flags, number and end of each part of a composite glyph; a simple one has none."""
    if not glyph or glyph[0] < 0x80:  # the number of contours is negative for a composite
        return
    at, more = 10, True
    while more:
        flags, part = struct.unpack_from(">HH", glyph, at)
        at += 8 if flags & _WORDS else 6
        at += 2 * bool(flags & _SCALE) + 4 * bool(flags & _TWO_SCALES) + 8 * bool(flags & _MATRIX)
        more = bool(flags & _MORE)
        yield flags, part, at


def _renumbered(glyph: bytes, number_of: Mapping[int, int]) -> bytes:
    """Return a glyph without hints, its parts by their new numbers, filled up to an even length."""
    parts = list(_parts(glyph))
    made = bytearray(glyph)
    if parts:
        begins = [10, *(end for _, _, end in parts)]
        for (flags, part, _), at in zip(parts, begins, strict=False):
            struct.pack_into(">HH", made, at, flags & ~_HINTED, number_of[part])
        del made[begins[-1] :]
    elif glyph:
        at = 10 + 2 * int.from_bytes(glyph[:2], "big")
        hints = int.from_bytes(glyph[at : at + 2], "big")
        made[at : at + 2 + hints] = b"\0\0"
    return bytes(made) + b"\0" * (len(made) % 2)


def _cmap(glyph_of: Mapping[int, int]) -> bytes:
    """Return the table of characters: ranges of 16 bits, and of 32 where a character needs them."""
    runs: list[list[int]] = []  # first and last character, and the glyph of the first
    for code, glyph in sorted(glyph_of.items()):
        if runs and runs[-1][1] == code - 1 and glyph - code == runs[-1][2] - runs[-1][0]:
            runs[-1][1] = code
        else:
            runs.append([code, code, glyph])
    narrow = [run for run in runs if run[1] < 0xFFFF]
    tables = [((3, 1), _narrow(narrow))]
    if len(narrow) < len(runs):
        wide = b"".join(struct.pack(">3I", *run) for run in runs)
        tables.append(((3, 10), struct.pack(">HHIII", 12, 0, 16 + len(wide), 0, len(runs)) + wide))
    head, at = struct.pack(">HH", 0, len(tables)), 4 + 8 * len(tables)
    for kind, table in tables:
        head += struct.pack(">HHI", *kind, at)
        at += len(table)
    return head + b"".join(table for _, table in tables)


def _narrow(runs: list[list[int]]) -> bytes:
    ends = [last for _, last, _ in runs] + [0xFFFF]
    starts = [first for first, _, _ in runs] + [0xFFFF]
    deltas = [(glyph - first) & 0xFFFF for first, _, glyph in runs] + [1]
    count = len(ends)
    power = 1 << (count.bit_length() - 1)
    search = (2 * count, 2 * power, count.bit_length() - 1, 2 * (count - power))
    body = struct.pack(f">{count}H", *ends) + b"\0\0"
    body += struct.pack(f">{3 * count}H", *starts, *deltas, *[0] * count)
    return struct.pack(">7H", 4, 14 + len(body), 0, *search) + body


def _file(tables: Mapping[str, bytes]) -> bytes:
    """Return a font file of these tables, with its sums."""
    head = bytearray(tables["head"])
    head[8:12] = bytes(4)  # the sum over all is taken without itself
    filled = {
        name: table + b"\0" * (-len(table) % 4)
        for name, table in sorted({**tables, "head": bytes(head)}.items())
    }
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    start = struct.pack(
        ">I4H", 0x00010000, count, 16 * power, count.bit_length() - 1, 16 * (count - power)
    )
    at = [12 + 16 * count]
    for table in filled.values():
        at.append(at[-1] + len(table))
    for (name, table), (begins, _) in zip(filled.items(), pairwise(at), strict=True):
        start += struct.pack(">4s3I", name.encode(), _sum(table), begins, len(tables[name]))
    whole = bytearray(start + b"".join(filled.values()))
    adjusted = (0xB1B0AFBA - _sum(bytes(whole))) & 0xFFFFFFFF
    struct.pack_into(">I", whole, at[list(filled).index("head")] + 8, adjusted)
    return bytes(whole)


def _sum(data: bytes) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(data) // 4}I", data)
    return sum(words) & 0xFFFFFFFF
