# README.md shows these files word for word: what a reader copies is what the tests build.
# usage: cmake -DROOT=folder -P readme.cmake

file(READ ${ROOT}/README.md readme)

function(expect_shown language file)
  file(READ ${ROOT}/${file} text)
  string(FIND "${readme}" "```${language}\n${text}```\n" place)
  if(place EQUAL -1)
    message(SEND_ERROR "README.md does not show ${file} as it is")
  endif()
endfunction()

expect_shown(cpp tests/package/consumer.cpp)
expect_shown(cmake tests/package/find_package/CMakeLists.txt)
