#include "brenier/version.hpp"

namespace brenier {

std::string_view version() { return BRENIER_VERSION; }

}  // namespace brenier
