import pickle

import numpy as np
import pytest

import brenier


def clouds(n=40, m=30, seed=1):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, 2)), rng.normal(size=(m, 2)), rng.random(n), rng.random(m)


@pytest.mark.parametrize("order", [1, 2])
def test_plans_in_any_form_are_judged_alike(order):
    x, y, a, b = clouds()
    solution = brenier.solve(x, y, a, b, order, normalize=True)
    for plan in (solution.entries, tuple(solution.entries), solution.plan, solution.plan.toarray()):
        found = brenier.certify(x, y, plan, solution.phi, solution.psi, a, b, order, normalize=True)
        assert found.proves_optimality()
        assert found.distance == pytest.approx(solution.distance, rel=1e-14)
        assert found.distance_lower <= solution.distance <= found.distance_upper and found.mass_rounding is None


def test_other_plans_are_not_proven():
    x, y, a, b = clouds()
    solution = brenier.solve(x, y, a, b, normalize=True)
    independent = np.outer(a / a.sum(), b / b.sum())
    found = brenier.certify(x, y, independent, solution.phi, solution.psi, a, b, normalize=True)
    assert not found.proves_optimality() and found.relative_gap > 0.1
    assert found.distance_lower == pytest.approx(solution.distance) and found.distance > solution.distance
    lying = brenier.certify(x, y, solution.plan, solution.phi + 1.0, solution.psi, a, b, normalize=True)
    assert not lying.proves_optimality() and lying.max_violation > 0.0


@pytest.mark.parametrize("changes, expected", [
    (dict(plan=(0, 1)), "plan: has 2 parts"),
    (dict(plan=np.ones(3)), "plan: expected a matrix"),
    (dict(phi=np.ones(3)), "phi"),
    (dict(order=3), "order"),
])
def test_what_does_not_fit_is_refused(changes, expected):
    x, y, *_ = clouds()
    arguments = dict(x=x, y=y, plan=np.full((40, 30), 1 / 1200), phi=np.zeros(40), psi=np.zeros(30)) | changes
    with pytest.raises(ValueError, match=expected):
        brenier.certify(**arguments)


@pytest.mark.parametrize("order", [1, 2])
def test_c_transform(order):
    x, y, *_ = clouds()
    psi = np.random.default_rng(2).normal(size=len(y))
    priced = np.linalg.norm(x[:, None] - y[None], axis=2) ** order / order - psi
    values, minimizers = brenier.c_transform(y, psi, x, order)
    np.testing.assert_allclose(values, priced.min(1), rtol=1e-13)
    np.testing.assert_array_equal(minimizers, priced.argmin(1))
    with pytest.raises(ValueError, match="psi"):
        brenier.c_transform(y, psi[1:], x, order)


def test_solutions_pickle():
    x, y, a, b = clouds()
    solution = brenier.solve(x, y, a, b, normalize=True)
    again = pickle.loads(pickle.dumps(solution))
    assert repr(again.certificate) == repr(solution.certificate) and repr(again) == repr(solution)
    assert again.certificate.cost_rounding == solution.certificate.cost_rounding > 0.0
    for name in ("phi", "psi", "x", "y", "a"):
        np.testing.assert_array_equal(getattr(again, name), getattr(solution, name))
    np.testing.assert_array_equal(again.entries.mass, solution.entries.mass)
    np.testing.assert_array_equal(again.transport_map(), solution.transport_map())
