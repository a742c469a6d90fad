"""How far a computation is, told while it runs."""

from __future__ import annotations

import sys
from typing import Callable, NamedTuple, Optional, Union


class Progress(NamedTuple):
    """Where a computation stands. What a phase does not know is None."""

    phase: str
    """What runs now: "simplex", "search", "certificate", … or "batch"."""
    level: Optional[int]
    """Level of the hierarchy, 0 the coarsest."""
    levels: Optional[int]
    """How many there are."""
    round: Optional[int]
    """Round of search on this level, from 1; of a batch the problems that are done."""
    violators: Optional[int]
    """Sources that had a violated pair in the last search."""
    lower_bound: Optional[float]
    """A proven lower bound of the cost."""


Reporter = Union[bool, Callable[[Progress], None], None]


def line_of(progress: Progress) -> str:
    """One line for people."""
    if progress.phase == "batch":
        return f"brenier: {progress.round} problems done"
    parts = [progress.phase]
    if progress.level is not None and progress.levels is not None:
        parts.insert(0, f"level {progress.level + 1} of {progress.levels}")
    if progress.round is not None:
        parts.append(f"round {progress.round}")
    if progress.violators is not None:
        parts.append(f"{progress.violators} violators")
    return "brenier: " + ", ".join(parts)


def on_standard_error(progress: Progress) -> None:
    """Writes one line over the last one."""
    sys.stderr.write("\r\x1b[K" + line_of(progress))
    sys.stderr.flush()


class Reporting:
    """Turns what a caller gives as `progress` into what the core calls, and ends the line that True has written."""

    def __init__(self, progress: Reporter) -> None:
        if not (progress is None or isinstance(progress, bool) or callable(progress)):
            raise ValueError(f"progress: is {progress!r}, expected True, a function of a Progress, or None")
        self.writes = progress is True
        self.function = on_standard_error if self.writes else (progress or None)

    def __enter__(self) -> Optional[Callable[..., None]]:
        if self.function is None:
            return None
        return lambda *fields: self.function(Progress(*fields))

    def __exit__(self, *_: object) -> None:
        if self.writes:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
