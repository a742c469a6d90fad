"""What is taken as points and weights."""

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
