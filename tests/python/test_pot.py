"""emd and emd2 beside POT's own, test by test under the names of POT's tests."""

import warnings

import numpy as np
import ot
import pytest
import scipy.optimize

import brenier
from clouds import gaussian, ring


def histogram(n, mean, std):
    """A Gaussian on the bins 0, ..., n - 1, of sum 1."""
    weights = np.exp(-np.square(np.arange(n) - mean) / (2 * std**2))
    return weights / weights.sum()


def check_duality_gap(a, b, M, G, u, v, cost):
    # Sums of up to 600 numbers: rounding of 1e-12 relative at most.
    size = np.abs(M).max()
    assert a @ u + b @ v == pytest.approx(cost, abs=1e-12 * size)
    assert (M - u[:, None] - v[None, :]).min() >= -1e-12 * size
    assert np.abs((M - u[:, None] - v[None, :])[G > 0]).max() <= 1e-12 * size


def test_emd_dimension_and_mass_mismatch():
    M = ot.dist(gaussian(100))
    long = np.full(101, 1 / 101)
    for function in (brenier.emd, brenier.emd2):
        for error in (AssertionError, ValueError):  # POT's, and this library's.
            with pytest.raises(error, match=r"\(101,\), \(101,\) and \(100, 100\)"):
                function(long, long, M)
            with pytest.raises(error, match="same sum"):
                function(np.full(100, 1.0), np.full(100, 1 / 100), M)
    with pytest.raises(AssertionError, match="expected"):
        brenier.emd([], [], np.zeros(3))


def test_emd_backends():
    class Tensor:
        def __init__(self, values):
            self.values = values

        def __array__(self, dtype=None):
            return np.asarray(self.values, dtype)

        def __len__(self):
            return len(self.values)

    M, a = ot.dist(gaussian(100, 1), gaussian(100, 2)), np.full(100, 0.01)
    np.testing.assert_array_equal(brenier.emd(Tensor(a), Tensor(a), Tensor(M)), brenier.emd(a, a, M))
    assert brenier.emd2(Tensor(a), Tensor(a), Tensor(M)) == brenier.emd2(a, a, M)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_emd_emd2_types_devices(dtype):
    M = ot.dist(gaussian(100, 1), gaussian(100, 2)).astype(dtype)
    a = np.full(100, 0.01, dtype)
    plan, log = brenier.emd(a, a, M, log=True)
    expected = ot.emd(a, a, M)
    assert plan.dtype == log["u"].dtype == log["v"].dtype == expected.dtype == dtype
    np.testing.assert_allclose(plan, expected, rtol=1e-6)
    assert type(brenier.emd2(a, a, M)) is type(ot.emd2(a, a, M))


def test_result_has_the_type_of_the_weights_then_of_the_costs():
    M = ot.dist(gaussian(9, 1), gaussian(9, 2)).astype(np.float32)
    a = np.full(9, 1 / 9)
    for arguments in ((a, a, M), ([], [], M), (a.astype("f4"), a, M), ([], a, M), (a.tolist(), a.tolist(), M.tolist())):
        assert brenier.emd(*arguments).dtype == ot.emd(*arguments).dtype


def test_integer_histograms_give_integer_plans_and_a_warning():
    a, b, M = np.array([2, 1]), np.array([1, 2]), np.array([[0.0, 1.0], [1.0, 0.0]])
    with pytest.warns(UserWarning, match="int64"):
        plan = brenier.emd(a, b, M)
    with pytest.warns(UserWarning):
        expected = ot.emd(a, b, M)
    assert plan.dtype == expected.dtype
    np.testing.assert_array_equal(plan, expected)


