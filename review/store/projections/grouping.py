"""Which records are one reference, given the bonds between them."""

from collections.abc import Iterable


def groups(records: Iterable[int], bonds: Iterable[Iterable[int]]) -> list[list[int]]:
    """Return the records in groups, each in ledger order, joined wherever bonds share a record.

    Records a bond names beyond those given are passed over: a record that left the review joins
    nothing.
    """
    leader = {record: record for record in records}

    def find(record: int) -> int:
        while leader[record] != record:
            leader[record] = leader[leader[record]]
            record = leader[record]
        return record

    for bond in bonds:
        ends = [find(record) for record in bond if record in leader]
        for end in ends[1:]:
            first, second = sorted((find(ends[0]), find(end)))
            leader[second] = first
    found: dict[int, list[int]] = {}
    for record in sorted(leader):
        found.setdefault(find(record), []).append(record)
    return list(found.values())
