#include <zip.h>

#include <cstring>
#include <limits>

#include "unit/file_fixture.hpp"

namespace brenier {
namespace {

using testing::entries;
using testing::exact_integer;
using testing::rows;

/// A version 1 file as NumPy writes it, put together independently of the library.
std::string npy(const std::string& descr, const std::string& order, const std::string& shape, const std::string& data) {
  std::string dict = "{'descr': " + descr + ", 'fortran_order': " + order + ", 'shape': " + shape + ", }";
  dict.resize(117, ' ');
  dict += '\n';
  return std::string("\x93NUMPY\x01\x00", 8) + static_cast<char>(dict.size()) + '\0' + dict + data;
}

template <class Number>
std::string bytes_of(std::initializer_list<Number> values, bool reversed = false) {
  std::string bytes;
  for (const Number value : values) {
    std::string item(sizeof value, '\0');
    std::memcpy(item.data(), &value, sizeof value);
    if (reversed) std::reverse(item.begin(), item.end());
    bytes += item;
  }
  return bytes;
}

class ArrayFiles : public testing::FileTest {
 protected:
  Points points_of(const std::string& bytes) const { return read_measure(file("a.npy", bytes)).points(); }

  std::string archive(const std::string& name, const std::vector<std::pair<std::string, std::string>>& arrays) const {
    zip_t* const zip = zip_open(path(name).c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
    for (const auto& [array, bytes] : arrays) {
      zip_file_add(zip, array.c_str(), zip_source_buffer(zip, bytes.data(), bytes.size(), 0), 0);
    }
    EXPECT_EQ(zip_close(zip), 0);
    return path(name);
  }
};

TEST_F(ArrayFiles, ReadEveryNumberType) {
  const Points expected = rows({{1, 2}, {3, 100}});
  const auto in_type = [&](const std::string& descr, const std::string& data) {
    EXPECT_EQ(points_of(npy("'" + descr + "'", "False", "(2, 2)", data)), expected) << descr;
  };
  in_type("<f8", bytes_of<double>({1, 2, 3, 100}));
  in_type(">f8", bytes_of<double>({1, 2, 3, 100}, true));
  in_type("<f4", bytes_of<float>({1, 2, 3, 100}));
  in_type(">f4", bytes_of<float>({1, 2, 3, 100}, true));
  in_type("|i1", bytes_of<std::int8_t>({1, 2, 3, 100}));
  in_type("|u1", bytes_of<std::uint8_t>({1, 2, 3, 100}));
  in_type("<i2", bytes_of<std::int16_t>({1, 2, 3, 100}));
  in_type(">u2", bytes_of<std::uint16_t>({1, 2, 3, 100}, true));
  in_type(">i4", bytes_of<std::int32_t>({1, 2, 3, 100}, true));
  in_type("<u4", bytes_of<std::uint32_t>({1, 2, 3, 100}));
  in_type("<i8", bytes_of<std::int64_t>({1, 2, 3, 100}));
  in_type(">u8", bytes_of<std::uint64_t>({1, 2, 3, 100}, true));
}

TEST_F(ArrayFiles, ReadSignedNumbersFortranOrderAndOneDimension) {
  EXPECT_EQ(points_of(npy("'<i2'", "False", "(3,)", bytes_of<std::int16_t>({-1, -300, 7}))), rows({{-1}, {-300}, {7}}));
  EXPECT_EQ(points_of(npy("'<f8'", "True", "(2, 3)", bytes_of<double>({1, 2, 3, 4, 5, 6}))),
            rows({{1, 3, 5}, {2, 4, 6}}));
}

TEST_F(ArrayFiles, NpyRefusesOtherTypesAndShapes) {
  const std::string data = bytes_of<double>({1, 2, 3, 4});
  const auto reading = [&](const std::string& descr, const std::string& shape) {
    return error_of_reading("a.npy", npy(descr, "False", shape, data));
  };
  const std::string types = ", expected float32, float64 or integers of 8 to 64 bits";
  EXPECT_EQ(reading("'<c16'", "(2,)"), "a.npy: array, header: found dtype '<c16'" + types);
  EXPECT_EQ(reading("'|O'", "(2,)"), "a.npy: array, header: found dtype '|O'" + types);
  EXPECT_EQ(reading("'<f2'", "(2,)"), "a.npy: array, header: found dtype '<f2'" + types);
  EXPECT_EQ(reading("[('x', '<f8')]", "(2,)"), "a.npy: array, header: found a structured dtype" + types);
  EXPECT_EQ(reading("'<f8'", "(2, 2, 1)"), "a.npy: array: found shape (2, 2, 1), expected shape (n, d) or (n,)");
  EXPECT_EQ(reading("'<f8'", "()"), "a.npy: array: found shape (), expected shape (n, d) or (n,)");
  EXPECT_EQ(reading("'<f8'", "(0, 2)"), "a.npy: array: found shape (0, 2), expected at least one entry");
  EXPECT_EQ(reading("'<f8'", "(4, 0)"), "a.npy: array: found shape (4, 0), expected at least one entry");
  EXPECT_EQ(reading("'<f8'", "(-4,)"), "a.npy: array, header: found size '-4', expected an integer from 0");
}

TEST_F(ArrayFiles, NpyRefusesDataOfAnotherSize) {
  const std::string data = bytes_of<double>({1, 2, 3, 4});
  const auto reading = [&](const std::string& shape, const std::string& bytes) {
    return error_of_reading("a.npy", npy("'<f8'", "False", shape, bytes));
  };
  EXPECT_EQ(reading("(2, 2)", data.substr(1)), "a.npy: array: found 31 bytes of data, expected 32 (2 × 2 × 8)");
  EXPECT_EQ(reading("(2, 2)", data + "x"), "a.npy: array: found 33 bytes of data, expected 32 (2 × 2 × 8)");
  EXPECT_EQ(reading("(4611686018427387904, 4)", data),
            "a.npy: array: found 32 bytes of data, expected 147573952589676412928 (4611686018427387904 × 4 × 8)");
  EXPECT_EQ(error_of_reading("a.npy", "not numpy"),
            "a.npy: array: found 'not nu', expected the six bytes \\x93NUMPY of a .npy file");
  EXPECT_EQ(error_of_reading("a.npy", npy("'<f8'", "False", "(1,)", "").substr(0, 40)),
            "a.npy: array, header: found 30 bytes, expected 118");
}

TEST_F(ArrayFiles, NpyRefusesNumbersThatAreNotFinite) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double inf = std::numeric_limits<double>::infinity();
  EXPECT_EQ(error_of_reading("a.npy", npy("'<f8'", "False", "(2, 2)", bytes_of<double>({1, 2, 3, nan}))),
            "a.npy: array[1, 1]: found nan, expected a finite number");
  EXPECT_EQ(error_of_reading("a.npy", npy("'<f8'", "False", "(2,)", bytes_of<double>({1, -inf}))),
            "a.npy: array[1]: found -inf, expected a finite number");
}

TEST_F(ArrayFiles, RefuseIntegersThatADoubleDoesNotHold) {
  const auto signed_error = [&](std::int64_t value) {
    return error_of_reading("a.npy", npy("'<i8'", "False", "(2, 2)", bytes_of<std::int64_t>({1, 2, 3, value})));
  };
  const auto unsigned_error = [&](std::uint64_t value) {
    return error_of_reading("a.npy", npy("'>u8'", "False", "(2,)", bytes_of<std::uint64_t>({1, value}, true)));
  };
  constexpr std::int64_t limit = std::int64_t{1} << 53;
  for (const std::int64_t value :
       {limit + 1, -limit - 1, 2 * limit + 2, std::int64_t{1531830678123456789},
        std::numeric_limits<std::int64_t>::max(), -std::numeric_limits<std::int64_t>::max()}) {
    EXPECT_EQ(signed_error(value),
              "a.npy: array[1, 1]: found " + std::to_string(value) + ", expected " + exact_integer);
  }
  for (const std::uint64_t value :
       {std::uint64_t{limit} + 1, (std::uint64_t{1} << 63) + 1, std::numeric_limits<std::uint64_t>::max()}) {
    EXPECT_EQ(unsigned_error(value), "a.npy: array[1]: found " + std::to_string(value) + ", expected " + exact_integer);
  }
  EXPECT_EQ(error_of_reading("a.npy", npy("'<i8'", "True", "(2, 2)", bytes_of<std::int64_t>({1, limit + 1, 3, 4}))),
            "a.npy: array[1, 0]: found 9007199254740993, expected " + exact_integer);
}

TEST_F(ArrayFiles, TakeLargeIntegersThatADoubleHolds) {
  constexpr std::int64_t limit = std::int64_t{1} << 53;
  const std::string some = bytes_of<std::int64_t>({limit, limit + 2, -limit, -limit - 2, 2 * limit + 4, limit - 1,
                                                   std::numeric_limits<std::int64_t>::min(), 1531830678123456768});
  EXPECT_EQ(
      points_of(npy("'<i8'", "False", "(2, 4)", some)),
      rows({{0x1p53, 0x1p53 + 2, -0x1p53, -0x1p53 - 2}, {0x1p54 + 4, 0x1p53 - 1, -0x1p63, 1531830678123456768.0}}));
  EXPECT_EQ(points_of(npy("'<u8'", "False", "(2,)", bytes_of<std::uint64_t>({std::uint64_t{1} << 63, 0}))),
            rows({{0x1p63}, {0}}));
}

TEST_F(ArrayFiles, NpzRefusesIntegersThatADoubleDoesNotHold) {
  const std::string good = npy("'<i8'", "False", "(2,)", bytes_of<std::int64_t>({1, 2}));
  const std::string bad = npy("'<i8'", "False", "(2,)", bytes_of<std::int64_t>({1, 9007199254740993}));
  const auto reading = [&](const auto& arrays) { return error_of([&] { read_measure(archive("a.npz", arrays)); }); };
  using Arrays = std::vector<std::pair<std::string, std::string>>;
  const std::string found = "[1]: found 9007199254740993, expected " + exact_integer;
  EXPECT_EQ(reading(Arrays{{"points.npy", bad}}), "a.npz: points" + found);
  EXPECT_EQ(reading(Arrays{{"points.npy", good}, {"weights.npy", bad}}), "a.npz: weights" + found);
  EXPECT_EQ(reading(Arrays{{"points.npy", good}, {"others.npy", bad}}), "no error") << "nobody reads it";

  archive("u.npz", {{"phi.npy", good}, {"psi.npy", bad}});
  EXPECT_EQ(error_of([&] { read_potentials(path("u.npz"), 2, 2); }), "u.npz: psi" + found);
  archive("p.npz", {{"source.npy", good}, {"target.npy", good}, {"mass.npy", bad}});
  EXPECT_EQ(error_of([&] { read_plan(path("p.npz"), 3, 3); }), "p.npz: mass" + found);
  archive("m.npz", {{"mu.npy", bad}, {"sigma.npy", good}});
  EXPECT_EQ(error_of([&] { read_moments(path("m.npz"), Covariance::unbiased); }), "m.npz: mu" + found);
}

TEST_F(ArrayFiles, NpzReadsPointsAndWeights) {
  const std::string points = npy("'<f8'", "False", "(2, 2)", bytes_of<double>({1, 2, 3, 4}));
  const DiscreteMeasure uniform = read_measure(archive("a.npz", {{"points.npy", points}}));
  EXPECT_EQ(uniform.points(), rows({{1, 2}, {3, 4}}));
  EXPECT_EQ(uniform.weights(), entries({0.5, 0.5}));
  const std::string weights = npy("'|u1'", "False", "(2,)", bytes_of<std::uint8_t>({0, 5}));
  EXPECT_EQ(read_measure(archive("a.npz", {{"weights.npy", weights}, {"points.npy", points}})).weights(),
            entries({0, 5}));
}

TEST_F(ArrayFiles, NpzRefusesWhatDoesNotFit) {
  const std::string points = npy("'<f8'", "False", "(2, 2)", bytes_of<double>({1, 2, 3, 4}));
  const auto reading = [&](const std::vector<std::pair<std::string, std::string>>& arrays) {
    const std::string name = archive("a.npz", arrays);
    return error_of([&] { read_measure(name); });
  };
  const auto weighted = [&](const std::string& shape, std::initializer_list<double> values) {
    return reading({{"points.npy", points}, {"weights.npy", npy("'<f8'", "False", shape, bytes_of<double>(values))}});
  };
  EXPECT_EQ(reading({{"arr_0.npy", points}}), "a.npz: found 'arr_0.npy', expected 'points.npy'");
  EXPECT_EQ(weighted("(3,)", {1, 2, 3}), "a.npz: weights: found 3 entries, expected 2");
  EXPECT_EQ(weighted("(1, 2)", {1, 2}), "a.npz: weights: found 2 columns, expected 1");
  EXPECT_EQ(weighted("(2,)", {1, -2}),
            "a.npz: weights[1]: found weight -2, expected a finite number that is not negative");
  EXPECT_EQ(weighted("(2,)", {0, 0}), "a.npz: weights: found only zeros, expected at least one that is positive");
  EXPECT_EQ(weighted("(2,)", {1, std::numeric_limits<double>::infinity()}),
            "a.npz: weights[1]: found inf, expected a finite number");
  EXPECT_EQ(reading({{"points.npy", npy("'<f8'", "False", "(1, 2)",
                                        bytes_of<double>({0, std::numeric_limits<double>::quiet_NaN()}))}}),
            "a.npz: points[0, 1]: found nan, expected a finite number");
  EXPECT_EQ(error_of_reading("b.npz", "no archive at all"),
            "b.npz: found no usable ZIP archive (Not a zip archive), expected a .npz file");
}

TEST_F(ArrayFiles, NpzNamesADamagedArray) {
  write_measure(path("a.npz"), DiscreteMeasure(rows({{1, 2}, {3, 4}})));
  std::string bytes = content("a.npz");
  bytes[bytes.find("NUMPY") + 125] ^= 1;  // among the numbers
  EXPECT_EQ(error_of_reading("b.npz", bytes), "b.npz: points: found damaged data (CRC error), expected an array");
}

TEST_F(ArrayFiles, WrittenCloudsReadBackExactly) {
  const DiscreteMeasure weighted(rows({{0.1, 1e-300}, {-1.0 / 3, 5e-324}, {1e300, -0.0}}), entries({1, 0, 1e-300}));
  write_measure(path("a.npz"), weighted);
  EXPECT_EQ(read_measure(path("a.npz")).points(), weighted.points());
  EXPECT_EQ(read_measure(path("a.npz")).weights(), weighted.weights());
  write_measure(path("a.npy"), DiscreteMeasure(weighted.points()));
  EXPECT_EQ(read_measure(path("a.npy")).points(), weighted.points());
  EXPECT_EQ(content("a.npy").substr(6 + 4, 59), "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }");
  EXPECT_EQ(content("a.npy").size() % 64, (3 * 2 * 8) % 64U) << "the data start at a multiple of 64";
  EXPECT_EQ(error_of([&] { write_measure(path("b.npy"), weighted); }).substr(0, 59),
            "b.npy: weights: found weights that are not 1/n each, expect");
}

TEST_F(ArrayFiles, SameCloudSameBytes) {
  const DiscreteMeasure measure(rows({{1, 2}, {3, 4}}), entries({1, 2}));
  write_measure(path("a.npz"), measure);
  write_measure(path("b.npz"), measure);
  EXPECT_EQ(content("a.npz"), content("b.npz"));
  // The DOS date in the local header is 1980-01-01, 00:00, whatever the clock says.
  EXPECT_EQ(content("a.npz").substr(10, 4), std::string("\x00\x00\x21\x00", 4));
}

std::string idx(unsigned char type, std::initializer_list<std::uint32_t> shape, const std::string& data) {
  std::string bytes = {'\0', '\0', static_cast<char>(type), static_cast<char>(shape.size())};
  return bytes + bytes_of<std::uint32_t>(shape, true) + data;
}

TEST_F(ArrayFiles, IdxReadsImagesAsPoints) {
  const std::string bytes = idx(8, {2, 1, 3}, std::string("\x00\x33\xff\xff\x00\x00", 6));
  for (const char* name : {"a.idx", "images-idx3-ubyte", "images.idx3-ubyte"}) {
    EXPECT_EQ(read_measure(file(name, bytes)).points(), rows({{0, 0.2, 1}, {1, 0, 0}})) << name;
  }
  EXPECT_EQ(read_measure(file("a.idx", idx(0x0b, {1, 2}, bytes_of<std::int16_t>({-2, 300}, true)))).points(),
            rows({{-2, 300}}));
  EXPECT_EQ(read_measure(file("a.idx", idx(0x0e, {2}, bytes_of<double>({0.5, 7}, true)))).points(), rows({{0.5}, {7}}));
}

TEST_F(ArrayFiles, IdxRefusesWhatDoesNotFit) {
  EXPECT_EQ(error_of_reading("a.idx", idx(8, {2, 2, 2}, "1234567")),
            "a.idx: data: found 7 bytes, expected 8 (2 × 2 × 2 × 1)");
  EXPECT_EQ(error_of_reading("a.idx", idx(8, {2, 2, 2}, "123456789")),
            "a.idx: data: found 9 bytes, expected 8 (2 × 2 × 2 × 1)");
  EXPECT_EQ(error_of_reading("a.idx", idx(8, {4294967295, 4294967295}, "1")),
            "a.idx: data: found 1 byte, expected 18446744065119617025 (4294967295 × 4294967295 × 1)");
  EXPECT_EQ(error_of_reading("a.idx", idx(8, {0, 2}, "")),
            "a.idx: header: found size 0 in dimension 1, expected at least 1");
  EXPECT_EQ(error_of_reading("a.idx", idx(10, {1, 2}, "12")),
            "a.idx: header: found type 10, expected 8, 9, 11, 12, 13 or 14");
  EXPECT_EQ(error_of_reading("a.idx", idx(8, {2}, "12")),
            "a.idx: header: found 1 dimension of unsigned bytes (labels), expected images: at least 2 dimensions");
  EXPECT_EQ(error_of_reading("a.idx", idx(8, {2, 2}, "").substr(0, 9)), "a.idx: header: found 9 bytes, expected 12");
  EXPECT_EQ(error_of_reading("a.idx", "text"),
            "a.idx: header: found 'text', expected two zero bytes, a type and a number of dimensions");
  EXPECT_EQ(
      error_of_reading("a.idx", idx(0x0d, {1, 2}, bytes_of<float>({0, std::numeric_limits<float>::infinity()}, true))),
      "a.idx: item 0, number 1: found inf, expected a finite number");
}

}  // namespace
}  // namespace brenier
