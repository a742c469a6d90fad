"""Geodesics and gradient flows along exact plans and potentials."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator, NamedTuple, Optional

import numpy as np
from numpy.typing import ArrayLike

from . import _core
from .arguments import checked
from .solving import Solution, proven, solve


class Cloud(NamedTuple):
    """Points, one row each, and their masses."""

    points: np.ndarray
    weights: np.ndarray


class Geodesic:
    """The displacement interpolation ((1 - s) id + s T)#mu between two clouds along an optimal plan.

    From a plan for order 2, "matching" or "split", it has constant speed: W2(at(s), at(r)) = |s - r| W2(x, y).
    """

    @checked
    def __init__(self, solution: Solution, displacement: str = "split") -> None:
        """`displacement` says what a plan does that sends one point to several: "split" makes a particle of each entry,
        "barycentric" sends the point to their mean, "matching" is a ValueError."""
        self._core = _core.Geodesic(solution.x, solution.a, solution.y, solution.entries, displacement)

    @checked
    def at(self, s: float) -> Cloud:
        """The cloud at 0 <= s <= 1; its ends are exact."""
        return Cloud(*self._core.at(s))

    @checked
    def at_time(self, t: float) -> Cloud:
        """The gradient flow of W2**2 / 2 to the target at time t >= 0: the cloud at s = 1 - exp(-t)."""
        return Cloud(*self._core.at_time(t))

    @property
    def identity(self) -> np.ndarray:
        """The row of x that each particle belongs to."""
        return self._core.identity


@checked
def geodesic(x: ArrayLike, y: ArrayLike, a: Optional[ArrayLike] = None, b: Optional[ArrayLike] = None, *,
             displacement: str = "split", normalize: bool = False, threads: int = 0) -> Geodesic:
    """The W2 geodesic from one cloud to another. Arguments as of `solve`, `displacement` as of `Geodesic`."""
    return Geodesic(proven(solve(x, y, a, b, 2, normalize=normalize, threads=threads)), displacement)


@dataclass(frozen=True, eq=False)
class FlowStep:
    """What is known of a flow at one step."""

    step: int
    time: float
    """step * epsilon."""
    w1: Optional[float]
    w2: Optional[float]
    """Exact distances to the target; None where not asked for."""
    loss: float
    """T_p: half of w2**2 for order 2, w1 for order 1."""
    velocity_norm: float
    """The norm of grad phi in L2 of the particles."""
    predicted: Optional[float]
    """The distance as theory gives it from step 0 alone; None without a theorem."""
    relative_gap: float
    seconds: float
    particles: np.ndarray
    weights: np.ndarray
    identity: np.ndarray
    """The row of x that each particle is, or is a part of."""
    images: np.ndarray
    """T of each particle: where its next step leads."""
    passengers: np.ndarray


@checked
def euler_flow(x: ArrayLike, y: ArrayLike, a: Optional[ArrayLike] = None, b: Optional[ArrayLike] = None, *, step: float,
               steps: Optional[int] = None, order: int = 2, clip: bool = False, resolve: str = "warm",
               displacement: str = "barycentric", both_distances: bool = False,
               passengers: Optional[ArrayLike] = None, minibatch: int = 0, seed: int = 0,
               threads: int = 0) -> Iterator[FlowStep]:
    """Lets particles flow to a target along the exact gradient of W_p: Y <- Y - step * grad phi(Y), step after step.

    The potential phi of every step is proven over all pairs. Order 2 is the scheme of Huang & Malik (arXiv 2406.13619),
    order 1 that of Malik & Huang (arXiv 2405.16351).

    Parameters
    ----------
    x, y, a, b
        The particles at the start, the target, and their weights, as for `solve`.
    step : float
        Order 2: the part of the way to T(Y), at most 1. Order 1: a length.
    steps : int, optional
        How many; without end unless given.
    clip : bool
        Order 1: a step ends at its target at the latest. Without it particles overshoot, as in the paper.
    resolve : "warm" or "cold"
        Warm steps are predicted, verified over all pairs, and solved only where that fails; cold ones solved anew.
    displacement : "barycentric", "split" or "matching"
        What a point does whose mass the plan sends to several targets.
    both_distances : bool
        Record the distance of the other order too: one more solve a step.
    passengers : (k, d), optional
        Further points that move by the potential and do not shape it.
    minibatch : int
        Each step takes its potential to so many fresh points of the target; 0: to all of them.

    Yields
    ------
    FlowStep
        The start, then the state after each step.
    """
    flow = _core.EulerFlow(x, y, a, b, step, order, clip, resolve, displacement, both_distances, passengers, minibatch,
                           seed, threads)
    return _states(flow, steps)


def _states(flow: _core.EulerFlow, steps: Optional[int]) -> Iterator[FlowStep]:
    flow.start()
    state = FlowStep(**flow.state())
    yield state
    while steps is None or state.step < steps:
        flow.step()
        state = FlowStep(**flow.state())
        yield state
