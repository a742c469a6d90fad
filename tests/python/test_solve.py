"""solve and wasserstein against scipy, and what a solution carries."""

import math

import numpy as np
import pytest
import scipy.optimize
import scipy.sparse
import scipy.stats

import brenier
from clouds import distances, gaussian, ring


@pytest.mark.parametrize("order", [1, 2])
@pytest.mark.parametrize("n", [1, 7, 211, 401])
def test_distance_is_that_of_the_best_assignment(order, n):
    x, y = gaussian(n, 1), ring(n, 2)
    costs = distances(x, y) ** order
    rows, columns = scipy.optimize.linear_sum_assignment(costs)
    # Both are exact up to the rounding of sums of n numbers of this size.
    expected = costs[rows, columns].mean() ** (1 / order)
    assert brenier.wasserstein(x, y, order=order) == pytest.approx(expected, rel=1e-12)


def test_distance_on_a_line_with_weights():
    rng = np.random.default_rng(3)
    x, y, a, b = rng.normal(size=30), rng.normal(size=40), rng.random(30), rng.random(40)
    expected = scipy.stats.wasserstein_distance(x, y, a, b)
    assert brenier.wasserstein(x, y, a, b, order=1, normalize=True) == pytest.approx(expected, rel=1e-12)


def test_solution_carries_plan_potentials_and_proof():
    x, y = gaussian(300, 4), ring(550, 5)
    solution = brenier.solve(x, y)
    costs = distances(x, y) ** 2 / 2
    assert solution.status == "optimal" and solution.order == 2 and solution.engine == "multiscale"
    assert solution.certificate.proves_optimality()
    plan = solution.plan
    assert scipy.sparse.issparse(plan) and plan.shape == (300, 550)
    # Masses are multiples of 1/900; sums of a few dozen of them round in the last digits only.
    np.testing.assert_allclose(plan.sum(axis=1).A1, 1 / 300, rtol=1e-14)
    np.testing.assert_allclose(plan.sum(axis=0).A1, 1 / 550, rtol=1e-14)
    source, target, mass = solution.entries
    assert source.dtype == target.dtype == np.int64 and mass.dtype == np.float64
    assert np.all(np.diff(source * 550 + target) > 0)
    primal = (mass * costs[source, target]).sum()
    assert primal == pytest.approx(solution.certificate.primal, rel=1e-13)
    assert solution.distance == pytest.approx(math.sqrt(2 * primal), rel=1e-13)
    slack = costs - solution.phi[:, None] - solution.psi[None, :]
    assert slack.min() >= -1e-13  # Costs are up to 20: a few units of their rounding.
    assert np.abs(slack[source, target]).max() <= 1e-13
    assert solution.phi.mean() == pytest.approx(solution.psi.mean(), rel=1e-12)
    assert solution.phi.mean() + solution.psi.mean() == pytest.approx(primal, rel=1e-12)


def test_plan_is_index_arrays_without_scipy(monkeypatch):
    import sys
    monkeypatch.setitem(sys.modules, "scipy.sparse", None)
    solution = brenier.solve([[0.0, 0.0], [4.0, 0.0]], [[4.0, 3.0], [0.0, 3.0]])
    assert solution.plan is solution.entries
    assert [part.tolist() for part in solution.plan] == [[0, 1], [1, 0], [0.5, 0.5]]


def test_start_makes_a_solve_quick_and_changes_no_distance():
    x, y = gaussian(3000, 6), ring(3000, 7)
    cold = brenier.solve(x, y, order=1)
    warm = brenier.solve(x, y, order=1, start=cold)
    assert warm.distance == pytest.approx(cold.distance, rel=1e-13)
    assert warm.status == "optimal"


def test_time_limit_leaves_a_feasible_plan_and_a_bound():
    x, y = gaussian(3000, 8), ring(3000, 9)
    exact = brenier.solve(x, y, order=1)
    stopped = brenier.solve(x, y, order=1, time_limit=1e-9)
    assert stopped.status == "time_limit" and "feasible" in stopped.detail
    assert stopped.certificate.lower_bound < exact.distance < stopped.distance
    assert stopped.certificate.marginal_residual < 1e-12


def test_threads_change_nothing():
    x, y = gaussian(2000, 10), ring(2000, 11)
    one, two = brenier.solve(x, y, threads=1), brenier.solve(x, y, threads=2)
    assert one.distance == two.distance
    np.testing.assert_array_equal(one.phi, two.phi)
    np.testing.assert_array_equal(one.entries.target, two.entries.target)


def test_integer_masses_stay():
    solution = brenier.solve([0, 10], [1, 9, 11], a=[2, 1], b=[1, 1, 1], order=1)
    assert solution.certificate.primal == 1 + 9 + 1
    assert solution.entries.mass.sum() == 3


@pytest.mark.parametrize("arguments, message", [
    (dict(x=[[0.0, math.nan]], y=[[0.0, 0.0]]), "x: points: row 0, column 1 is nan"),
    (dict(x=[[1e200], [-1e200]], y=[[0.0], [1.0]]), "x, y: points: "),
    (dict(x=[[0.0, 0.0]], y=[[0.0]]), "target: dimension 1, but the source has 2"),
    (dict(x=[[0.0]], y=[[0.0]], a=[1.0, 2.0]), "x, a: weights: there are 2 for 1 points"),
    (dict(x=[[0.0]], y=[[0.0]], b=[-1.0]), "y, b: weights: entry 0 is -1"),
    (dict(x=[[0.0]], y=[[0.0]], b=[2.0]), "total mass 2, but the source has 1"),
    (dict(x=[[0.0]], y=[[0.0]], order=2.0), "order: is 2.0, expected an integer"),
    (dict(x=[[0.0]], y=[[0.0]], engine=None), "engine: is None, expected a word"),
    (dict(x=[[0.0]], y=[[0.0]], time_limit="long"), "time_limit: is 'long', expected a number or None"),
    (dict(x=[[0.0]], y=[[0.0]], order=3), "order: is 3, expected 1 or 2"),
    (dict(x=[[0.0]], y=[[0.0]], engine="magic"), "engine: is magic, expected auto"),
    (dict(x=[[0.0]], y=[[0.0]], time_limit=0), "time_limit: is 0 s"),
    (dict(x=[[0.0]], y=[[0.0]], threads=-1), "threads: is -1"),
    (dict(x=gaussian(2000), y=gaussian(2000), memory=1000.0), "memory: the multiscale engine needs"),
    (dict(x=np.zeros((0, 2)), y=[[0.0, 0.0]]), "x: points: there is no point"),
])
def test_mistakes_are_value_errors_with_the_library_s_message(arguments, message):
    with pytest.raises(ValueError) as error:
        brenier.solve(**arguments)
    assert message in str(error.value)
