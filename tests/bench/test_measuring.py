from bench.measuring import LATENCY, measure, measure_naive
from bench.memory import peak_memory


def test_a_run_is_measured_by_what_google_saw_and_never_below_its_floor() -> None:
    cost = measure(30)

    assert (cost.messages, cost.read, cost.unread_protected) == (30, 30, 0)
    assert cost.units >= cost.floor.units >= 30 * 20
    assert cost.seconds >= cost.floor.seconds(LATENCY) > 0
    assert cost.calls > 3


def test_the_naive_client_asks_twice_a_message_and_waits_for_each_answer() -> None:
    cost = measure_naive(30)

    assert cost.calls == 2 + 2 * 30
    assert cost.units == 5 + 5 + 30 * 25
    assert cost.seconds >= cost.calls * LATENCY


def test_memory_is_that_of_a_worker_alone() -> None:
    assert 50 < peak_memory(30) < 200


def test_survey_of_the_bench_reads_less_and_passes_over_nothing_protected() -> None:
    cost = measure(900, survey=True)

    assert cost.read < 900
    assert cost.unread_protected == 0
