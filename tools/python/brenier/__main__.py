"""`python -m brenier`, and `brenier` where pip has installed the package: the program of the command line."""

import os
import shutil
import sys
from pathlib import Path


def program() -> str:
    """The program that came with the package, else the one that is installed."""
    own = Path(__file__).parent / "bin" / "brenier"
    if own.is_file():
        return str(own)
    found = shutil.which("brenier")
    if found is None:
        sys.exit("brenier: the program is not there; pip install brings it, and so does cmake --install")
    return found


def main() -> None:
    """Becomes the program, which gets the arguments and the signals."""
    os.execv(program(), ["brenier", *sys.argv[1:]])


if __name__ == "__main__":
    main()
