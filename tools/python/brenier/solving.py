"""Solving between two clouds of points."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Optional

import numpy as np

from . import _core


class PlanEntries(NamedTuple):
    """The non-zero entries of a plan, sorted by source, then target: mass[k] goes from source[k] to target[k]."""

    source: np.ndarray
    target: np.ndarray
    mass: np.ndarray


@dataclass(frozen=True, eq=False)
class Solution:
    """The answer of `solve`: plan, potentials and their proof."""

    order: int
    distance: float
    """W_p of the plan: exact when `status` is "optimal"."""
    entries: PlanEntries
    """The plan as three arrays."""
    phi: np.ndarray
    """Kantorovich potential on the sources, canonical: phi_i = min_j c(x_i, y_j) - psi_j at every point."""
    psi: np.ndarray
    """The same on the targets; sum(a * phi) == sum(b * psi)."""
    certificate: _core.Certificate
    """The proof, computed over all pairs."""
    status: str
    """"optimal", "time_limit" (the plan is feasible, `certificate.lower_bound` holds) or "unproven"."""
    detail: str
    engine: str
    seconds: float
    x: np.ndarray = field(repr=False)
    y: np.ndarray = field(repr=False)

    @property
    def plan(self) -> Any:
        """The plan as a scipy.sparse.csr_matrix of shape (n, m); without scipy the same as `entries`."""
        try:
            from scipy.sparse import csr_matrix
        except ImportError:
            return self.entries
        return csr_matrix((self.entries.mass, (self.entries.source, self.entries.target)), self._shape)

    @property
    def _shape(self) -> tuple[int, int]:
        return len(self.phi), len(self.psi)


def solve(x, y, a=None, b=None, order: int = 2, *, engine: str = "auto", normalize: bool = False, threads: int = 0,
          time_limit: float = math.inf, memory: float = 0.0, start: Optional[Solution] = None) -> Solution:
    """Solves optimal transport between two weighted clouds exactly and certifies the answer over all pairs.

    Parameters
    ----------
    x, y : (n, d) and (m, d)
        Points, one row each; (n,) for points on a line.
    a, b : (n,) and (m,), optional
        Weights, not negative; equal weights of sum 1 unless given. Their sums must agree to 1e-9, relative.
    order : 1 or 2
        p of the cost |x - y|**p / p.
    engine : "auto", "multiscale", "lemon" or "line"
    normalize : bool
        Scale both sides to mass 1.
    threads : int
        0 takes every core. Results do not depend on it.
    time_limit : float
        Seconds. A solve that is cut short has the status "time_limit".
    memory : float
        Bytes that the solve may take; 0 is half of what is free.
    start : Solution, optional
        Where to start from, an answer between as many points. It changes the time, never the distance.

    Raises
    ------
    ValueError
        For arguments that make no problem, and for problems that do not fit into the memory.
    KeyboardInterrupt
        On Ctrl-C, from the middle of the solve.
    """
    fields = _core.solve(x, y, a, b, order, engine, normalize, threads, time_limit, memory,
                         None if start is None else tuple(start.entries),
                         None if start is None else (start.phi, start.psi))
    return Solution(**{**fields, "entries": PlanEntries(*fields["entries"])}, x=x, y=y)


def proven(solution: Solution) -> Solution:
    """The solution, or a RuntimeError where it is not proven optimal."""
    if solution.status != "optimal":
        raise RuntimeError(solution.detail)
    return solution


def wasserstein(x, y, a=None, b=None, order: int = 2, *, normalize: bool = False, threads: int = 0) -> float:
    """The exact Wasserstein distance W_p between two weighted clouds, proven over all pairs. Arguments as of `solve`.

    There is no 1/2 in W_2: it is the square root of the least mean of |x - y|**2.
    """
    return proven(solve(x, y, a, b, order, normalize=normalize, threads=threads)).distance
