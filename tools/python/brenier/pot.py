"""`emd` and `emd2` on a matrix of costs, spelled as in POT (Python Optimal Transport, `ot.emd` and `ot.emd2`).

Arguments, results and casts are POT's. What differs: the answer is always the optimum, proven over all pairs, whatever
`numItermax` says; masses are exact integers inside, so that feasible problems are never called infeasible; the duals
satisfy u + v <= M at every point, points without mass included; arrays of other libraries give arrays of numpy.
"""

from __future__ import annotations

import math
import warnings
from typing import Any, Optional, Union

import numpy as np
from numpy.typing import ArrayLike

from . import _core
from .arguments import checked

OPTIMAL, MAX_ITER_REACHED = 1, 3  # POT's result codes.


class MismatchError(ValueError, AssertionError):
    """Arguments that do not belong together: a ValueError as everywhere here, an AssertionError as in POT."""


@checked
def emd(a: ArrayLike, b: ArrayLike, M: ArrayLike, numItermax: float = 100000, log: bool = False,
        center_dual: bool = True, numThreads: Union[int, str, None] = 1, check_marginals: bool = True, *,
        potentials_init: Optional[tuple] = None, time_limit: Optional[float] = None) -> Any:
    """The optimal plan for a matrix of costs, as a dense (n, m) array.

    Parameters
    ----------
    a, b : (n,) and (m,)
        Weights; an empty list stands for equal weights of sum 1. Sums that differ by less than 1.5e-7 are made equal.
    M : (n, m)
        Costs, any finite numbers, and inf for pairs that no mass may use.
    numItermax : number
        Taken and not needed: every solve goes on to the optimum. To bound the time use `time_limit`.
    log : bool
        Return also a dictionary with `cost`, the duals `u` and `v`, `warning`, `result_code` and `certificate`.
    center_dual : bool
        Taken and not needed: the duals are always centred, sum(a * u) == sum(b * v).
    numThreads : int or "max"
        The plan does not depend on it.
    check_marginals : bool
        False spares the comparison of the sums; b is scaled to the sum of a.
    potentials_init : (u, v), optional
        Duals to start from. They change the time only.
    time_limit : float
        Seconds; None is no limit. A plan that is not the optimum is feasible, and comes with a warning and the
        `result_code` 3.
    """
    problem = _Problem(a, b, M, numThreads, check_marginals)
    fields = problem.solve(problem.b, potentials_init, time_limit)
    plan = problem.dense_plan(fields)
    return (plan, {"cost": fields["cost"], **problem.log(fields)}) if log else plan


@checked
def emd2(a: ArrayLike, b: ArrayLike, M: ArrayLike, processes: int = 1, numItermax: float = 100000, log: bool = False,
         return_matrix: bool = False, center_dual: bool = True, numThreads: Union[int, str, None] = 1,
         check_marginals: bool = True, *, potentials_init: Optional[tuple] = None,
         time_limit: Optional[float] = None) -> Any:
    """The optimal cost for a matrix of costs.

    As `emd`, but returns the cost, or (cost, log) with `log` or `return_matrix`; the latter puts the plan into the log
    as `G`. If b is a matrix, each of its columns is a problem of its own, and a list is returned. `processes` is taken
    and not needed.
    """
    problem = _Problem(a, b, M, numThreads, check_marginals)

    def solve_for(weights: np.ndarray) -> Any:
        fields = problem.solve(weights, potentials_init, time_limit)
        if not (log or return_matrix):
            return fields["cost"]
        matrix = {"G": problem.dense_plan(fields)} if return_matrix else {}
        return fields["cost"], {**matrix, **problem.log(fields)}

    if problem.b.ndim == 1:
        return solve_for(problem.b)
    return [solve_for(column) for column in problem.b.T]


class _Problem:
    """The arguments, checked, as doubles; and the type that results are cast to."""

    def __init__(self, a: ArrayLike, b: ArrayLike, M: ArrayLike, numThreads: Union[int, str, None],
                 check_marginals: bool) -> None:
        # POT's rule: results have the type of a, if it is empty of b, then of M.
        self.dtype = next(array for array in map(np.asarray, (a, b, M)) if array.ndim != 1 or len(array) > 0).dtype
        self.costs = _core.to_numbers(M, "M")
        if self.costs.ndim != 2 or self.costs.size == 0:
            raise MismatchError(f"M: has shape {self.costs.shape}, expected (n, m), at least one row and one column")
        self.a = _weights(a, "a", self.costs.shape[0])
        self.b = _weights(b, "b", self.costs.shape[1])
        if self.a.ndim != 1 or self.b.ndim > 2 or (len(self.a), len(self.b)) != self.costs.shape:
            raise MismatchError(f"a, b, M: have shapes {self.a.shape}, {self.b.shape} and {self.costs.shape}; expected "
                                "(n,), (m,) and (n, m)")
        self.b = _of_equal_sum(self.a, self.b, check_marginals)
        self.threads = _threads(numThreads)

    def solve(self, b: np.ndarray, start: Optional[tuple], time_limit: Optional[float]) -> dict:
        fields = _core.solve_cost_matrix(self.costs, self.a, b, self.threads,
                                         math.inf if time_limit is None else time_limit,
                                         None if start is None else start[1])
        if fields["status"] == "unproven":
            raise RuntimeError(fields["detail"])
        fields["warning"] = None if fields["status"] == "optimal" else fields["detail"]
        if fields["warning"]:
            warnings.warn(fields["warning"], stacklevel=4)
        if not np.issubdtype(self.dtype, np.floating):
            warnings.warn(f"a, b or M: has type {self.dtype}, to which the plan and the duals are cast as POT does it; "
                          "give floating point numbers to keep their digits", stacklevel=4)
        return fields

    def dense_plan(self, fields: dict) -> np.ndarray:
        source, target, mass = fields["entries"]
        plan = np.zeros(self.costs.shape, self.dtype)
        plan[source, target] = mass
        return plan

    def log(self, fields: dict) -> dict:
        return {"u": fields["phi"].astype(self.dtype), "v": fields["psi"].astype(self.dtype),
                "warning": fields["warning"],
                "result_code": MAX_ITER_REACHED if fields["warning"] else OPTIMAL,
                "certificate": fields["certificate"]}


def _weights(value: ArrayLike, name: str, count: int) -> np.ndarray:
    weights = _core.to_numbers(value, name)
    return np.full(count, 1.0 / count) if weights.shape == (0,) else weights


def _of_equal_sum(a: np.ndarray, b: np.ndarray, check: bool) -> np.ndarray:
    """b with the sum of a; POT's tolerance, 1.5e-7, leaves room for weights in float32."""
    sums = b.sum(axis=0)
    if check and np.any(np.abs(sums - a.sum()) >= 1.5e-7):
        raise MismatchError(f"a and b vector must have the same sum: b has {sums}, a has {a.sum()}")
    return b if np.all(sums == a.sum()) or np.any(sums == 0.0) else b * (a.sum() / sums)


def _threads(count: Union[int, str, None]) -> int:
    if count is None or (isinstance(count, str) and count.lower() == "max"):
        return 0
    if not isinstance(count, int) or count < 1:
        raise ValueError(f'numThreads: is {count!r}, expected "max" or an integer above 0')
    return count
