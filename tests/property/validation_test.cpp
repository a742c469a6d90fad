// A validation that cannot fail shows nothing: each fault that is put into the flows must be found.
#include <gtest/gtest.h>

#include "flow_cases.hpp"

namespace brenier::validation {
namespace {

/// The statements, by their numbers, that have a claim which fails.
std::string failed_statements(Fault fault) {
  Setting setting;
  setting.fault = fault;
  std::string failed;
  for (const Claim& claim : ring(64, setting)) {
    const char statement = claim.statement.front();
    if (!claim.holds() && failed.find(statement) == std::string::npos) failed += statement;
  }
  return failed;
}

TEST(Validation, HoldsWithoutAFault) { EXPECT_EQ(failed_statements(Fault::none), ""); }

// Statements 1 to 4 are about geodesics, which take no steps.
TEST(Validation, FindsAStepThatGoesTheWrongWay) { EXPECT_EQ(failed_statements(Fault::sign), "567"); }
TEST(Validation, FindsAStepThatIsOnePercentTooLong) { EXPECT_EQ(failed_statements(Fault::step), "567"); }

TEST(Claim, MissesByTheSideThatItsRelationForbids) {
  const auto error = [](double measured, Relation relation) {
    return Claim{"", measured, 1.0, 0.25, relation}.error();
  };
  EXPECT_EQ(error(1.5, Relation::equal), 0.5);
  EXPECT_EQ(error(0.5, Relation::equal), 0.5);
  EXPECT_EQ(error(1.5, Relation::at_most), 0.5);
  EXPECT_EQ(error(0.5, Relation::at_most), 0.0);
  EXPECT_EQ(error(0.5, Relation::at_least), 0.5);
  EXPECT_EQ(error(1.5, Relation::at_least), 0.0);
}

TEST(Claim, FailsBeyondItsBoundAndWithoutANumber) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const Relation relation : {Relation::equal, Relation::at_most, Relation::at_least}) {
    EXPECT_TRUE((Claim{"", 1.0, 1.0, 0.0, relation}.holds()));
    EXPECT_FALSE((Claim{"", nan, 1.0, 1.0, relation}.holds()));
    EXPECT_FALSE((Claim{"", 1.0, nan, 1.0, relation}.holds()));
    EXPECT_FALSE((Claim{"", 1.0, 1.0, nan, relation}.holds()));
  }
  EXPECT_FALSE((Claim{"", 1.5, 1.0, 0.25, Relation::equal}.holds()));
}

}  // namespace
}  // namespace brenier::validation
