"""The tables in Markdown: the machine, a row a case, the growth of time with n. Made from recorded results alone."""

import math

from cases import SOLVERS, case_named

COLUMNS = ["case", "n", "brenier 1 thread", "2 threads", "LEMON", "LEMON engine", "POT", "POT + costs", "scipy",
           "1 / 2 threads", "LEMON / brenier", "POT / brenier", "POT + costs / brenier", "scipy / brenier",
           "peak MiB", "bytes a point", "pivots", "rounds", "distances differ by"]

LEGEND = """\
Seconds. brenier and its LEMON engine prove their answer within them; those of LEMON, POT (`emd2`) and scipy
(`linear_sum_assignment`) do not count their n·m costs, "+ costs" does. Ratios, peak memory, pivots and rounds are those
of brenier with 2 threads; bytes a point are the peak of the whole process by n, the points a side. The last column is
the largest relative difference between the distances that the solvers found. –: nothing to be had, because the case is
too large for n·m costs, or not of the kind that the solver is for."""

DASH = "–"
LARGE = 65536  # From here on growth is fitted once more: smaller sizes say little about large ones.


class Results:
    """Where they were measured, and what, by case and solver."""

    def __init__(self, head):
        """Raises ValueError when the head lacks something."""
        if not {"date", "machine", "versions", "peers", "program"} <= head.keys():
            raise ValueError("incomplete head")
        self.head = head
        self.records = {}

    def add(self, record):
        """Adds a result, or puts it in place of an earlier one. Raises ValueError when it is none."""
        case_named(record["case"])
        if record["solver"] not in SOLVERS or ("seconds" in record) == ("error" in record):
            raise ValueError("not a result")
        self.records[record["case"], record["solver"]] = record

    def cases(self):
        """In the order in which they were measured."""
        return [case_named(name) for name in dict.fromkeys(name for name, _ in self.records)]

    def value(self, case, solver, key):
        """A measured figure, or None where there is none."""
        return self.records.get((case.name, solver), {}).get(key)

    def why_missing(self, case, solver):
        """What stands in the table where there are no seconds."""
        if not case.suits(solver):
            return DASH
        if solver in self.head["peers"] and self.head["peers"][solver] is None:
            return "absent"
        record = self.records.get((case.name, solver))
        return "not run" if record is None else record["error"]


def figure(value):
    """Three digits that count."""
    if value is None:
        return DASH
    if value == 0 or not 1e-3 <= value < 1e6:
        return f"{value:.2g}"
    return f"{value:.{max(0, 2 - math.floor(math.log10(value)))}f}"


def ratio(numerator, denominator):
    return None if numerator is None or denominator is None else numerator / denominator


def markdown(header, rows):
    rule = ["---"] + ["---:"] * (len(header) - 1)
    return "\n".join("| " + " | ".join(line) + " |" for line in [header, rule] + rows)


def spread(results, case):
    """The largest relative difference between two solvers' distances; None when there are not two."""
    distances = [results.value(case, solver, "distance") for solver in SOLVERS]
    distances = [distance for distance in distances if distance is not None]
    if len(distances) < 2:
        return None
    return (max(distances) - min(distances)) / max(distances) if max(distances) > 0 else 0.0


def case_row(results, case):
    seconds = {solver: results.value(case, solver, "seconds") for solver in SOLVERS}
    cells = {solver: results.why_missing(case, solver) if value is None else figure(value)
             for solver, value in seconds.items()}
    pot_costs = results.value(case, "pot", "cost_seconds")
    pot_in_all = None if pot_costs is None else seconds["pot"] + pot_costs
    brenier = seconds["brenier-2"]
    peak = results.value(case, "brenier-2", "peak_bytes")
    counts = [results.value(case, "brenier-2", key) for key in ("pivots", "rounds")]
    return [case.series, str(case.n), cells["brenier-1"], cells["brenier-2"], cells["lemon"], cells["lemon-engine"],
            cells["pot"], cells["pot"] if pot_in_all is None else figure(pot_in_all), cells["scipy"],
            figure(ratio(seconds["brenier-1"], brenier)), figure(ratio(seconds["lemon"], brenier)),
            figure(ratio(seconds["pot"], brenier)), figure(ratio(pot_in_all, brenier)),
            figure(ratio(seconds["scipy"], brenier)), figure(ratio(peak, 2**20)),
            DASH if peak is None else f"{peak / case.n:.0f}", *[DASH if k is None else str(k) for k in counts],
            figure(spread(results, case))]


def exponent(points):
    """The slope of the least-squares line through (log n, log seconds); None for fewer than two sizes."""
    if len(points) < 2:
        return None
    logs = [(math.log(n), math.log(seconds)) for n, seconds in points]
    mean_n = sum(x for x, _ in logs) / len(logs)
    mean_seconds = sum(y for _, y in logs) / len(logs)
    return (sum((x - mean_n) * (y - mean_seconds) for x, y in logs) / sum((x - mean_n) ** 2 for x, _ in logs))


def growth_rows(results):
    """Exponents a series, one row from the smallest size on and one from LARGE on, where there are two sizes."""
    series = {}
    for case in results.cases():
        series.setdefault(case.series, []).append(case)
    rows = []
    for name, cases in series.items():
        for smallest in (0, LARGE):
            chosen = sorted((case for case in cases if case.n >= smallest), key=lambda case: case.n)
            if len(chosen) < 2 or (smallest > 0 and len(chosen) == len(cases)):
                continue
            cells = []
            for solver in SOLVERS:
                measured = [(case.n, results.value(case, solver, "seconds")) for case in chosen]
                slope = exponent([(n, seconds) for n, seconds in measured if seconds is not None])
                cells.append(DASH if slope is None else f"{slope:.2f}")
            rows.append([name, f"{chosen[0].n} … {chosen[-1].n}", *cells])
    return rows


def head_lines(head):
    versions = ", ".join(f"{name} {value or 'absent'}" for name, value in head["versions"].items())
    return f"{head['date']}, {head['machine']}. {versions}."


def tables(results):
    text = head_lines(results.head) + "\n\n" + markdown(COLUMNS, [case_row(results, c) for c in results.cases()])
    text += "\n\n" + LEGEND + "\n"
    growth = growth_rows(results)
    if growth:
        header = ["case", "n", "brenier 1 thread", "2 threads", "LEMON", "LEMON engine", "POT", "scipy"]
        text += "\nGrowth: time ~ n^e, e by least squares of log seconds on log n.\n\n" + markdown(header, growth) + "\n"
    return text
