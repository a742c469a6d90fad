#include <algorithm>

#include "digits.hpp"
#include "unit/file_fixture.hpp"

namespace brenier::validation {
namespace {

class DigitFiles : public testing::FileTest {
 protected:
  /// A line of a USPS file: the digit, then one value for all pixels.
  static std::string usps_line(const std::string& digit, const std::string& value) {
    std::string line = digit;
    for (int k = 0; k < 256; ++k) line += " " + value;
    return line + " \n";
  }

  /// IDX with unsigned bytes.
  static std::string idx(std::initializer_list<char> sizes, const std::string& data) {
    std::string bytes("\0\0\x08", 3);
    bytes += static_cast<char>(sizes.size());
    for (const char size : sizes) bytes += std::string("\0\0\0", 3) + size;
    return bytes + data;
  }
};

TEST_F(DigitFiles, UspsIsMovedToZeroToOne) {
  const Digits digits = read_usps(file("usps", usps_line("6.0000", "-1.0000") + usps_line("3", "0.5")));
  EXPECT_EQ(digits.labels, (std::vector<int>{6, 3}));
  ASSERT_EQ(digits.images.rows(), 2);
  EXPECT_EQ(digits.images.row(0), Eigen::RowVectorXd::Zero(256));
  EXPECT_EQ(digits.images.row(1), Eigen::RowVectorXd::Constant(256, 0.75));
}

TEST_F(DigitFiles, UspsThatIsDamagedIsRefusedByItsLine) {
  const auto error = [&](const std::string& content) {
    file("usps", content);
    return error_of([&] { read_usps(path("usps")); });
  };
  EXPECT_EQ(error(usps_line("6", "0") + "3 1 1\n"), "usps: line 2: found 3 numbers, expected the digit and 256 values");
  EXPECT_EQ(error(usps_line("6", "x")), "usps: line 1: expected numbers with blanks between them");
  EXPECT_EQ(error(""), "usps: is empty, expected a digit a line");
}

TEST_F(DigitFiles, TheMiddleOfMnistIsShrunkByAreas) {
  // The middle 20×20 white: all white at 16×16, whatever stands around it.
  std::string white(28 * 28, '\0');
  for (int row = 4; row < 24; ++row) std::fill_n(white.begin() + 28 * row + 4, 20, '\xff');
  // One white pixel, second from the left in the upper row of the middle: a fifth of it falls into the first new pixel.
  std::string point(28 * 28, '\0');
  point[28 * 4 + 5] = '\xff';
  const Digits digits =
      read_mnist(file("images-ubyte", idx({2, 28, 28}, white + point)), file("labels", idx({2}, std::string("\7\1"))));
  EXPECT_EQ(digits.labels, (std::vector<int>{7, 1}));
  // A pixel is a sum of at most four products of parts.
  EXPECT_LE((digits.images.row(0).array() - 1.0).abs().maxCoeff(), 1e-15);
  EXPECT_NEAR(digits.images(1, 0), 0.2 * 0.8, 1e-16);
  EXPECT_NEAR(digits.images(1, 1), 0.6 * 0.8, 1e-16);
  EXPECT_NEAR(digits.images.row(1).sum(), 0.64, 1e-15);  // An area of 1 in units of 1¼².
}

TEST_F(DigitFiles, MnistOfAnotherSizeAndLabelsThatDoNotFitAreRefused) {
  const std::string small = file("small", idx({1, 2, 2}, std::string(4, '\1')));
  const std::string images = file("images-ubyte", idx({1, 28, 28}, std::string(28 * 28, '\1')));
  std::filesystem::rename(small, path("small-ubyte"));
  EXPECT_EQ(error_of([&] { read_mnist(path("small-ubyte")); }),
            "small-ubyte: found images of 4 pixels, expected 28 x 28");
  EXPECT_EQ(error_of([&] { read_mnist(images, file("labels", idx({2}, "ab"))); }),
            "labels: found 2 labels, expected 1 as there are images in images-ubyte");
  EXPECT_EQ(error_of([&] { read_mnist(images, file("labels", idx({3}, "ab"))); }),
            "labels: found 2 labels, expected 3");
  EXPECT_EQ(error_of([&] { read_mnist(images, images); }),
            "images-ubyte: header: expected IDX with one dimension of unsigned bytes");
}

TEST(DrawnDigits, AreDistinctRowsThatDependOnTheSeedOnly) {
  Digits all{Points(50, 1), {}};
  for (int i = 0; i < 50; ++i) {
    all.images(i, 0) = i;
    all.labels.push_back(i);
  }
  const Digits drawn = draw(all, 50, 1);
  EXPECT_NE(drawn.labels, all.labels);
  EXPECT_EQ(draw(all, 50, 1).labels, drawn.labels);
  EXPECT_NE(draw(all, 50, 2).labels, drawn.labels);
  for (Index i = 0; i < 50; ++i) EXPECT_EQ(drawn.images(i, 0), drawn.labels[static_cast<std::size_t>(i)]);
  std::vector<int> sorted = drawn.labels;
  std::sort(sorted.begin(), sorted.end());
  EXPECT_EQ(sorted, all.labels);
  EXPECT_THROW(draw(all, 51, 1), std::invalid_argument);
}

}  // namespace
}  // namespace brenier::validation
