#include <cstring>
#include <limits>

#include "unit/file_fixture.hpp"

namespace brenier {
namespace {

using testing::entries;
using testing::exact_integer;
using testing::rows;

class MeshFiles : public testing::FileTest {
 protected:
  Points points_of(const std::string& name, const std::string& text) const {
    return read_measure(file(name, text)).points();
  }
};

template <class Number>
void append(std::string& bytes, Number value, bool big_endian) {
  std::string item(sizeof value, '\0');
  std::memcpy(item.data(), &value, sizeof value);
  if (big_endian) std::reverse(item.begin(), item.end());
  bytes += item;
}

TEST_F(MeshFiles, OffReadsVertices) {
  const Points expected = rows({{0, 0, 0}, {1, 0, 0.5}, {0, 1, -2}});
  EXPECT_EQ(points_of("a.off", "OFF\n3 1 0\n0 0 0\n1 0 0.5\n0 1 -2\n3 0 1 2\n"), expected);
  EXPECT_EQ(points_of("a.off", "OFF 3 1\n# c\n0 0 0\n\n1 0 0.5 # d\n0 1 -2\n3 0 1 2\n"), expected);
  EXPECT_EQ(points_of("a.off", "COFF\r\n3 0 0\r\n0 0 0 255 0 0 1\r\n1 0 0.5 1 1 1 1\r\n0 1 -2 0 0 0 0\r\n"), expected);
  EXPECT_EQ(points_of("a.off", "STCNOFF 3 0 0\n0 0 0 9 9\n1 0 0.5 9 9\n0 1 -2 9 9\n"), expected);
}

TEST_F(MeshFiles, OffRefusesWhatIsDamaged) {
  EXPECT_EQ(error_of_reading("a.off", "PLY\n"),
            "a.off: line 1: found 'PLY', expected the keyword OFF, COFF, NOFF or STOFF");
  EXPECT_EQ(error_of_reading("a.off", "4OFF\n1 0 0\n0 0 0 1\n"),
            "a.off: line 1: found '4OFF', expected the keyword OFF, COFF, NOFF or STOFF");
  EXPECT_EQ(error_of_reading("a.off", "OFF\n"),
            "a.off: found the end of the file, expected the numbers of vertices and faces");
  EXPECT_EQ(error_of_reading("a.off", "OFF\n-3 0 0\n"), "a.off: line 2: found '-3', expected the number of vertices");
  EXPECT_EQ(error_of_reading("a.off", "OFF\n999999999999 0 0\n0 0 0\n"),
            "a.off: line 2: found 999999999999 vertices in a file of 27 bytes, expected at most 5");
  EXPECT_EQ(error_of_reading("a.off", "OFF\n3 0 0\n0 0 0\n1 1 1\n"), "a.off: found 2 lines of vertices, expected 3");
  EXPECT_EQ(error_of_reading("a.off", "OFF\n1 2 0\n0 0 0\n3 0 0 0\n"), "a.off: found 1 line of faces, expected 2");
  EXPECT_EQ(error_of_reading("a.off", "OFF\n2 0 0\n0 0 0\n1 1\n"),
            "a.off: line 4: found 2 fields, expected at least 3 (x, y, z)");
  EXPECT_EQ(error_of_reading("a.off", "OFF\n2 0 0\n0 0 0\n1 nan 0\n"),
            "a.off: line 4, column 2: found 'nan', expected a finite number");
  EXPECT_EQ(error_of_reading("a.off", "OFF\n0 0 0\n"), "a.off: found no points, expected at least one");
}

TEST_F(MeshFiles, OffReadsBackWhatItWrites) {
  const DiscreteMeasure measure(rows({{0.1, 1.0 / 3, 2}, {1e-300, -5, 1e300}}));
  write_measure(path("a.off"), measure);
  EXPECT_EQ(read_measure(path("a.off")).points(), measure.points());
  EXPECT_EQ(error_of([&] { write_measure(path("b.off"), DiscreteMeasure(rows({{1}}))); }),
            "b.off: found points of dimension 1, expected 3 for .off");
}

const char* const ascii_ply =
    "ply\nformat ascii 1.0\ncomment made by hand\nobj_info nothing\n"
    "element material 1\nproperty list uchar int ids\n"
    "element vertex 2\nproperty uchar red\nproperty float z\nproperty float y\nproperty float x\n"
    "property list uchar int neighbours\nproperty double weight\n"
    "element face 1\nproperty list uchar int vertex_indices\nend_header\n"
    "3 7 8 9\n"
    "255 3 2 1 0 0.5\n"
    "0 6 5 4 2 1 1 1.5\n"
    "3 0 1 0\n";

TEST_F(MeshFiles, RefuseIntegersThatADoubleDoesNotHold) {
  const std::string found = "found '-9007199254740993', expected " + exact_integer;
  EXPECT_EQ(error_of_reading("a.off", "OFF\n1 0 0\n0 -9007199254740993 0\n"), "a.off: line 3, column 2: " + found);
  EXPECT_EQ(points_of("a.off", "OFF\n1 0 0\n0 -9007199254740994 0\n"), rows({{0, -0x1p53 - 2, 0}}));
  const auto ply = [](const std::string& line) {
    return "ply\nformat ascii 1.0\nelement vertex 1\nproperty list uchar int ids\nproperty double time\n"
           "property double x\nproperty double y\nproperty double weight\nend_header\n" +
           line + "\n";
  };
  EXPECT_EQ(error_of_reading("a.ply", ply("1 7 0 1 -9007199254740993 1")), "a.ply: line 10, column 5: " + found);
  EXPECT_EQ(error_of_reading("a.ply", ply("1 7 0 1 2 9007199254740993.0")),
            "a.ply: line 10, column 6: found '9007199254740993.0', expected " + exact_integer);
  EXPECT_EQ(points_of("a.ply", ply("1 7 1531830678123456789 1 9007199254740994 1")), rows({{1, 0x1p53 + 2}}))
      << "nobody asks for the time";
}

TEST_F(MeshFiles, PlyReadsText) {
  const DiscreteMeasure measure = read_measure(file("a.ply", ascii_ply));
  EXPECT_EQ(measure.points(), rows({{1, 2, 3}, {4, 5, 6}}));
  EXPECT_EQ(measure.weights(), entries({0.5, 1.5}));
}

TEST_F(MeshFiles, PlyReadsBothByteOrders) {
  for (const bool big : {false, true}) {
    std::string bytes = "ply\r\nformat binary_" + std::string(big ? "big" : "little") +
                        "_endian 1.0\r\nelement camera 1\r\nproperty list ushort short a\r\nproperty int8 b\r\n"
                        "element vertex 2\r\nproperty double x\r\nproperty list uint8 float32 l\r\nproperty int16 y\r\n"
                        "element face 1\r\nproperty list uchar uint i\r\nend_header\r\n";
    append<std::uint16_t>(bytes, 3, big);
    for (const int value : {1, 2, 3}) append(bytes, static_cast<std::int16_t>(value), big);
    append<std::int8_t>(bytes, 5, big);
    append<double>(bytes, 0.1, big);
    append<std::uint8_t>(bytes, 1, big);
    append<float>(bytes, 9, big);
    append<std::int16_t>(bytes, -300, big);
    append<double>(bytes, 0.2, big);
    append<std::uint8_t>(bytes, 0, big);
    append<std::int16_t>(bytes, 7, big);
    append<std::uint8_t>(bytes, 1, big);
    append<std::uint32_t>(bytes, 0, big);
    EXPECT_EQ(points_of("a.ply", bytes), rows({{0.1, -300}, {0.2, 7}}));
    EXPECT_EQ(error_of_reading("b.ply", bytes.substr(0, bytes.size() - 1)),
              "b.ply: face 0: found 3 bytes, expected at least 4");
  }
}

TEST_F(MeshFiles, PlyRefusesBadHeaders) {
  const auto reading = [&](const std::string& rest) { return error_of_reading("a.ply", "ply\n" + rest); };
  const std::string format = "format ascii 1.0\n";
  EXPECT_EQ(error_of_reading("a.ply", "OFF\n"), "a.ply: line 1: found 'OFF', expected the keyword ply");
  EXPECT_EQ(
      reading("format morse 1.0\n"),
      "a.ply: line 2: found format 'morse', expected ascii, binary_little_endian or binary_big_endian, and a version");
  EXPECT_EQ(reading(format + "element vertex -1\n"), "a.ply: line 3: found count '-1', expected `element NAME COUNT`");
  EXPECT_EQ(reading(format + "property float x\n"), "a.ply: line 3: found a property, expected an element before it");
  EXPECT_EQ(reading(format + "element vertex 1\nproperty half x\n"),
            "a.ply: line 4: found type 'half', expected char, uchar, short, ushort, int, uint, float or double");
  EXPECT_EQ(reading(format + "element vertex 1\nproperty list float int x\n"),
            "a.ply: line 4: found list length of type 'float', expected an integer type");
  EXPECT_EQ(reading(format + "element vertex 1\n"), "a.ply: header: found the end of the file, expected end_header");
  EXPECT_EQ(reading("element vertex 1\nproperty float x\nend_header\n1\n"),
            "a.ply: line 4: found no format, expected a line `format TYPE VERSION` in the header");
  EXPECT_EQ(reading(format + "nonsense\n"),
            "a.ply: line 3: found 'nonsense', expected format, element, property, comment or end_header");
  EXPECT_EQ(reading(format + "end_header\n"), "a.ply: header: found 0 elements vertex, expected 1");
  EXPECT_EQ(reading(format + "element vertex 1\nproperty float x\nend_header\n1\n"),
            "a.ply: element vertex: found no property y, expected properties x, y and maybe z");
  EXPECT_EQ(reading(format + "element vertex 1\nproperty list int int x\nproperty int y\nend_header\n1 1 1\n"),
            "a.ply: property x: found a list, expected one number");
}

TEST_F(MeshFiles, PlyRefusesCountsThatTheFileCannotHold) {
  const std::string tail =
      " 1.0\nelement vertex 1000000000000000000\nproperty int x\nproperty int y\nend_header\n12345678";
  EXPECT_EQ(error_of_reading("a.ply", "ply\nformat binary_little_endian" + tail),
            "a.ply: vertex: found 8 bytes, expected at least 1000000000000000000 × 8");
  EXPECT_EQ(error_of_reading("a.ply", "ply\nformat ascii" + tail),
            "a.ply: vertex: found 8 bytes of data, expected enough for 1000000000000000000 items");
  EXPECT_EQ(points_of("a.ply",
                      "ply\nformat ascii 1.0\nelement nothing 1000000000000000000\nelement vertex 1\nproperty int x\n"
                      "property int y\nend_header\n1 2\n"),
            rows({{1, 2}}));
}

TEST_F(MeshFiles, PlyRefusesBadData) {
  std::string text = ascii_ply;
  const auto reading = [&](const std::string& old_line, const std::string& new_line) {
    std::string changed = text;
    changed.replace(changed.find(old_line), old_line.size(), new_line);
    return error_of_reading("a.ply", changed);
  };
  EXPECT_EQ(reading("255 3 2 1 0 0.5\n", "255 3 2 1 0\n"), "a.ply: line 18: found 5 fields, expected 6");
  EXPECT_EQ(reading("255 3 2 1 0 0.5\n", "255 3 2 inf 0 0.5\n"),
            "a.ply: line 18, column 4: found 'inf', expected a finite number");
  EXPECT_EQ(reading("3 0 1 0\n", ""), "a.ply: found 0 lines of element face, expected 1");
  EXPECT_EQ(reading("3 0 1 0\n", "-1\n"),
            "a.ply: line 20: found a list of length -1, expected a length that is an integer from 0");
  EXPECT_EQ(reading("0 0.5\n", "0 -0.5\n"),
            "a.ply: vertex 0, property weight: found weight -0.5, expected a finite number that is not negative");

  std::string binary =
      "ply\nformat binary_little_endian 1.0\nelement vertex 1\nproperty float x\nproperty float y\n"
      "end_header\n";
  append<float>(binary, 1, false);
  append<float>(binary, std::numeric_limits<float>::quiet_NaN(), false);
  EXPECT_EQ(error_of_reading("a.ply", binary), "a.ply: vertex 0, property y: found nan, expected a finite number");
}

TEST_F(MeshFiles, PlyReadsBackWhatItWrites) {
  const DiscreteMeasure solid(rows({{0.1, 1.0 / 3, 2}, {1e-300, -5, 1e300}}), entries({1e-300, 2}));
  write_measure(path("a.ply"), solid);
  EXPECT_EQ(read_measure(path("a.ply")).points(), solid.points());
  EXPECT_EQ(read_measure(path("a.ply")).weights(), solid.weights());
  const DiscreteMeasure flat(rows({{0.1, 0.2}, {0.3, 0.4}}));
  write_measure(path("a.ply"), flat);
  EXPECT_EQ(read_measure(path("a.ply")).points(), flat.points());
  EXPECT_EQ(error_of([&] { write_measure(path("b.ply"), DiscreteMeasure(rows({{1}}))); }),
            "b.ply: found points of dimension 1, expected 2 or 3 for .ply");
}

}  // namespace
}  // namespace brenier
