import numpy as np
import pytest

import brenier


@pytest.mark.parametrize("name", ["c.csv", "c.tsv", "c.txt", "c.npz", "c.ply"])
@pytest.mark.parametrize("weighted", [False, True])
def test_what_is_written_reads_back_exactly(tmp_path, name, weighted):
    rng = np.random.default_rng(1)
    x, a = rng.normal(size=(20, 3)), rng.random(20)
    brenier.write(tmp_path / name, x, a if weighted else None)
    cloud = brenier.read(str(tmp_path / name))
    np.testing.assert_array_equal(cloud.points, x)
    np.testing.assert_array_equal(cloud.weights, a if weighted else np.full(20, 1 / 20))
    assert brenier.wasserstein(*(cloud.points, x), *((cloud.weights, a) if weighted else ())) == 0.0


def test_what_is_wrong_with_a_file_has_its_place(tmp_path):
    (tmp_path / "bad.csv").write_text("1,2\n3,x\n")
    with pytest.raises(ValueError, match=r"bad\.csv.*2"):
        brenier.read(tmp_path / "bad.csv")
    with pytest.raises(ValueError, match="no.csv"):
        brenier.read(tmp_path / "no.csv")
    with pytest.raises(ValueError, match="npy"):
        brenier.write(tmp_path / "c.npy", np.zeros((2, 1)), [1.0, 2.0])
    with pytest.raises((OSError, ValueError), match="nowhere"):
        brenier.write(tmp_path / "nowhere/c.csv", np.zeros((2, 1)))
    assert [path.name for path in tmp_path.iterdir()] == ["bad.csv"]
