#include "options/command_set.hpp"

int main(int argc, char** argv) {
  const brenier::cli::CommandSet set = {
      "brenier",
      "exact discrete optimal transport with a proof",
      brenier::cli::commands(),
      "  brenier sample ring --n 512 --seed 1 --out ring.csv\n"
      "  brenier sample gaussian --n 512 --seed 2 --out gaussian.csv\n"
      "  brenier solve gaussian.csv ring.csv --order 2 --plan plan.csv\n",
  };
  return brenier::cli::run_program(set, {argv + 1, argv + argc});
}
