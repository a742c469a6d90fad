"""Exact discrete optimal transport with a proof.

>>> import brenier
>>> solution = brenier.solve([[0.0, 0.0], [4.0, 0.0]], [[4.0, 3.0], [0.0, 3.0]])
>>> solution.distance
3.0

The ground cost of order p is c(x, y) = |x - y|**p / p with the Euclidean norm, p = 1 or 2; T_p is the least cost of a
plan, and W_p = (p T_p)**(1/p) the distance. Points come as arrays with one row a point, or anything that numpy makes
such an array of. What is wrong with an argument is said by a ValueError.
"""

from . import metrics
from ._core import Certificate, NotProven, Potential, version as __version__
from .files import read, write
from .flows import Cloud, FlowStep, Geodesic, euler_flow, geodesic
from .pot import emd, emd2
from .progress import Progress
from .solving import (PlanEntries, PointGradient, Solution, c_transform, certify, sample_plan, solve, solve_many,
                      wasserstein, wasserstein_gradient, wasserstein_many)

__all__ = ["Certificate", "Cloud", "FlowStep", "Geodesic", "NotProven", "PlanEntries", "PointGradient", "Potential",
           "Progress", "Solution", "c_transform", "certify", "emd", "emd2", "euler_flow", "geodesic", "metrics", "read",
           "sample_plan", "solve", "solve_many", "wasserstein", "wasserstein_gradient", "wasserstein_many", "write"]
