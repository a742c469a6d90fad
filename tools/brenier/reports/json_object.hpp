#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace brenier::cli {

/// A flat JSON object, written key by key in the order of the calls.
///
/// Real numbers get 17 significant digits, so that every reader recovers the same double.
class JsonObject {
 public:
  /// @throws Failure naming the key when the number is not finite, which JSON cannot hold.
  void add(const std::string& key, double value);
  void add(const std::string& key, std::int64_t value);
  void add(const std::string& key, int value) { add(key, static_cast<std::int64_t>(value)); }
  void add(const std::string& key, const std::string& value);
  // Without this a literal would choose the bool overload.
  void add(const std::string& key, const char* value) { add(key, std::string(value)); }
  void add(const std::string& key, bool value);
  void add_null(const std::string& key);

  /// The object on lines of its own, with a line end.
  std::string text() const;

  /// The object on a single line, with its line end.
  std::string line() const;

 private:
  void add_raw(const std::string& key, const std::string& value);

  std::string joined(const std::string& separator) const;

  std::vector<std::string> members_;
};

}  // namespace brenier::cli
