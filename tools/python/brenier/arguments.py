"""Checks of the simple arguments; arrays are checked where they are read."""

from __future__ import annotations

import functools
import inspect
import numbers
from typing import Any, Callable, TypeVar

import numpy as np

Function = TypeVar("Function", bound=Callable[..., Any])

# Annotations as they are written, with what they take and how that is called.
KINDS = {
    "int": (numbers.Integral, "an integer"),
    "float": (numbers.Real, "a number"),
    "bool": ((bool, np.bool_), "True or False"),
    "str": (str, "a word"),
}


def checked(function: Function) -> Function:
    """The function, with a ValueError for an argument annotated int, float, bool or str, or one of these or None, that
    is something else."""
    signature = inspect.signature(function)
    kinds = {}
    for name, parameter in signature.parameters.items():
        annotation = str(parameter.annotation)
        optional = annotation.startswith("Optional[")
        kind = KINDS.get(annotation[len("Optional["):-1] if optional else annotation)
        if kind:
            kinds[name] = (*kind, optional)

    @functools.wraps(function)
    def call(*arguments, **named):
        for name, value in signature.bind(*arguments, **named).arguments.items():
            if name not in kinds:
                continue
            types, words, optional = kinds[name]
            if not isinstance(value, types) and not (optional and value is None):
                raise ValueError(f"{name}: is {value!r}, expected {words}{' or None' if optional else ''}")
        return function(*arguments, **named)

    return call
