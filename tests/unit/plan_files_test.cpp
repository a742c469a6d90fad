#include <limits>

#include "unit/file_fixture.hpp"

namespace brenier {
namespace {

using testing::entries;
using testing::exact_integer;

class PlanFiles : public testing::FileTest {
 protected:
  std::string error_of_plan(const std::string& text) const {
    file("p.csv", text);
    return error_of([&] { read_plan(path("p.csv"), 3, 2); });
  }
  std::string error_of_potentials(const std::string& text) const {
    file("u.csv", text);
    return error_of([&] { read_potentials(path("u.csv"), 2, 1); });
  }
};

TEST_F(PlanFiles, ReadBackWhatIsWritten) {
  const TransportPlan plan{3, 2, {{0, 1, 1.0 / 3}, {1, 0, 1e-300}, {2, 1, 0.1}}};
  for (const char* name : {"p.csv", "p.npz"}) {
    write_plan(path(name), plan);
    const TransportPlan back = read_plan(path(name), 3, 2);
    EXPECT_EQ(back.entries, plan.entries) << name;
    EXPECT_EQ(back.sources, 3);
    EXPECT_EQ(back.targets, 2);
  }
  EXPECT_EQ(content("p.csv"), "source,target,mass\n0,1,0.3333333333333333\n1,0,1e-300\n2,1,0.1\n");
}

TEST_F(PlanFiles, PlansComeSortedAndWithoutZeros) {
  const TransportPlan plan = read_plan(file("p.csv", "mass,target,source\n0.5,0,2\n0,1,2\n0.25,1,0\n0.25,0,0\n"), 3, 2);
  EXPECT_EQ(plan.entries, (std::vector<PlanEntry>{{0, 0, 0.25}, {0, 1, 0.25}, {2, 0, 0.5}}));
}

TEST_F(PlanFiles, RefuseBadPlans) {
  const std::string head = "source,target,mass\n";
  EXPECT_EQ(error_of_plan("0,0,1\n"), "p.csv: header: found no column source, expected source,target,mass");
  EXPECT_EQ(error_of_plan(head + "3,0,1\n"),
            "p.csv: line 2, column 1: found 3, expected a source: an integer from 0 to 2");
  EXPECT_EQ(error_of_plan(head + "0,-1,1\n"),
            "p.csv: line 2, column 2: found -1, expected a target: an integer from 0 to 1");
  EXPECT_EQ(error_of_plan(head + "0.5,1,1\n"),
            "p.csv: line 2, column 1: found 0.5, expected a source: an integer from 0 to 2");
  EXPECT_EQ(error_of_plan(head + "0,1,-1\n"),
            "p.csv: line 2, column 3: found -1, expected a mass that is not negative");
  EXPECT_EQ(error_of_plan(head + "0,1,nan\n"), "p.csv: line 2, column 3: found 'nan', expected a finite number");
  EXPECT_EQ(error_of_plan(head + "0,1,1\n1,1,1\n0,1,2\n"),
            "p.csv: source 0, target 1: found two entries, expected one");
  EXPECT_EQ(error_of([&] { read_plan(path("p.txt"), 3, 2); }), "p.txt: found extension '.txt', expected .csv or .npz");
  EXPECT_EQ(error_of([&] { write_plan(path("p.npy"), TransportPlan{}); }),
            "p.npy: found extension '.npy', expected .csv or .npz");
}

TEST_F(PlanFiles, RefuseIntegersThatADoubleDoesNotHold) {
  const std::string found = "line 2, column 3: found '9007199254740993', expected " + exact_integer;
  EXPECT_EQ(error_of_plan("source,target,mass\n0,1,9007199254740993\n"), "p.csv: " + found);
  EXPECT_EQ(error_of_potentials("side,index,value\nsource,0,9007199254740993\n"), "u.csv: " + found);
  const TransportPlan plan = read_plan(file("q.csv", "source,target,mass\n0,1,9007199254740994\n"), 3, 2);
  EXPECT_EQ(plan.entries, (std::vector<PlanEntry>{{0, 1, 0x1p53 + 2}}));
  const Potentials potentials{entries({0x1p53 + 2, -1531830678123456768.0}), entries({0x1p70})};
  write_potentials(path("v.csv"), potentials);
  EXPECT_EQ(read_potentials(path("v.csv"), 2, 1).phi, potentials.phi);
}

TEST_F(PlanFiles, RefuseBadPlanArchives) {
  write_plan(path("p.npz"), TransportPlan{3, 2, {{0, 1, 0.5}, {2, 1, 0.5}}});
  EXPECT_EQ(error_of([&] { read_plan(path("p.npz"), 2, 2); }),
            "p.npz: source[1]: found 2, expected a source: an integer from 0 to 1");
  write_potentials(path("p.npz"), Potentials{entries({1}), entries({2})});
  EXPECT_EQ(error_of([&] { read_plan(path("p.npz"), 2, 2); }),
            "p.npz: found 'phi.npy' 'psi.npy', expected 'source.npy'");
}

TEST_F(PlanFiles, PotentialsReadBackWhatIsWritten) {
  const Potentials potentials{entries({1.0 / 3, -1e300}), entries({5e-324, 0, 7})};
  for (const char* name : {"u.csv", "u.npz"}) {
    write_potentials(path(name), potentials);
    const Potentials back = read_potentials(path(name), 2, 3);
    EXPECT_EQ(back.phi, potentials.phi) << name;
    EXPECT_EQ(back.psi, potentials.psi) << name;
  }
  EXPECT_EQ(
      content("u.csv"),
      "side,index,value\nsource,0,0.3333333333333333\nsource,1,-1e+300\ntarget,0,5e-324\ntarget,1,0\ntarget,2,7\n");
}

TEST_F(PlanFiles, RefuseBadPotentials) {
  const std::string head = "side,index,value\n";
  const std::string whole = head + "target,0,3\nsource,1,2\nsource,0,1\n";
  EXPECT_EQ(error_of_potentials(whole), "no error") << "the order of the lines is free";
  EXPECT_EQ(error_of_potentials("source,0,1\n"), "u.csv: header: found 'source,0,1', expected 'side,index,value'");
  EXPECT_EQ(error_of_potentials(head + "left,0,1\n"),
            "u.csv: line 2, column 1: found 'left', expected source or target");
  EXPECT_EQ(error_of_potentials(head + "source,2,1\n"),
            "u.csv: line 2, column 2: found '2', expected an integer from 0 to 1");
  EXPECT_EQ(error_of_potentials(head + "source,0,inf\n"),
            "u.csv: line 2, column 3: found 'inf', expected a finite number");
  EXPECT_EQ(error_of_potentials(head + "source,0\n"), "u.csv: line 2: found 2 fields, expected 3");
  EXPECT_EQ(error_of_potentials(whole + "source,1,2\n"),
            "u.csv: line 5: found a second value for source 1, expected one");
  EXPECT_EQ(error_of_potentials(head + "source,0,1\nsource,1,1\n"),
            "u.csv: found no value for target 0, expected one for each of the 1");
  write_potentials(path("u.npz"), Potentials{entries({1, std::numeric_limits<double>::quiet_NaN()}), entries({2})});
  EXPECT_EQ(error_of([&] { read_potentials(path("u.npz"), 2, 1); }),
            "u.npz: phi[1]: found nan, expected a finite number");
  EXPECT_EQ(error_of([&] { read_potentials(path("u.npz"), 3, 1); }), "u.npz: phi: found 2 entries, expected 3");
}

}  // namespace
}  // namespace brenier
