"""Clouds that several tests use."""

import numpy as np


def ring(n, seed=0, std=0.1):
    """n points around eight places on a circle."""
    rng = np.random.default_rng(seed)
    angle = rng.integers(0, 8, n) * np.pi / 4
    return np.c_[np.cos(angle), np.sin(angle)] + std * rng.normal(size=(n, 2))


def gaussian(n, seed=0, dimension=2):
    return np.random.default_rng(seed).normal(size=(n, dimension))


def distances(x, y):
    """The table of |x_i - y_j|."""
    return np.sqrt(np.square(x[:, None, :] - y[None, :, :]).sum(axis=2))
