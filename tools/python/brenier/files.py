"""Clouds in files, in every format that the command line takes."""

from __future__ import annotations

import os
from typing import Optional, Union

from numpy.typing import ArrayLike

from . import _core
from .arguments import checked
from .flows import Cloud


@checked
def read(file: Union[str, os.PathLike]) -> Cloud:
    """The points and weights in a file: .csv, .tsv, .txt, .npy, .npz, .xyz, .off, .ply, IDX, "grid:FILE" for a matrix or
    image of weights, each also compressed as .gz. What has no weights gets equal ones of sum 1.

    Raises ValueError with the file, the place and what was expected there.
    """
    return Cloud(*_core.read(os.fspath(file)))


@checked
def write(file: Union[str, os.PathLike], x: ArrayLike, a: Optional[ArrayLike] = None) -> None:
    """Writes a cloud as .csv, .tsv, .txt, .npy, .npz, .xyz, .off or .ply: whole or not at all, and so that it reads back
    exactly. Weights are written where they are not all 1/n.

    Raises ValueError for a format that does not hold them, OSError where the file cannot be written.
    """
    _core.write(os.fspath(file), x, a)
