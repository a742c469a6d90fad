#include "io/arrays/npz.hpp"

#include <zip.h>

#include <cmath>
#include <memory>
#include <new>

#include "io/failure.hpp"
#include "io/text/number_text.hpp"

namespace brenier::io {
namespace {

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
  void operator()(zip_source_t* source) const { zip_source_free(source); }
  void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};
using Archive = std::unique_ptr<zip_t, Discard>;
using Source = std::unique_ptr<zip_source_t, Discard>;
using Entry = std::unique_ptr<zip_file_t, Discard>;

std::string text_of(zip_error_t& error) {
  std::string text = zip_error_strerror(&error);
  zip_error_fini(&error);
  return text;
}

/// Opens the archive that the source holds, and takes the source over.
Archive open_archive(const std::string& file, Source source, int flags) {
  zip_error_t error;
  zip_error_init(&error);
  zip_t* const archive = zip_open_from_source(source.get(), flags, &error);
  if (archive == nullptr) fail(file, "", "no usable ZIP archive (" + text_of(error) + ")", "a .npz file");
  zip_error_fini(&error);
  static_cast<void>(source.release());
  return Archive(archive);
}

Source memory_source(const void* data, std::size_t size) {
  Source source(zip_source_buffer_create(data, size, 0, nullptr));
  if (!source) throw std::bad_alloc();
  return source;
}

}  // namespace

/// libzip's types stay in this file.
struct NpzReader::Contents {
  Archive archive;
};

NpzReader::NpzReader(const Input& input)
    : file_(input.name),
      contents_(new Contents{open_archive(file_, memory_source(input.bytes.data(), input.bytes.size()), ZIP_RDONLY)}) {}

NpzReader::~NpzReader() = default;

bool NpzReader::contains(const std::string& array) const {
  return zip_name_locate(contents_->archive.get(), (array + ".npy").c_str(), 0) >= 0;
}

NumberArray NpzReader::read(const std::string& array) const {
  zip_t* const archive = contents_->archive.get();
  if (!contains(array)) {
    std::string names;
    const zip_int64_t count = zip_get_num_entries(archive, 0);
    for (zip_int64_t k = 0; k < count; ++k) {
      const char* const name = zip_get_name(archive, static_cast<zip_uint64_t>(k), 0);
      names += (k > 0 ? " " : "") + quoted(name ? name : "");
    }
    fail(file_, "", count == 0 ? "no arrays" : names, quoted(array + ".npy"));
  }
  const Entry entry(zip_fopen(archive, (array + ".npy").c_str(), 0));
  if (!entry) fail(file_, array, std::string("damaged data (") + zip_strerror(archive) + ")", "an array");

  std::string bytes;  // grows with what is really there; the size in the archive's directory is not trusted
  std::string chunk(std::size_t{1} << 18, '\0');
  zip_int64_t count = 0;
  while ((count = zip_fread(entry.get(), chunk.data(), chunk.size())) > 0) {
    bytes.append(chunk, 0, static_cast<std::size_t>(count));
  }
  if (count < 0) fail(file_, array, std::string("damaged data (") + zip_file_strerror(entry.get()) + ")", "an array");
  return parse_npy(file_, array, bytes);
}

NumberArray NpzReader::read_vector(const std::string& array, Index size) const {
  NumberArray result = read(array);
  const Index rows = result.values.rows();
  if (result.values.cols() != 1) fail(file_, array, std::to_string(result.values.cols()) + " columns", "1");
  if (size >= 0 && rows != size) fail(file_, array, std::to_string(rows) + " entries", std::to_string(size));
  for (Index k = 0; k < rows; ++k) {
    const double value = result.values(k, 0);
    if (!std::isfinite(value)) fail(file_, result.place(k), number_text(value), "a finite number");
  }
  return result;
}

std::string npz_bytes(const std::string& file, const std::vector<NamedBytes>& arrays) {
  Source kept = memory_source(nullptr, 0);
  zip_source_keep(kept.get());  // one reference for the archive, which closing gives up, one to read the result
  Archive archive = open_archive(file, Source(kept.get()), ZIP_CREATE | ZIP_TRUNCATE);
  for (const NamedBytes& array : arrays) {
    Source content = memory_source(array.bytes.data(), array.bytes.size());
    const zip_int64_t added =
        zip_file_add(archive.get(), (array.name + ".npy").c_str(), content.get(), ZIP_FL_ENC_UTF_8);
    if (added < 0) fail(file, std::string("cannot be packed: ") + zip_strerror(archive.get()));
    static_cast<void>(content.release());
    const auto index = static_cast<zip_uint64_t>(added);
    constexpr zip_uint16_t midnight = 0, first_of_january_1980 = 1 << 5 | 1;
    zip_set_file_compression(archive.get(), index, ZIP_CM_STORE, 0);
    zip_file_set_dostime(archive.get(), index, midnight, first_of_january_1980, 0);
  }
  if (zip_close(archive.get()) != 0) fail(file, std::string("cannot be packed: ") + zip_strerror(archive.get()));
  static_cast<void>(archive.release());

  zip_stat_t stat;
  zip_source_stat(kept.get(), &stat);
  std::string bytes(static_cast<std::size_t>(stat.size), '\0');
  zip_source_open(kept.get());
  const zip_int64_t count = zip_source_read(kept.get(), bytes.data(), bytes.size());
  zip_source_close(kept.get());
  if (count != static_cast<zip_int64_t>(bytes.size())) fail(file, "cannot be packed: the archive is cut short");
  return bytes;
}

Cloud read_npz(const Input& input) {
  const NpzReader archive(input);
  NumberArray points = archive.read("points");
  Cloud cloud;
  cloud.points.swap(points.values);
  cloud.place_of_coordinate = [points](Index row, Index column) { return points.place(row, column); };
  if (archive.contains("weights")) {
    const NumberArray weights = archive.read_vector("weights", cloud.points.rows());
    cloud.weights = Vector(weights.values.col(0));
    cloud.place_of_weight = [](Index row) { return "weights[" + std::to_string(row) + "]"; };
  }
  return cloud;
}

std::string write_npz(const std::string& file, const DiscreteMeasure& measure) {
  std::vector<NamedBytes> arrays = {{"points", npy_bytes(measure.points())}};
  if (!has_default_weights(measure)) arrays.push_back({"weights", npy_bytes(measure.weights())});
  return npz_bytes(file, arrays);
}

}  // namespace brenier::io
