#pragma once

#include <gtest/gtest.h>

#include <string>

/// Expects that the statement throws an exception of this type whose message contains the text.
#define EXPECT_MESSAGE(statement, exception, text)                                                     \
  try {                                                                                                \
    static_cast<void>(statement);                                                                      \
    ADD_FAILURE() << #statement << " threw nothing";                                                   \
  } catch (const exception& error) {                                                                   \
    EXPECT_NE(std::string(error.what()).find(text), std::string::npos) << "message: " << error.what(); \
  }
