"""What a trainer of transport maps and generators reports, computed exactly.

Weights are optional everywhere, equal unless given, and scaled to sum 1. `order` is the p of the cost |x - y|**p / p.
A number that rests on an optimal plan which is not proven raises NotProven.
"""

from __future__ import annotations

import math
from typing import NamedTuple, Optional, Union

import numpy as np
from numpy.typing import ArrayLike

from . import _core
from ._core import GaussianMoments
from .arguments import checked

__all__ = ["GaussianMoments", "ModeShares", "MongeGap", "NearestNeighbours", "PotentialQuality", "SampleFloor",
           "TwoSampleAccuracy", "bures_wasserstein", "bw2_uvp", "displacement_cosine", "frechet_distance", "l2_uvp",
           "mode_shares", "monge_gap", "nearest_neighbour_accuracy", "nearest_neighbours", "potential_quality",
           "sample_floor", "two_sample_accuracy", "variance"]


class SampleFloor(NamedTuple):
    """The distance between two independent samples of one law: what no method can beat."""

    mean: float
    standard_deviation: Optional[float]
    """Of a single measurement; None for one repeat."""
    size: int
    """Points of each sample."""
    values: np.ndarray
    """W_p of each pair."""


@checked
def sample_floor(target: ArrayLike, weights: Optional[ArrayLike] = None, *, size: int = 0, repeats: int = 10,
                 seed: int = 0, order: int = 2, threads: int = 0) -> SampleFloor:
    """W_p between pairs of disjoint samples of the target, `size` points each (0: half of it), `repeats` times.

    A floor belongs to its size: W_p falls with n like n**(-1/max(d, 2p)), up to logarithms.
    """
    mean, deviation, size, values = _core.sample_floor(target, weights, size, repeats, seed, order, threads)
    return SampleFloor(mean, deviation, size, np.asarray(values))


@checked
def l2_uvp(x: ArrayLike, mapped: ArrayLike, exact: ArrayLike, target_variance: float,
           a: Optional[ArrayLike] = None) -> float:
    """100 mean|mapped - exact|**2 / Var(Q) in percent: 0 for the exact map, 100 for the constant map to Q's mean.

    Row i of `mapped` is the learned map at x_i, of `exact` the optimal one (`Solution.transport_map`); Var(Q) is
    `variance(y)`. Korotin et al. 2021, arXiv 2106.01954.
    """
    return _core.l2_uvp(x, mapped, exact, target_variance, a)


@checked
def displacement_cosine(x: ArrayLike, mapped: ArrayLike, exact: ArrayLike,
                        a: Optional[ArrayLike] = None) -> Optional[float]:
    """The cosine of the angle in L2(P) between the displacements mapped - x and exact - x, from -1 to 1.

    One ratio for the whole sample; None where one of the maps moves nothing. Korotin et al. 2021, arXiv 2106.01954.
    """
    return _core.displacement_cosine(x, mapped, exact, a)


class MongeGap(NamedTuple):
    value: float
    """mean_cost - transport_cost, at least 0: zero exactly when the map is optimal for its own image."""
    mean_cost: float
    """mean c_p(x, T(x))."""
    transport_cost: float
    """T_p between x and T(x)."""


@checked
def monge_gap(x: ArrayLike, mapped: ArrayLike, a: Optional[ArrayLike] = None, *, order: int = 2,
              threads: int = 0) -> MongeGap:
    """How far a map is from an optimal map onto its own image; needs no target. Uscidda & Cuturi 2023, arXiv
    2302.04953."""
    return MongeGap(*_core.monge_gap(x, mapped, a, order, threads))


class PotentialQuality(NamedTuple):
    """What learned potentials are worth, in units of the cost. No dual value exceeds T_p."""

    transport_cost: float
    """T_p, exact."""
    best_value: float
    """The best dual value that what was given leads to, by exact c-transforms over all points."""
    shortfall: float
    """transport_cost - best_value."""
    relative_shortfall: Optional[float]
    """In percent of T_p; None where that is zero."""
    value_of_phi: Optional[float]
    value_of_psi: Optional[float]
    given_value: Optional[float]
    """sum(a * phi) + sum(b * psi) as given: a bound only without violation."""
    worst_violation: Optional[float]
    """The largest phi_i + psi_j - c_ij over all pairs."""


