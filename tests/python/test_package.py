"""The package itself: documented, typed, light to import."""

import ast
import doctest
import inspect
import pathlib
import subprocess
import sys

import brenier
from brenier import _core

FOLDER = pathlib.Path(brenier.__file__).parent


def public(module):
    return {name: getattr(module, name) for name in module.__all__ if not inspect.ismodule(getattr(module, name))}


def test_everything_public_has_a_docstring():
    for module in (brenier, brenier.metrics):
        assert module.__doc__
        for name, thing in public(module).items():
            if not (inspect.isclass(thing) and issubclass(thing, tuple)):  # Named tuples document their fields.
                assert inspect.getdoc(thing), name


def test_every_argument_is_annotated():
    for module in (brenier, brenier.metrics):
        for name, thing in public(module).items():
            if inspect.isfunction(thing):
                signature = inspect.signature(thing)
                assert signature.return_annotation is not inspect.Signature.empty, name
                for argument in signature.parameters.values():
                    assert argument.annotation is not inspect.Parameter.empty, (name, argument)


def test_stubs_name_what_the_extension_has():
    stubs = ast.parse((FOLDER / "_core.pyi").read_text())
    assert (FOLDER / "py.typed").exists()
    declared = {node.name: node for node in stubs.body if isinstance(node, (ast.ClassDef, ast.FunctionDef))}
    assert set(declared) | {"version"} == {name for name in vars(_core) if not name.startswith("__")}
    for name, node in declared.items():
        if isinstance(node, ast.ClassDef) and name != "NotProven":
            methods = {item.name for item in node.body if isinstance(item, ast.FunctionDef)} - {"__init__"}
            assert methods == {member for member in vars(getattr(_core, name)) if not member.startswith("_")}, name


def test_example_in_the_documentation_is_true():
    outcome = doctest.testmod(brenier)
    assert outcome.attempted >= 3 and outcome.failed == 0


def test_import_loads_numpy_and_nothing_heavy():
    program = "import sys, brenier; print(sorted({m.split('.')[0] for m in sys.modules} & {'scipy', 'ot', 'torch'}))"
    result = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert result.stdout == "[]\n"


def test_version_is_the_library_s():
    assert brenier.__version__.count(".") == 2
