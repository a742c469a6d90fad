#include "flow_cases.hpp"

#include "clouds.hpp"
#include "flow_statements.hpp"

namespace brenier::validation {

Claims ring(Index n, const Setting& setting) {
  SampleOptions source = law("gaussian", n, 1);
  source.std = 0.05;
  SampleOptions target = law("ring", n, 2);
  target.stratified = true;
  return all_flow_statements(sample(source), sample(target), Displacement::matching, setting);
}

Claims swissroll(const Setting& setting) {
  SampleOptions target = law("swissroll", 1000, 4);
  target.std = 0.05;
  return all_flow_statements(sample(law("gaussian", 1000, 3)), sample(target), Displacement::matching, setting);
}

Claims uniform(Index dimension, const Setting& setting) {
  return all_flow_statements(sample(law("uniform", 1000, 5, dimension)), sample(law("uniform", 1000, 6, dimension)),
                             Displacement::matching, setting);
}

Claims unequal(const Setting& setting) {
  return all_flow_statements(unevenly_weighted(sample(law("gaussian", 300, 7))),
                             unevenly_weighted(sample(law("checkerboard", 217, 8))), Displacement::split, setting);
}

}  // namespace brenier::validation
