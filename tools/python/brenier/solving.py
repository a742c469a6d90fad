"""Solving between two clouds of points."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Optional, Sequence

import numpy as np
from numpy.typing import ArrayLike

from . import _core
from .arguments import checked
from .progress import Reporter, Reporting


class PlanEntries(NamedTuple):
    """The non-zero entries of a plan, sorted by source, then target: mass[k] goes from source[k] to target[k]."""

    source: np.ndarray
    target: np.ndarray
    mass: np.ndarray


class PointGradient(NamedTuple):
    """How a number changes when points move: arrays of the shapes of x and y."""

    x: np.ndarray
    y: np.ndarray


@dataclass(frozen=True, eq=False)
class Solution:
    """The answer of `solve`: plan, potentials and their proof."""

    order: int
    distance: float
    """W_p of the plan: exact when `status` is "optimal"."""
    entries: PlanEntries = field(repr=False)
    """The plan as three arrays."""
    phi: np.ndarray = field(repr=False)
    """Kantorovich potential on the sources, canonical: phi_i = min_j c(x_i, y_j) - psi_j at every point."""
    psi: np.ndarray = field(repr=False)
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
    a: Optional[np.ndarray] = field(repr=False)
    """The points, and the sources' weights (None: equal), as they were solved: copies."""

    @property
    def plan(self) -> Any:
        """The plan as a scipy.sparse.csr_matrix of shape (n, m); without scipy the same as `entries`."""
        try:
            from scipy.sparse import csr_matrix
        except ImportError:
            return self.entries
        return csr_matrix((self.entries.mass, (self.entries.source, self.entries.target)),
                          (len(self.phi), len(self.psi)))

    @property
    def potential(self) -> _core.Potential:
        """phi as a function on the whole space: value, gradient and map at any points."""
        return _core.Potential(self.y, self.psi, self.order)

    def transport_map(self) -> np.ndarray:
        """T at each source, (n, d): where the plan sends it, the mean where that is several places. Points without mass
        follow the potential."""
        return _core.transport_map(self.order, self.x, self.y, self.entries, self.psi)

    def potential_gradient(self) -> np.ndarray:
        """grad phi at each source, (n, d): x - T(x) for order 2, its direction for order 1."""
        return _core.potential_gradient(self.order, self.x, self.y, self.entries, self.psi)

    def gradient(self) -> PointGradient:
        """The derivatives of W_p**p = p T_p by x and by y, with the plan held fixed (envelope theorem). For order 2
        the first is 2 a_i (x_i - T(x_i)). Where the optimal plan is not unique, one of the supergradients."""
        return PointGradient(*_core.power_gradient(self.order, self.x, self.y, self.entries))


@checked
def solve(x: ArrayLike, y: ArrayLike, a: Optional[ArrayLike] = None, b: Optional[ArrayLike] = None, order: int = 2, *,
          engine: str = "auto", normalize: bool = False, threads: int = 0, time_limit: Optional[float] = None,
          memory: float = 0.0, start: Optional[Solution] = None, progress: Reporter = None) -> Solution:
    """Solves optimal transport between two weighted clouds exactly and certifies the answer over all pairs.

    Parameters
    ----------
    x, y : (n, d) and (m, d)
        Points, one row each; (n,) for points on a line. Integers that a double does not hold exactly, 2**53 + 1, are
        refused: subtract a common offset first.
    a, b : (n,) and (m,), optional
        Weights, not negative; equal weights of sum 1 unless given. Their sums must agree to 1e-9, relative.
    order : 1 or 2
        p of the cost |x - y|**p / p.
    engine : "auto", "multiscale", "lemon", "assignment" or "line"
    normalize : bool
        Scale both sides to mass 1.
    threads : int
        0 takes every core. Results do not depend on it.
    time_limit : float
        Seconds; None is no limit. A solve that is cut short has the status "time_limit".
    memory : float
        Bytes that the solve may take; 0 is half of what is free.
    start : Solution, optional
        Where to start from, an answer between as many points. It changes the time, never the distance.
    progress : function or True, optional
        Called with a `Progress` now and then, on this thread; what it raises ends the solve and comes out of it. True
        writes a line on standard error.

    Raises
    ------
    ValueError
        For arguments that make no problem, and for problems that do not fit into the memory.
    KeyboardInterrupt
        On Ctrl-C, from the middle of the solve.
    """
    with Reporting(progress) as report:
        fields = _core.solve(x, y, a, b, order, engine, normalize, threads, seconds(time_limit), memory,
                             None if start is None else tuple(start.entries),
                             None if start is None else (start.phi, start.psi), report)
    return solution_of(fields, x, y, a, normalize)


