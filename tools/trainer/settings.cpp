#include "settings.hpp"

namespace brenier::trainer {

int order_of(Method method) {
  return method == Method::w1_fe || method == Method::wgan_lp || method == Method::wgan_gp ? 1 : 2;
}

bool is_forward_euler(Method method) {
  return method == Method::w2_fe || method == Method::w1_fe || method == Method::exact;
}

Settings ring_settings() { return {}; }

Settings digits_settings() {
  Settings settings;
  settings.lambda = 10.0;
  settings.critic_rate = 1e-4;
  settings.beta1 = 0.0;
  settings.beta2 = 0.9;
  settings.batch = 64;
  settings.generator = {{200, 500}, true, 0.01};
  settings.tanh_scale = 2.0;
  // No source tells how these began; this is the size that Linear layers of such widths have by habit, 1/√(3·inputs).
  settings.potentials = {{200, 500}, false, 0.04};
  return settings;
}

std::string to_string(Method method) {
  switch (method) {
    case Method::w2_fe:
      return "w2-fe";
    case Method::w2gan:
      return "w2gan";
    case Method::w1_fe:
      return "w1-fe";
    case Method::wgan_lp:
      return "wgan-lp";
    case Method::wgan_gp:
      return "wgan-gp";
    case Method::exact:
      return "exact";
  }
  return "";
}

std::string to_string(Hinge hinge) {
  switch (hinge) {
    case Hinge::linear:
      return "linear";
    case Hinge::squared:
      return "squared";
    case Hinge::all_pairs:
      return "all-pairs";
    case Hinge::four_term:
      return "four-term";
  }
  return "";
}

std::string to_string(Penalty penalty) { return penalty == Penalty::lp ? "lp" : "gp"; }

std::string to_string(OptimizerKind optimizer) { return optimizer == OptimizerKind::adam ? "adam" : "sgd"; }

std::string to_string(Precision precision) { return precision == Precision::single_precision ? "float" : "double"; }

}  // namespace brenier::trainer
