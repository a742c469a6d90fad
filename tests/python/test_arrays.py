"""What is taken as points and weights."""

import dataclasses

import numpy as np
import pytest

import brenier
from clouds import gaussian, ring

x, y = gaussian(60, 1), ring(50, 2)
expected = brenier.wasserstein(x, y)


class OnlyArray:
    """As a tensor of another library: nothing but `__array__` and a length."""

    def __init__(self, values):
        self.values = values

    def __array__(self, dtype=None):
        return np.asarray(self.values, dtype=dtype)

    def __len__(self):
        return len(self.values)


@pytest.mark.parametrize("view", [
    np.asfortranarray,
    lambda points: np.repeat(points, 2, axis=0)[::2],
    lambda points: np.repeat(points, 3, axis=1)[:, ::3],
    lambda points: points[::-1][::-1],
    lambda points: points.astype(">f8"),
    lambda points: np.ma.masked_array(points, mask=False),
    lambda points: points.tolist(),
    OnlyArray,
], ids=["fortran", "rows", "columns", "negative", "big-endian", "unmasked", "lists", "__array__"])
def test_any_layout_gives_the_same_bits(view):
    assert brenier.wasserstein(view(x), view(y)) == expected


def test_read_only_arrays_are_taken_and_left_alone():
    frozen = x.copy()
    frozen.flags.writeable = False
    assert brenier.wasserstein(frozen, y) == expected
    np.testing.assert_array_equal(frozen, x)


@pytest.mark.parametrize("dtype", ["f2", "f4", "i1", "u2", "i8", "?"])
def test_other_types_are_what_they_are_as_doubles(dtype):
    u, v = np.rint(4 * x).astype(dtype), np.rint(4 * y).astype(dtype)
    assert brenier.wasserstein(u, v) == brenier.wasserstein(u.astype("f8"), v.astype("f8"))


def test_one_dimensional_arrays_are_points_on_a_line():
    assert brenier.wasserstein([0, 1, 2], [5, 3, 4], order=1) == 3


@pytest.mark.parametrize("points, message", [
    (x.astype(complex), "x: has type complex128, expected real numbers"),
    ([["a", "b"]], "x: has type <U1, expected real numbers"),
    (np.zeros((2, 3, 4)), "x: has shape (2, 3, 4), expected (n, d)"),
    (np.float64(1.0), "x: has shape (), expected (n, d)"),
    (np.ma.masked_greater(x, 1.0), "x: some entries are masked"),
    (None, "x: has type object"),
])
def test_what_is_no_cloud_is_refused(points, message):
    with pytest.raises(ValueError) as error:
        brenier.wasserstein(points, y)
    assert message in str(error.value)


def test_an_object_s_own_refusal_is_passed_on():
    class Gradient:
        def __array__(self, dtype=None):
            raise RuntimeError("detach it first")

    with pytest.raises(RuntimeError, match="detach it first"):
        brenier.wasserstein(Gradient(), y)


LIMIT = 2**53
TIME = 1531830678123456789  # Nanoseconds since 1970: not a double, unlike TIME - 21.


class Table:
    """As a DataFrame: a type for each column, and one for all of them in an array."""

    dtypes = ["i8", "f8"]

    def __array__(self, dtype=None):
        return np.array([[TIME, 0.5]], dtype=dtype)


@pytest.mark.parametrize("points, place", [
    (np.array([[0, 1], [LIMIT + 1, 0]]), f"[1, 0]: is {LIMIT + 1}"),
    (np.array([[0, 1], [0, -LIMIT - 1]]), f"[1, 1]: is {-LIMIT - 1}"),
    (np.array([[0, TIME], [0, 1]], order="F"), f"[0, 1]: is {TIME}"),
    (np.array([TIME, 0, 0])[::-1], f"[2]: is {TIME}"),
    (np.array([0, LIMIT + 1], dtype=">i8"), f"[1]: is {LIMIT + 1}"),
    (np.array([2**64 - 1, 0], dtype="u8"), f"[0]: is {2**64 - 1}"),
    (np.array([2**63 + 1, 0], dtype="u8"), f"[0]: is {2**63 + 1}"),
    (np.array([0, 2**63 - 1]), f"[1]: is {2**63 - 1}"),
    (np.ma.masked_array([TIME, 1], mask=False), f"[0]: is {TIME}"),
    (OnlyArray([TIME, 0]), f"[0]: is {TIME}"),
    ([0, LIMIT + 1], f"[1]: is {LIMIT + 1}"),
    # What numpy itself makes floats or objects of.
    ([0.5, LIMIT + 1], f"[1]: is {LIMIT + 1}"),
    ([[0.5, 1], (TIME, 0)], f"[1, 0]: is {TIME}"),
    ([2**63 + 1, 1], f"[0]: is {2**63 + 1}"),
    ([0.5, np.int64(TIME)], f"[1]: is {TIME}"),
    ([np.array([0.5]), np.array([TIME])], f"[1, 0]: is {TIME}"),
    ([2**64 + 1, 1], f"[0]: is {2**64 + 1}"),
    (np.array([1, TIME], dtype=object), f"[1]: is {TIME}"),
    (np.array([1, 10**400], dtype=object), "[1]: is 1000"),
    (Table(), f"[0, 0]: is {TIME}"),
])
def test_integers_that_a_double_does_not_hold_are_refused(points, place):
    with pytest.raises(ValueError) as error:
        brenier.wasserstein(points, [[0.0, 0.0]])
    assert "x" + place in str(error.value)
    assert "expected an integer that a double holds exactly" in str(error.value)
    assert "subtract a common offset" in str(error.value)