def seconds(time_limit: Optional[float]) -> float:
    """A time limit as the core takes it."""
    return math.inf if time_limit is None else time_limit


def solution_of(fields: dict, x: ArrayLike, y: ArrayLike, a: Optional[ArrayLike], normalize: bool) -> Solution:
    """What the core has found, with copies of the points that it was found for."""
    fields["entries"] = PlanEntries(*fields["entries"])
    weights = None if a is None else np.array(_core.to_numbers(a, "a"))
    if normalize and weights is not None:
        weights /= weights.sum()
    return Solution(**fields, x=np.array(_core.to_numbers(x, "x")), y=np.array(_core.to_numbers(y, "y")), a=weights)


@checked
def solve_many(x: Sequence[ArrayLike], y: Sequence[ArrayLike], a: Optional[Sequence[ArrayLike]] = None,
               b: Optional[Sequence[ArrayLike]] = None, order: int = 2, *, engine: str = "auto",
               normalize: bool = False, threads: int = 0, time_limit: Optional[float] = None,
               memory: float = 0.0, progress: Reporter = None) -> list[Solution]:
    """Solves many problems, the threads taking one each: for minibatches, each too short for several threads.

    Parameters
    ----------
    x, y : (B, n, d) and (B, m, d), or lists of B arrays (n_k, d) and (m_k, d)
        Points of problem k in x[k] and y[k], of any sizes.
    a, b : (B, n) and (B, m), or lists of B arrays, optional
        Weights; equal ones of sum 1 unless given.
    order, engine, normalize
        As of `solve`, for all problems.
    threads : int
        Problems that are solved at a time; 0 takes every core. Results do not depend on it.
    time_limit : float
        Seconds for all together. What is then unfinished has the status "time_limit".
    memory : float
        Bytes for all together.
    progress : function or True, optional
        As of `solve`; its `round` is the number of problems that are done.

    Returns the solutions in the order of the problems, the same that `solve` finds for each.

    Raises
    ------
    ValueError
        For arguments that make no problem, with the number of the problem.
    KeyboardInterrupt
        On Ctrl-C.

    >>> import brenier
    >>> [found.distance for found in brenier.solve_many([[[0.0]], [[1.0]]], [[[3.0]], [[5.0]]])]
    [3.0, 4.0]
    """
    same_length(x, y)
    with Reporting(progress) as report:
        found = _core.solve_many(x, y, a, b, order, engine, normalize, threads, seconds(time_limit), memory, report)
    return [solution_of(fields, x[k], y[k], None if a is None else a[k], normalize)
            for k, fields in enumerate(found)]


@checked
def wasserstein_many(x: Sequence[ArrayLike], y: Sequence[ArrayLike], a: Optional[Sequence[ArrayLike]] = None,
                     b: Optional[Sequence[ArrayLike]] = None, order: int = 2, *, normalize: bool = False,
                     threads: int = 0, progress: Reporter = None) -> np.ndarray:
    """The exact Wasserstein distances of many problems, (B,), each proven over all pairs. Arguments as of `solve_many`.

    >>> import brenier
    >>> brenier.wasserstein_many([[[0.0]], [[1.0]]], [[[3.0]], [[5.0]]])
    array([3., 4.])
    """
    same_length(x, y)
    with Reporting(progress) as report:
        return _core.wasserstein_many(x, y, a, b, order, normalize, threads, report)


