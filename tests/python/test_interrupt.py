"""Ctrl-C, and other threads, while the library computes."""

import signal
import subprocess
import sys
import threading
import time

import pytest

import brenier
from clouds import gaussian, ring


@pytest.mark.parametrize("call", [
    "brenier.solve(gaussian(200000, 1), ring(200000, 2), order=1)",
    "brenier.emd2([], [], np.random.default_rng(0).random((6000, 6000)))",
])
def test_ctrl_c_ends_a_solve_with_keyboard_interrupt(call):
    program = f"""
import sys
import numpy as np
import brenier
from clouds import gaussian, ring
print("solving", flush=True)
try:
    {call}
except KeyboardInterrupt:
    print("interrupted", flush=True)
    sys.exit(7)
"""
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "solving\n"
    time.sleep(1.0)  # Each call takes much longer than this.
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate(timeout=120)
    assert (output, process.returncode) == ("interrupted\n", 7)


def test_a_handler_s_own_exception_reaches_the_caller():
    class Alarm(Exception):
        pass

    def ring_the_bell(number, frame):
        raise Alarm

    before = signal.signal(signal.SIGALRM, ring_the_bell)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.3)
        with pytest.raises(Alarm):
            brenier.solve(gaussian(200000, 1), ring(200000, 2), order=1)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_other_threads_run_during_a_solve():
    counted = 0
    done = threading.Event()

    def count():
        nonlocal counted
        while not done.is_set():
            counted += 1
            time.sleep(0.001)

    counter = threading.Thread(target=count)
    counter.start()
    try:
        brenier.solve(gaussian(8000, 1), ring(8000, 2), order=1)
    finally:
        done.set()
        counter.join()
    # A solve that kept the interpreter would let the counter run once or twice.
    assert counted > 10


def test_solves_in_several_threads_do_not_disturb_each_other():
    clouds = [(gaussian(500, seed), ring(500, seed)) for seed in range(4)]
    expected = [brenier.wasserstein(x, y, threads=1) for x, y in clouds]
    found = [None] * len(clouds)

    def solve(k):
        found[k] = brenier.wasserstein(*clouds[k], threads=1)

    threads = [threading.Thread(target=solve, args=(k,)) for k in range(len(clouds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == expected
