#include "brenier/version.hpp"

#include <gtest/gtest.h>

namespace brenier {

TEST(Version, OfTheLibraryIsThatOfTheHeaders) { EXPECT_EQ(version(), BRENIER_VERSION); }

}  // namespace brenier