def test_emd2_gradients():
    # The derivative by M is the plan, those by a and b are the duals up to a constant: by central differences.
    rng = np.random.default_rng(3)
    M, a, b = rng.random((5, 7)), rng.random(5), rng.random(7)
    a, b = a / a.sum(), b / b.sum()
    cost, log = brenier.emd2(a, b, M, log=True, return_matrix=True)
    step = 1e-6
    for i in range(5):
        for j in range(7):
            E = np.zeros_like(M)
            E[i, j] = step
            slope = (brenier.emd2(a, b, M + E) - brenier.emd2(a, b, M - E)) / (2 * step)
            # The cost is piecewise linear in M and in a; rounding of 1e-16 over the step is 1e-10.
            assert slope == pytest.approx(log["G"][i, j], abs=1e-9)
    for i in range(1, 5):
        shift = np.zeros(5)
        shift[[0, i]] = step, -step
        slope = (brenier.emd2(a + shift, b, M) - brenier.emd2(a - shift, b, M)) / (2 * step)
        assert slope == pytest.approx(log["u"][0] - log["u"][i], abs=1e-9)


def test_emd_emd2():
    M, a = ot.dist(gaussian(100, 4)), np.full(100, 0.01)
    plan = brenier.emd(a, a, M)
    np.testing.assert_allclose(plan, np.eye(100) / 100, rtol=1e-15)
    assert brenier.emd2(a, a, M) == 0.0


def test_omp_emd2():
    M, a = ot.dist(gaussian(200, 5), ring(200, 6)), np.full(200, 1 / 200)
    one = brenier.emd2(a, a, M, numThreads=1)
    assert one == brenier.emd2(a, a, M, numThreads=2) == brenier.emd2(a, a, M, numThreads="max")
    assert one == pytest.approx(ot.emd2(a, a, M), rel=1e-12)
    for wrong in (0, -2, 1.5, "all"):
        with pytest.raises(ValueError, match="numThreads"):
            brenier.emd2(a, a, M, numThreads=wrong)


def test_emd_empty():
    M = ot.dist(gaussian(80, 7), ring(100, 8))
    np.testing.assert_allclose(brenier.emd([], [], M).sum(axis=0), 0.01, rtol=1e-14)
    np.testing.assert_array_equal(brenier.emd([], [], M), brenier.emd(np.full(80, 1 / 80), np.full(100, 0.01), M))
    assert brenier.emd2([], [], M) == pytest.approx(ot.emd2([], [], M), rel=1e-12)
    with pytest.raises(ValueError, match="at least one row"):
        brenier.emd([], [], np.zeros((0, 3)))


def test_emd2_multi():
    n = 500
    x = np.arange(n, dtype=float)[:, None]
    M, a = ot.dist(x), histogram(n, 20, 5)
    b = np.stack([histogram(n, mean, 10) for mean in range(20, 500, 20)], axis=1)
    costs = brenier.emd2(a, b, M, 1)
    assert isinstance(costs, list)
    np.testing.assert_allclose(costs, ot.emd2(a, b, M, numItermax=10**7), rtol=1e-9)
    for k, (cost, log) in enumerate(brenier.emd2(a, b, M, log=True, return_matrix=True)):
        assert cost == costs[k]
        check_duality_gap(a, b[:, k], M, log["G"], log["u"], log["v"], cost)


def test_warnings():
    a, b = histogram(100, 30, 5), histogram(100, 50, 10)
    x = np.arange(100, dtype=float)[:, None]
    M = np.sqrt(ot.dist(x))
    # Where POT stops after numItermax steps with a warning, the optimum is found without one.
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        plan, log = brenier.emd(a, b, M, numItermax=1, log=True)
    assert log["warning"] is None and log["result_code"] == 1 and log["certificate"].proves_optimality()
    # What is stopped says so.
    with pytest.warns(UserWarning, match="Stopped before the optimum"):
        stopped, log = brenier.emd(a, b, M, log=True, time_limit=1e-9)
    assert log["result_code"] == 3 and "Stopped" in log["warning"]
    np.testing.assert_allclose(stopped.sum(axis=1), a, atol=1e-15)
    assert (stopped * M).sum() > (plan * M).sum()


