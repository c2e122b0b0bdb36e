"""What one rule finds: the pairs it doubts, and those among them it rules out."""

import numpy as np

from screening.identification.matching.evidence import Mask

Finding = tuple[Mask, Mask]
"""Pairs doubted, and pairs ruled out."""


def doubt(found: Mask) -> Finding:
    """Doubt the pairs found and rule none out."""
    return found, np.zeros_like(found)
