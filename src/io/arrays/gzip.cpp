#include "io/arrays/gzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <memory>
#include <new>

#include "io/failure.hpp"

namespace brenier::io {
namespace {

constexpr int gzip_wrapper = 16 + MAX_WBITS;  // zlib's way to say "gzip header and trailer, checksum verified"

}  // namespace

bool is_gzip(std::string_view bytes) { return bytes.substr(0, 2) == "\x1f\x8b"; }

std::string unpack_gzip(const std::string& file, std::string_view bytes) {
  z_stream stream{};
  if (inflateInit2(&stream, gzip_wrapper) != Z_OK) throw std::bad_alloc();
  const std::unique_ptr<z_stream, int (*)(z_stream*)> guard(&stream, inflateEnd);

  std::string unpacked;
  std::string chunk(std::size_t{1} << 18, '\0');
  int status = Z_OK;
  while (status == Z_OK) {
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(std::min<std::size_t>(bytes.size(), std::numeric_limits<uInt>::max()));
    stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
    stream.avail_out = static_cast<uInt>(chunk.size());
    const uInt offered = stream.avail_in;
    status = inflate(&stream, Z_NO_FLUSH);  // Z_BUF_ERROR: all input is taken and nothing is left to come out
    bytes.remove_prefix(offered - stream.avail_in);
    unpacked.append(chunk, 0, chunk.size() - stream.avail_out);
    if (status == Z_STREAM_END && is_gzip(bytes)) status = inflateReset(&stream);  // as after `cat a.gz b.gz`
  }
  if (status == Z_BUF_ERROR) {
    fail(file, "", "gzip data that end after " + counted(unpacked.size(), "unpacked byte"), "a complete gzip file");
  }
  if (status != Z_STREAM_END) {
    fail(file, "", "damaged gzip data (" + std::string(stream.msg ? stream.msg : "not valid") + ")", "a gzip file");
  }
  if (!bytes.empty()) {
    fail(file, "", counted(bytes.size(), "byte") + " behind the gzip data", "the end of the file");
  }
  return unpacked;
}

}  // namespace brenier::io
