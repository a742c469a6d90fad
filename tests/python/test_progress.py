import pytest

import brenier
from clouds import gaussian, ring


def test_progress_is_told_on_the_way():
    told = []
    solution = brenier.solve(gaussian(3000, 1), ring(3000, 2), progress=told.append)
    assert all(isinstance(progress, brenier.Progress) for progress in told)
    assert told[-1].phase == "certificate" and told[-1].level is None
    levels = [progress.level for progress in told if progress.level is not None]
    assert levels == sorted(levels) and levels[0] == 0 and levels[-1] == told[0].levels - 1
    assert {progress.round for progress in told if progress.phase == "search"} >= {1}
    bounds = [progress.lower_bound for progress in told if progress.lower_bound is not None]
    assert all(bound <= solution.certificate.upper_bound for bound in bounds)


def test_what_it_raises_ends_the_solve():
    class Enough(Exception):
        pass

    def stop(progress):
        raise Enough(progress.phase)

    for call in (lambda: brenier.solve(gaussian(3000, 1), ring(3000, 2), progress=stop),
                 lambda: brenier.wasserstein_many([gaussian(50, 1)] * 20, [ring(50, 2)] * 20, progress=stop)):
        with pytest.raises(Enough):
            call()


def test_a_batch_counts_what_is_done():
    told = []
    brenier.solve_many([gaussian(20, 1)] * 30, [ring(20, 2)] * 30, threads=1, progress=told.append)
    assert [progress.round for progress in told] == list(range(1, 31)) and {p.phase for p in told} == {"batch"}


def test_true_writes_a_line_and_takes_it_away(capsys):
    brenier.wasserstein(gaussian(3000, 1), ring(3000, 2), progress=True)
    written = capsys.readouterr().err
    assert "brenier: level 1 of " in written and "certificate" in written
    assert written.endswith("\r\x1b[K") and "\n" not in written


def test_other_things_are_refused():
    with pytest.raises(ValueError, match="progress: is 3, expected True"):
        brenier.solve([[0.0]], [[1.0]], progress=3)
