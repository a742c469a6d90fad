#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "brenier/discrete_measure.hpp"
#include "brenier/flow_state.hpp"
#include "brenier/gaussian_moments.hpp"
#include "brenier/potentials.hpp"
#include "brenier/transport_plan.hpp"

namespace brenier {

/// A file that cannot be read or written as what it should be. The message is one line: file, place (line, column or
/// array), value, what was expected.
class FileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A file that was all right to ask for, but that the system did not take: disk full, input/output error.
class WriteError : public FileError {
 public:
  using FileError::FileError;
};

/// Reads a cloud; the extension chooses the format, "-" reads CSV from standard input. Files in gzip format
/// are unpacked (.csv.gz, …).
///
/// | name | content |
/// |---|---|
/// | .csv .tsv .txt | one point a line; optional header; a column named `weight` (or `weights`) holds the weights |
/// | .npy | n×d or n array: float32/64, integers, C or Fortran order, either endianness |
/// | .npz | `points` and optionally `weights` |
/// | IDX (.idx, names that end in -ubyte) | images as points, unsigned bytes / 255 |
/// | grid:FILE | CSV matrix or PGM: weights on pixel centres (column + ½, row + ½) |
/// | .xyz .off | points or vertices in ℝ³: the first three columns |
/// | .ply | vertices, ASCII and binary: x, y, maybe z, maybe `weight` |
///
/// In text, fields stand between commas, semicolons, tabs or blanks, whichever the first line uses; '#' starts a
/// comment; blank lines, Windows line ends and a UTF-8 byte order mark do not matter, nor does the locale. The first
/// line is a header when all its fields are names. Decimals become the nearest double; beyond the range of a double
/// they are refused. Integers are exact or refused, in arrays and in text (there also with a point and zeros behind
/// it, not with an exponent): all up to 2⁵³ are held by a double, beyond it only multiples of 2, 4, 8, …
/// @throws FileError, also for what a DiscreteMeasure refuses: a coordinate or weight that is not finite, a negative
/// weight, no point, no mass.
/// Time and memory O(size of the file).
DiscreteMeasure read_measure(const std::string& name);

/// Reads moments: those of an .npz with the arrays `mu` (d) and `sigma` (d×d), as tools for the FID keep them,
/// otherwise those of the cloud in the file. Integers as for `read_measure`, here and in plans and potentials.
/// @param covariance which one of a cloud; what `sigma` is was decided by who wrote it.
/// @throws FileError, also for arrays that are no mean and covariance; what `GaussianMoments` throws.
GaussianMoments read_moments(const std::string& name, Covariance covariance);

/// Writes a cloud as .csv, .tsv, .txt, .npy, .npz, .xyz, .off or .ply, atomically (temporary file, then rename); "-"
/// writes CSV to standard output. Weights are written only where they are not all 1/n. Every format reads back exactly.
/// @throws FileError; a format that cannot hold the weights refuses them rather than dropping them.
void write_measure(const std::string& name, const DiscreteMeasure& measure);

/// A plan as CSV with the header `source,target,mass` or NPZ with arrays of these names. Indices count from 0.
/// Reading takes the columns and the entries in any order, and passes over entries without mass.
/// @throws FileError, also for an index that is out of range, a mass that is negative or not finite, a pair given
/// twice.
void write_plan(const std::string& name, const TransportPlan& plan);
TransportPlan read_plan(const std::string& name, Index sources, Index targets);

/// Potentials as CSV with the header `side,index,value` (side is `source` or `target`) or NPZ with the arrays
/// `phi` and `psi`.
/// @throws FileError
void write_potentials(const std::string& name, const Potentials& potentials);
Potentials read_potentials(const std::string& name, Index sources, Index targets);

/// The state of a flow as an .npz that `read_flow_state` turns into the same state, bit by bit. `FlowRecord::seconds`
/// is left out, so that the same flow gives the same bytes.
/// @throws FileError, when reading also for arrays that are missing, damaged, or do not fit together.
void write_flow_state(const std::string& name, const FlowState& state);
FlowState read_flow_state(const std::string& name);

/// The particles of a flow for others to read: an .npz with `points` and `weights`, which `read_measure` takes, with
/// `identity` and, where there are any, `passengers`.
/// @throws FileError
void write_particles(const std::string& name, const FlowState& state);

/// Distances between clouds, one row and one column a cloud, as .npy (float64) or CSV ("-" too). CSV has the labels:
/// its header is `cloud,LABEL,…`, and each row begins with its label. Labels with commas, quotes or line ends stand in
/// quotes.
/// @throws FileError; std::invalid_argument unless there is a row and a column for each label.
void write_distances(const std::string& name, const Points& distances, const std::vector<std::string>& labels);

}  // namespace brenier