def test_dual_variables():
    n, m = 500, 600
    a, b = histogram(n, 300, 5), histogram(m, 400, 10)
    M = np.sqrt(ot.dist(np.arange(n, dtype=float)[:, None], np.arange(m, dtype=float)[:, None]))
    G, log = brenier.emd(a, b, M, log=True)
    assert log["cost"] == pytest.approx((G * M).sum(), rel=1e-13)
    assert log["cost"] == pytest.approx(100.0, abs=1e-8)  # The histograms are shifted by 100, but for what is cut off.
    assert log["cost"] == pytest.approx((brenier.emd(b, a, M.T.copy()).T * M).sum(), rel=1e-12)
    assert a @ log["u"] == pytest.approx(b @ log["v"], rel=1e-12)
    check_duality_gap(a, b, M, G, log["u"], log["v"], log["cost"])
    assert brenier.emd2(a, b, M) == pytest.approx(ot.emd2(a, b, M, numItermax=10**7), rel=1e-9)


def test_emd__dual_warmstart():
    M, a = ot.dist(gaussian(300, 9), ring(300, 10)), np.full(300, 1 / 300)
    cold, log = brenier.emd(a, a, M, log=True)
    warm = brenier.emd(a, a, M, potentials_init=(log["u"], log["v"]))
    np.testing.assert_array_equal(warm, cold)
    zero = np.zeros(300)
    assert brenier.emd2(a, a, M, potentials_init=(zero, zero)) == pytest.approx(log["cost"], rel=1e-13)


def test_duals_hold_where_there_is_no_mass():
    M, a, b = ot.dist(gaussian(40, 11), ring(50, 12)), np.ones(40), np.ones(50)
    a[::3], b[::2] = 0, 0
    a, b = a / a.sum(), b / b.sum()
    G, log = brenier.emd(a, b, M, log=True)
    check_duality_gap(a, b, M, G, log["u"], log["v"], log["cost"])
    assert log["cost"] == pytest.approx(ot.emd2(a, b, M), rel=1e-12)


def test_negative_costs():
    M = np.random.default_rng(13).normal(size=(30, 40))
    assert brenier.emd2([], [], M) == pytest.approx(ot.emd2([], [], M), rel=1e-12)


@pytest.mark.parametrize("factor", [1e-32, 1e32])
def test_the_unit_of_cost_does_not_matter(factor):
    M = ot.dist(gaussian(100, 14), ring(100, 15))
    assert brenier.emd2([], [], factor * M) == pytest.approx(factor * brenier.emd2([], [], M), rel=1e-13)


@pytest.mark.parametrize("big", [1e9, 1e12, 1e15, 1e280, np.inf])
def test_big_numbers_that_forbid_pairs_do_not_spoil_the_others(big):
    rng = np.random.default_rng(17)
    M = rng.random((50, 50))
    no = rng.random(M.shape) < 0.5
    rows, columns = scipy.optimize.linear_sum_assignment(np.where(no, np.inf, M))
    truth = M[rows, columns].mean()
    value, log = brenier.emd2([], [], np.where(no, big, M), log=True)
    assert value == pytest.approx(truth, rel=1e-14)
    assert log["certificate"].proves_optimality()
    assert log["certificate"].lower_bound <= truth * (1 + 1e-15)


def test_a_table_that_allows_no_plan_names_the_sources():
    M = np.ones((3, 3))
    M[:2, 1:] = np.inf
    with pytest.raises(ValueError, match="sources 0, 1 have 0.66.* of the mass, but the targets .* only 0.33"):
        brenier.emd([], [], M)


@pytest.mark.parametrize("value", [np.nan, -np.inf])
def test_costs_that_are_no_numbers_are_refused(value):
    M = np.ones((3, 4))
    M[1, 2] = value
    with pytest.raises(ValueError, match=f"costs: row 1, column 2 is {value}"):
        brenier.emd([], [], M)


def test_weights_of_float32_need_not_agree_to_the_last_digit():
    rng = np.random.default_rng(16)
    M, a, b = rng.random((300, 200)), rng.random(300).astype("f4"), rng.random(200).astype("f4")
    a, b = a / a.sum(), b / b.sum()
    # POT 0.8.2 calls this infeasible; with the same weights in float64 it does not.
    u, v = a.astype("f8"), b.astype("f8")
    assert brenier.emd2(a, b, M) == pytest.approx(ot.emd2(u / u.sum(), v / v.sum(), M), rel=1e-6)
    assert brenier.emd2(a, 2 * b, M, check_marginals=False) == pytest.approx(brenier.emd2(a, b, M), rel=1e-6)