@pytest.mark.skipif(np.finfo(np.longdouble).nmant <= 52, reason="long doubles are doubles")
def test_long_doubles_are_held_to_the_same():
    points = np.array([[1, LIMIT + 1]], dtype=np.longdouble)
    with pytest.raises(ValueError, match=rf"x\[0, 1\]: is {LIMIT + 1}, expected an integer"):
        brenier.wasserstein(points, [[0.0, 0.0]])
    third = np.array([1, 2], dtype=np.longdouble) / 3
    assert brenier.wasserstein(third, [0.0, 0.0]) == brenier.wasserstein(third.astype("f8"), [0.0, 0.0])


@pytest.mark.parametrize("points", [
    np.array([LIMIT, LIMIT + 2]), np.array([-LIMIT, -LIMIT - 2]), np.array([TIME - 21, 2**62]),
    np.array([-2**63, -2**63 + 1024]), np.array([2**63, 2**64 - 2048], dtype="u8"), [0.5, LIMIT + 2], [2**63, 1],
])
def test_large_integers_that_a_double_holds_are_taken(points):
    assert brenier.wasserstein(points, [0.0, 0.0], order=1) == np.abs(np.array(points, dtype="f8")).mean()


def test_every_argument_is_looked_at():
    bad = np.array([1, LIMIT + 1])
    for call, name in [
            (lambda: brenier.wasserstein([0, 1], bad), "y"),
            (lambda: brenier.wasserstein([0, 1], [0, 1], a=bad), "a"),
            (lambda: brenier.wasserstein([0, 1], [0, 1], b=bad), "b"),
            (lambda: brenier.emd2([0.5, 0.5], [0.5, 0.5], [bad, bad]), "M"),
            (lambda: brenier.emd2(bad, [0.5, 0.5], np.zeros((2, 2))), "a"),
            (lambda: brenier.Potential([0, 1], bad), "psi"),
            (lambda: brenier.Potential([0, 1], [0, 0]).value(bad), "x"),
            (lambda: brenier.metrics.variance([0, 1], bad), "weights"),
            (lambda: brenier.metrics.nearest_neighbour_accuracy([0, 1], bad, [0, 1], [0.5, 1]), "labels"),
    ]:
        with pytest.raises(ValueError, match=rf"^{name}\[(0, )?1\]: is {LIMIT + 1}, expected an integer"):
            call()


def test_labels_of_one_type_may_be_any_integers():
    labels = np.array([LIMIT, LIMIT + 1])
    assert brenier.metrics.nearest_neighbour_accuracy([0, 1], labels, [0, 1], labels) == 1


def test_nanoseconds_are_solved_exactly_without_their_offset():
    times = TIME + 1000 * np.arange(5)
    with pytest.raises(ValueError, match=rf"x\[0\]: is {TIME}, expected an integer .* subtract a common offset"):
        brenier.wasserstein(times, times + 100, order=1)
    assert brenier.wasserstein(times - TIME, times + 100 - TIME, order=1) == 100


@pytest.mark.parametrize("source, message", [
    ([0, 1.5], r"plan: source\[1\]: is 1\.5, expected an index: a whole number"),
    ([0, np.nan], r"plan: source\[1\]: is nan, expected an index"),
    ([0, 2.0**60], r"plan: source\[1\]: is 1\.\d*e\+18, expected an index"),
    ([0, 2], "source"),
    ([-1, 1], "source"),
    (["0", "1"], "plan: source: has type"),
    ([[0, 1]], r"plan: source: has shape \(1, 2\)"),
])
def test_a_plan_takes_whole_numbers_as_indices(source, message):
    points = np.array([[0.0, 0.0], [1.0, 2.0]])
    solution = brenier.solve(points, points)
    start = dataclasses.replace(solution, entries=solution.entries._replace(source=source))
    with pytest.raises(ValueError, match=message):
        brenier.solve(points, points, start=start)


def test_a_plan_takes_whole_floats_as_indices():
    points = np.array([[0.0, 0.0], [1.0, 2.0]])
    solution = brenier.solve(points, points)
    entries = solution.entries._replace(source=np.array([0.0, 1.0]), target=np.array([0, 1], dtype=np.uint8))
    assert brenier.solve(points, points, start=dataclasses.replace(solution, entries=entries)).distance == 0.0
