"""How pip builds the package: CMake builds the extension module and the program, setuptools packs them.

The environment variable BRENIER_BUILD_DIR names a folder that CMake has configured already, with BRENIER_BUILD_PYTHON;
what is built there is taken. Otherwise the folder build/pip is used, and used again the next time.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from setuptools.command.build_py import build_py
from wheel.bdist_wheel import bdist_wheel

ROOT = Path(__file__).resolve().parent.parent.parent
VERSION = re.search(r"project\(brenier VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text(encoding="utf-8"))[1]


def run(*words):
    """Runs a program; what it says is seen with pip's --verbose, and when it fails."""
    try:
        subprocess.run([str(word) for word in words], check=True)
    except FileNotFoundError:
        sys.exit(f"brenier is built with {words[0]}, which is not there; on Debian tools/install_dependencies brings it")
    except subprocess.CalledProcessError as error:
        sys.exit(f"brenier could not be built: {words[0]} ended with exit code {error.returncode}")


def built():
    """The folder of a finished build."""
    given = os.environ.get("BRENIER_BUILD_DIR")
    build = Path(given) if given else ROOT / "build" / "pip"
    if not given:
        run("cmake", "-S", ROOT, "-B", build, "-DCMAKE_BUILD_TYPE=Release", "-DBRENIER_BUILD_PYTHON=ON",
            "-DBRENIER_BUILD_TESTS=OFF", f"-DPython3_EXECUTABLE={sys.executable}")
    run("cmake", "--build", build, "--parallel", os.cpu_count() or 1, "--target", "brenier_python",
        "brenier_python_package", "brenier_cli")
    return build


class BuildWithCMake(build_py):
    """Puts the extension module and the program beside the modules in Python."""

    def run(self):
        super().run()
        build, package = built(), Path(self.build_lib) / "brenier"
        modules = list((build / "python" / "brenier").glob("_core.*.so"))
        program = build / "bin" / "brenier"
        if len(modules) != 1 or not program.is_file():
            sys.exit(f"brenier: {build} has no Python module and program, expected one of each")
        (package / "bin").mkdir(parents=True, exist_ok=True)
        shutil.copy2(modules[0], package)
        shutil.copy2(program, package / "bin")


class WheelOfThisMachine(bdist_wheel):
    """A wheel for this Python and processor: it holds compiled code."""

    def finalize_options(self):
        super().finalize_options()
        self.root_is_pure = False
