#include "core/exact_integers.hpp"

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <stdexcept>

namespace brenier::python {
namespace {

namespace py = pybind11;

template <typename Number>
using Dense = py::array_t<Number, py::array::c_style | py::array::forcecast>;

/// "x[3, 0]" for the entry at this position in C order.
std::string place(const std::string& name, const py::array& array, py::ssize_t position) {
  std::string indices;
  for (py::ssize_t axis = array.ndim(); axis-- > 0;) {
    indices.insert(0, std::to_string(position % array.shape(axis)) + (indices.empty() ? "" : ", "));
    position /= array.shape(axis);
  }
  return name + (indices.empty() ? "" : "[" + indices + "]");
}

[[noreturn]] void refuse(const std::string& name, const py::array& array, py::ssize_t position,
                         const std::string& digits) {
  constexpr std::size_t longest = 40;
  throw std::invalid_argument(place(name, array, position) + ": is " + digits.substr(0, longest) +
                              (digits.size() > longest ? "…" : "") +
                              ", expected an integer that a double holds exactly (up to 2^53 any, beyond only "
                              "multiples of 2, 4, 8, ...); subtract a common offset first");
}

bool is_exact(std::uint64_t magnitude) {
  constexpr int digits = std::numeric_limits<double>::digits;
  const std::uint64_t lowest_bit = magnitude & -magnitude;
  return magnitude >> digits == 0 || magnitude >> digits < lowest_bit;
}

bool is_exact(std::int64_t number) {
  const auto bits = static_cast<std::uint64_t>(number);
  return is_exact(number < 0 ? -bits : bits);
}

bool is_exact(long double number) {
  const auto rounded = static_cast<double>(number);
  return number != std::floor(number) || !std::isfinite(rounded) || static_cast<long double>(rounded) == number;
}

bool is_exact(const py::int_& number) {
  int overflow = 0;
  const long long small = PyLong_AsLongLongAndOverflow(number.ptr(), &overflow);
  if (overflow == 0) return is_exact(static_cast<std::int64_t>(small));
  const double rounded = PyLong_AsDouble(number.ptr());
  if (PyErr_Occurred() != nullptr) {
    PyErr_Clear();  // Beyond the range of a double.
    return false;
  }
  return number.equal(py::float_(rounded));  // Python compares the two exactly.
}

std::string digits_of(std::int64_t number) { return std::to_string(number); }
std::string digits_of(std::uint64_t number) { return std::to_string(number); }
std::string digits_of(long double number) {
  char digits[std::numeric_limits<double>::max_exponent10 + 4];  // Within the range of a double.
  std::snprintf(digits, sizeof digits, "%.0Lf", number);
  return digits;
}

template <typename Number>
void check_numbers(const py::array& array, const std::string& name) {
  const Dense<Number> numbers(array);
  for (py::ssize_t k = 0; k < numbers.size(); ++k) {
    const Number number = numbers.data()[k];
    if (!is_exact(number)) refuse(name, array, k, digits_of(number));
  }
}

void check_objects(const py::array& objects, const std::string& name) {
  const py::object any_integer = py::module_::import("numpy").attr("integer");
  py::ssize_t k = 0;
  for (const py::handle item : objects.attr("flat")) {
    const bool is_integer =
        PyLong_Check(item.ptr()) || (!PyFloat_Check(item.ptr()) && py::isinstance(item, any_integer));
    if (is_integer) {
      const py::int_ number = py::reinterpret_borrow<py::object>(item);
      if (!is_exact(number)) refuse(name, objects, k, py::str(py::handle(number)).cast<std::string>());
    }
    ++k;
  }
}

/// True where numpy has had to find one type for numbers of several.
bool is_mixed(const py::object& value) {
  return py::isinstance<py::list>(value) || py::isinstance<py::tuple>(value) || py::hasattr(value, "dtypes");
}

}  // namespace

void refuse_rounded_integers(const py::object& value, const py::array& array, const std::string& name) {
  const char kind = array.dtype().kind();
  const auto size = static_cast<std::size_t>(array.itemsize());
  if (kind == 'i' && size == sizeof(std::int64_t)) return check_numbers<std::int64_t>(array, name);
  if (kind == 'u' && size == sizeof(std::uint64_t)) return check_numbers<std::uint64_t>(array, name);
  if (kind == 'f' && size > sizeof(double)) check_numbers<long double>(array, name);
  if (kind == 'O') return check_objects(array, name);
  if (kind == 'f' && is_mixed(value)) {
    const py::module_ numpy = py::module_::import("numpy");
    check_objects(numpy.attr("array")(value, py::arg("dtype") = "object"), name);
  }
}

}  // namespace brenier::python
