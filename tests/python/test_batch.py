import os
import signal
import threading

import numpy as np
import ot
import pytest

import brenier


def batch(count, n, m, seed):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(count, n, 2)), rng.normal(size=(count, m, 2)) + 1.0


@pytest.mark.parametrize("order", [1, 2])
@pytest.mark.parametrize("sizes", [(1, 1), (16, 16), (64, 64), (40, 55)])
def test_distances_are_those_of_pot(sizes, order):
    x, y = batch(7, *sizes, seed=1)
    uniform = [np.full(n, 1 / n) for n in sizes]
    expected = [ot.emd2(*uniform, ot.dist(p, q, metric="euclidean") ** order) ** (1 / order) for p, q in zip(x, y)]
    np.testing.assert_allclose(brenier.wasserstein_many(x, y, order=order), expected, rtol=1e-9)


def test_solutions_are_those_of_solve_whatever_the_threads():
    x, y = batch(9, 50, 50, seed=2)
    for threads in (1, 2, 5):
        for k, found in enumerate(brenier.solve_many(x, y, threads=threads)):
            alone = brenier.solve(x[k], y[k])
            assert found.distance == alone.distance and found.status == "optimal"
            np.testing.assert_array_equal(found.phi, alone.phi)
            np.testing.assert_array_equal(found.entries.target, alone.entries.target)
            np.testing.assert_array_equal(found.transport_map(), alone.transport_map())
    assert [found.distance for found in brenier.solve_many(x, y)] == brenier.wasserstein_many(x, y).tolist()


def test_lists_of_problems_of_any_sizes_and_weights():
    rng = np.random.default_rng(3)
    x = [rng.normal(size=(n, d)) for n, d in ((3, 2), (20, 5), (1, 1))]
    y = [rng.normal(size=(n, d)) for n, d in ((4, 2), (9, 5), (6, 1))]
    a, b = [rng.random(len(p)) for p in x], [rng.random(len(p)) for p in y]
    found = brenier.wasserstein_many(x, y, a, b, normalize=True)
    np.testing.assert_array_equal(found, [brenier.wasserstein(*problem, normalize=True)
                                          for problem in zip(x, y, a, b)])
    solutions = brenier.solve_many(x, y, a, b, normalize=True)
    for solution, weights in zip(solutions, a):
        np.testing.assert_allclose(np.bincount(solution.entries.source, solution.entries.mass),
                                   weights / weights.sum(), rtol=1e-12)


def test_an_empty_batch():
    assert brenier.solve_many([], []) == [] and brenier.wasserstein_many([], []).shape == (0,)


@pytest.mark.parametrize("arguments, expected", [
    (dict(x=[[[0.0]]], y=[]), "y: has 0 problems, expected 1, as x"),
    (dict(x=[[[0.0]]] * 2, y=[[[0.0]]] * 2, a=[[1.0]]), "a: has 1 entries, expected 2, as x"),
    (dict(x=[[[0.0]], [[0.0, 1.0]]], y=[[[0.0]], [[1.0]]]), "problem 1: "),
    (dict(x=[[[0.0]], [[np.nan]]], y=[[[0.0]], [[1.0]]]), r"x\[1\]"),
    (dict(x=3.0, y=[[[0.0]]]), "x: expected an array"),
])
def test_what_makes_no_batch_is_refused_with_its_place(arguments, expected):
    for call in (brenier.solve_many, brenier.wasserstein_many):
        with pytest.raises(ValueError, match=expected):
            call(**arguments)


def test_a_time_limit_holds_for_all():
    x, y = batch(400, 300, 300, seed=4)
    found = brenier.solve_many(x, y, time_limit=0.02)
    assert {"optimal", "time_limit"} >= {solution.status for solution in found}
    assert found[-1].status == "time_limit" and len(found) == 400
    for solution in found:
        np.testing.assert_allclose(solution.entries.mass.sum(), 1.0)


def test_ctrl_c_ends_a_batch():
    x, y = batch(3000, 400, 400, seed=5)
    threading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        brenier.wasserstein_many(x, y)


def test_pairs_drawn_from_a_plan():
    rng = np.random.default_rng(6)
    x, y, a, b = rng.normal(size=(9, 2)), rng.normal(size=(6, 2)), rng.random(9), rng.random(6)
    i, j = brenier.sample_plan(x, y, a, b, size=200000, seed=7, normalize=True)
    plan = brenier.solve(x, y, a, b, normalize=True).plan.toarray()
    seen = np.zeros_like(plan)
    np.add.at(seen, (i, j), 1 / len(i))
    assert (seen[plan == 0.0] == 0.0).all()
    np.testing.assert_allclose(seen, plan, atol=5e-3)
    again = brenier.sample_plan(x, y, a, b, size=200000, seed=7, normalize=True)
    np.testing.assert_array_equal(again, (i, j))
    assert [len(part) for part in brenier.sample_plan(x, y)] == [9, 9]
    with pytest.raises(ValueError, match="size: is -1"):
        brenier.sample_plan(x, y, size=-1)


def test_what_is_not_proven_carries_the_solution():
    x, y = batch(1, 3000, 3000, seed=8)
    solution = brenier.solve(x[0], y[0], time_limit=1e-4)
    with pytest.raises(brenier.NotProven) as raised:
        brenier.solving.proven(solution)
    assert raised.value.solution is solution
    assert solution.certificate.distance_lower <= solution.distance <= solution.certificate.distance_upper