@checked
def potential_quality(x: ArrayLike, y: ArrayLike, phi: Optional[ArrayLike] = None, psi: Optional[ArrayLike] = None,
                      a: Optional[ArrayLike] = None, b: Optional[ArrayLike] = None, *, order: int = 2,
                      threads: int = 0) -> PotentialQuality:
    """Judges learned potentials, phi on x, psi on y, or both, against the exact optimum."""
    return PotentialQuality(**_core.potential_quality(x, y, phi, psi, a, b, order, threads))


@checked
def variance(points: ArrayLike, weights: Optional[ArrayLike] = None) -> float:
    """The trace of the population covariance: the mean of |y - mean|**2."""
    return _core.variance(points, weights)


CloudOrMoments = Union[GaussianMoments, ArrayLike]


def _moments(cloud: CloudOrMoments) -> GaussianMoments:
    return cloud if isinstance(cloud, GaussianMoments) else GaussianMoments.of(cloud)


@checked
def frechet_distance(first: CloudOrMoments, second: CloudOrMoments) -> float:
    """|m1 - m2|**2 + tr(S1 + S2 - 2 (S1**.5 S2 S1**.5)**.5), a squared length, of clouds or of given moments.

    Of clouds the population covariances are taken; for others, or for weights, pass `GaussianMoments`. Of Inception
    features with unbiased covariances it is the FID.
    """
    return _core.frechet_distance(_moments(first), _moments(second))


@checked
def bures_wasserstein(first: CloudOrMoments, second: CloudOrMoments) -> float:
    """W_2 of the Gaussians with the moments of two clouds: the root of `frechet_distance`."""
    return _core.bures_wasserstein(_moments(first), _moments(second))


@checked
def bw2_uvp(mapped: CloudOrMoments, target: CloudOrMoments) -> float:
    """100 BW_2**2 / Var(Q) in percent, the 1/2 of the cost in both or in neither: 100 for the constant map to Q's mean.
    Korotin et al. 2021, arXiv 2102.01752."""
    return _core.bw2_uvp(_moments(mapped), _moments(target))


class ModeShares(NamedTuple):
    """How a cloud is spread over modes, mode k being the points whose nearest centre is centre k."""

    count: np.ndarray
    mass: np.ndarray
    close_count: np.ndarray
    """Points within the radius of the centre."""
    close_mass: np.ndarray
    covered: int
    """Modes with a close point."""


@checked
def mode_shares(points: ArrayLike, centres: ArrayLike, radius: float = math.inf,
                weights: Optional[ArrayLike] = None, *, threads: int = 0) -> ModeShares:
    """Counts and masses per mode of a mixture with known centres; `radius` is usually 3 standard deviations."""
    return ModeShares(*_core.mode_shares(points, centres, radius, weights, threads))


class NearestNeighbours(NamedTuple):
    index: np.ndarray
    distance: np.ndarray


@checked
def nearest_neighbours(points: ArrayLike, queries: ArrayLike, *, threads: int = 0) -> NearestNeighbours:
    """The nearest of some points to each query, exactly; the smallest row among ties."""
    return NearestNeighbours(*_core.nearest_neighbours(points, queries, threads))


@checked
def nearest_neighbour_accuracy(labelled: ArrayLike, labels: ArrayLike, unseen: ArrayLike, unseen_labels: ArrayLike, *,
                               threads: int = 0) -> float:
    """The part of unseen points whose label is that of the nearest labelled point. Labels may be anything that numpy
    sorts."""
    names = np.unique(np.concatenate([np.asarray(labels), np.asarray(unseen_labels)]))
    if names.dtype.kind == "f":  # Labels of different types have become floats: none may have become another label.
        _core.to_numbers(labels, "labels")
        _core.to_numbers(unseen_labels, "unseen_labels")
    return _core.nearest_neighbour_accuracy(labelled, np.searchsorted(names, labels), unseen,
                                            np.searchsorted(names, unseen_labels), threads)


class TwoSampleAccuracy(NamedTuple):
    """Leave-one-out accuracy of telling generated points from target points by the nearest other point: 1/2 for two
    samples of one law, 1 for clouds that are apart, less where target points are repeated."""

    overall: float
    generated: float
    target: float


@checked
def two_sample_accuracy(generated: ArrayLike, target: ArrayLike, *, threads: int = 0) -> TwoSampleAccuracy:
    """The 1-NN two-sample test (Lopez-Paz & Oquab 2017, arXiv 1610.06545) between clouds of one size."""
    return TwoSampleAccuracy(*_core.two_sample_accuracy(generated, target, threads))