@checked
def sample_plan(x: ArrayLike, y: ArrayLike, a: Optional[ArrayLike] = None, b: Optional[ArrayLike] = None,
                order: int = 2, *, size: Optional[int] = None, seed: Any = None, normalize: bool = False,
                threads: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Pairs (i, j) drawn from the optimal plan, independently and each with the mass that goes from x[i] to y[j]: the
    coupling of two minibatches that flow matching wants.

    Parameters
    ----------
    x, y, a, b, order, normalize, threads
        As of `solve`.
    size : int
        Pairs to draw; as many as x has points unless given.
    seed : int or numpy.random.Generator, optional
        The same seed draws the same pairs.

    Returns two arrays of indices, (size,) each. Raises NotProven where the plan is not proven optimal.

    >>> import brenier
    >>> i, j = brenier.sample_plan([[0.0], [1.0]], [[1.5], [0.5]], size=50, seed=1)
    >>> sorted({*zip(i.tolist(), j.tolist())})
    [(0, 1), (1, 0)]
    """
    solution = proven(solve(x, y, a, b, order, normalize=normalize, threads=threads))
    if size is not None and size < 0:
        raise ValueError(f"size: is {size}, expected 0 or more")
    source, target, mass = solution.entries
    drawn = np.random.default_rng(seed).choice(len(mass), len(solution.x) if size is None else size,
                                               p=mass / mass.sum())
    return source[drawn], target[drawn]


def same_length(x: Sequence[ArrayLike], y: Sequence[ArrayLike]) -> None:
    """Refuses batches of different lengths."""
    for name, points in (("x", x), ("y", y)):
        if not hasattr(points, "__len__") or not hasattr(points, "__getitem__"):
            raise ValueError(f"{name}: expected an array (B, n, d) or a list of arrays (n, d)")
    if len(x) != len(y):
        raise ValueError(f"y: has {len(y)} problems, expected {len(x)}, as x")


def proven(solution: Solution) -> Solution:
    """The solution, or a NotProven where it is not proven optimal. That carries it as `solution`: the plan is feasible,
    and `solution.certificate` has the interval in which the distance lies."""
    if solution.status != "optimal":
        error = _core.NotProven(solution.detail)
        error.solution = solution
        raise error
    return solution


@checked
def certify(x: ArrayLike, y: ArrayLike, plan: Any, phi: ArrayLike, psi: ArrayLike, a: Optional[ArrayLike] = None,
            b: Optional[ArrayLike] = None, order: int = 2, *, normalize: bool = False, threads: int = 0,
            verify: bool = False) -> _core.Certificate:
    """Judges a plan and potentials, wherever they come from, over all pairs.

    Parameters
    ----------
    x, y, a, b, order, normalize, threads
        As of `solve`.
    plan : (n, m) array or scipy.sparse matrix, or three arrays (source, target, mass)
        As `Solution.plan` and `Solution.entries` are.
    phi, psi : (n,) and (m,)
        Potentials of the cost |x - y|**p / p. Of duals that belong to the cost |x - y|**2 take half.
    verify : bool
        Look at the pairs one by one however many there are; up to 1e8 that is done in any case.

    Returns the certificate: `proves_optimality()` says whether the plan is optimal, `distance_lower` and
    `distance_upper` enclose the true distance in any case.

    >>> import brenier
    >>> brenier.certify([[0.0]], [[3.0]], [[1.0]], [2.25], [2.25]).proves_optimality()
    True
    """
    return _core.certify(x, y, a, b, tuple(entries_of(plan)), phi, psi, order, normalize, threads, verify)


def entries_of(plan: Any) -> tuple:
    """The three arrays of a plan."""
    if isinstance(plan, tuple):
        if len(plan) != 3:
            raise ValueError(f"plan: has {len(plan)} parts, expected source, target and mass")
        return plan
    if hasattr(plan, "tocoo"):
        matrix = plan.tocoo()
        return matrix.row, matrix.col, matrix.data
    table = np.asarray(plan, dtype=float)
    if table.ndim != 2:
        raise ValueError("plan: expected a matrix, or a tuple of source, target and mass")
    source, target = np.nonzero(table)
    return source, target, table[source, target]


@checked
def c_transform(y: ArrayLike, psi: ArrayLike, x: ArrayLike, order: int = 2, *,
                threads: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """psi^c(x) = min_j |x - y_j|**p / p - psi_j at each of the points x, (k,), and the j that attains it, (k,): the
    smallest one among ties. By symmetry phi^c is `c_transform(x, phi, y)`.

    >>> import brenier
    >>> brenier.c_transform([[0.0], [4.0]], [0.0, 1.0], [[1.0], [3.0]], order=1)
    (array([1., 0.]), array([0, 1]))
    """
    return _core.c_transform(y, psi, x, order, threads)


@checked
def wasserstein(x: ArrayLike, y: ArrayLike, a: Optional[ArrayLike] = None, b: Optional[ArrayLike] = None,
                order: int = 2, *, normalize: bool = False, threads: int = 0, progress: Reporter = None) -> float:
    """The exact Wasserstein distance W_p between two weighted clouds, proven over all pairs. Arguments as of `solve`.

    There is no 1/2 in W_2: it is the square root of the least mean of |x - y|**2.
    """
    return proven(solve(x, y, a, b, order, normalize=normalize, threads=threads, progress=progress)).distance


@checked
def wasserstein_gradient(x: ArrayLike, y: ArrayLike, a: Optional[ArrayLike] = None, b: Optional[ArrayLike] = None,
                         order: int = 2, *, normalize: bool = False, threads: int = 0) -> tuple[float, np.ndarray]:
    """W_p**p and its derivative by x, (n, d), as a training loop wants them. See `Solution.gradient`."""
    solution = proven(solve(x, y, a, b, order, normalize=normalize, threads=threads))
    return solution.distance**order, solution.gradient().x
