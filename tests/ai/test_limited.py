"""A model asked through its limits: when it is asked again, and when waiting is not worth it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auramail.ai.limited import Limited
from auramail.ai.own_limits import OwnLimits
from auramail.core.errors import AuraMailError, GiveUpError, NeedsPersonError, QuotaSpentError, TryAgainError
from auramail.core.pace import Pace
from auramail.core.questions import Answer, Purpose, Question
from auramail.core.wording import Wording
from auramail.ports.models import CallLimits
from tests.fakes.clock import FakeClock

WIDE = Pace(calls_per_minute=1000, side_by_side=1000)
GOOD = Answer("good", "a-model")


def question(seconds: float = 1000.0) -> Question:
    return Question(Purpose.JUDGE, "rules", "content", {}, "v1", "key", seconds=seconds)


def busy(after: float) -> TryAgainError:
    return TryAgainError(Wording.of("busy"), after=after)


def spent(after: float) -> QuotaSpentError:
    return QuotaSpentError(Wording.of("spent"), after=after)


@dataclass
class Scene:
    """A model that says what is in `script`, one after the other, and then always the last of it.

    `asked` are the times it was asked at, `given` the seconds it was given, `slept` every wait.
    """

    script: list[Answer | AuraMailError]
    takes: float = 0.0
    pace: Pace = WIDE
    name: str = "a-model"
    is_cloud: bool = True
    clock: FakeClock = field(default_factory=FakeClock)
    asked: list[float] = field(default_factory=list)
    given: list[float] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.limits = OwnLimits(self.pace, self.clock)

    def ask(self, question: Question) -> Answer:
        self.asked.append(self.clock.monotonic())
        self.given.append(question.seconds)
        self.clock.advance(seconds=self.takes)
        said = self.script[min(len(self.asked), len(self.script)) - 1]
        if isinstance(said, Answer):
            return said
        raise said

    def check(self) -> None:
        raise NeedsPersonError(Wording.of("no such key"))

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.slept.append(seconds)
        self.clock.advance(seconds=seconds)

    def limited(self, attempts: int = 5, jitter: float = 0.0, limits: CallLimits | None = None) -> Limited:
        return Limited(self, limits or self.limits, attempts, self.clock, self.sleep, jitter=lambda: jitter)


def test_an_answer_at_once_waits_for_nothing() -> None:
    scene = Scene([GOOD])
    model = scene.limited()

    assert model.ask(question()) == GOOD
    assert (scene.slept, scene.given) == ([], [1000.0])
    assert (model.name, model.is_cloud) == ("a-model", True)


@pytest.mark.parametrize(
    ("asked", "waits"),
    [
        ([5.0] * 7, [5, 10, 20, 40, 60, 60, 60]),
        ([0.4] * 7, [0.4, 10, 20, 40, 60, 60, 60]),
        ([31.0] * 7, [31, 31, 31, 40, 60, 60, 60]),
        ([1.0, 90.0, 3.0, 90.0, 1.0, 90.0, 7.0], [1, 90, 20, 90, 60, 90, 60]),
    ],
)
def test_the_servers_own_delay_is_kept_and_then_waits_double_up_to_a_minute(
    asked: list[float], waits: list[float]
) -> None:
    scene = Scene([*(busy(after) for after in asked), GOOD])

    assert scene.limited(attempts=8).ask(question()) == GOOD
    assert scene.slept == pytest.approx(waits)


@pytest.mark.parametrize("attempts", [1, 2, 5])
def test_a_model_that_stays_busy_is_asked_so_many_times(attempts: int) -> None:
    scene = Scene([busy(5)])

    with pytest.raises(TryAgainError) as raised:
        scene.limited(attempts).ask(question())

    assert raised.value.after == 5
    assert len(scene.asked) == attempts
    assert len(scene.slept) == attempts - 1


@given(st.floats(0, 1), st.floats(0.1, 100))
def test_jitter_adds_at_most_a_quarter_and_never_comes_before_the_servers_time(jitter: float, after: float) -> None:
    scene = Scene([busy(after), busy(after), GOOD])

    scene.limited(jitter=jitter).ask(question())

    for wait, least in zip(scene.slept, (after, max(10.0, after)), strict=True):
        assert least <= wait <= 1.25 * least


def test_the_jitter_of_the_house_differs_from_time_to_time() -> None:
    scene = Scene([busy(5), GOOD] * 6)
    model = Limited(scene, scene.limits, 5, scene.clock, scene.sleep)

    for _ in range(6):
        model.ask(question())

    assert len(set(scene.slept)) > 1
    assert all(5 <= wait <= 6.25 for wait in scene.slept)


def test_a_wait_that_does_not_fit_into_the_time_left_is_not_begun() -> None:
    scene = Scene([busy(5), busy(5), GOOD], takes=2)

    with pytest.raises(TryAgainError) as raised:
        scene.limited().ask(question(seconds=19))

    assert raised.value.after == 5
    assert scene.slept == [5]  # 2 s asking, 5 waiting and 2 asking leave 10, in which 10 s of waiting leave no answer
    assert scene.clock.monotonic() == 9


def test_a_server_that_wants_more_time_than_there_is_is_not_waited_for() -> None:
    scene = Scene([busy(30), GOOD])

    with pytest.raises(TryAgainError) as raised:
        scene.limited().ask(question(seconds=20))

    assert raised.value.after == 30
    assert scene.slept == []


def test_every_try_is_given_only_the_time_that_is_left() -> None:
    scene = Scene([busy(5), busy(5), GOOD], takes=3)

    scene.limited().ask(question(seconds=40))

    assert scene.given == pytest.approx([40, 32, 19])


def test_a_full_minute_is_waited_for_if_the_time_allows() -> None:
    scene = Scene([GOOD], pace=Pace(2, 2))
    model = scene.limited()

    for _ in range(3):
        model.ask(question(seconds=61))

    assert scene.asked == [0, 0, 60]
    assert scene.slept == [60]
    assert scene.given == pytest.approx([61, 61, 1])


def test_a_full_minute_is_not_waited_for_if_the_time_is_short() -> None:
    scene = Scene([GOOD], pace=Pace(2, 2))
    model = scene.limited()
    model.ask(question())
    model.ask(question())

    with pytest.raises(TryAgainError) as full:
        model.ask(question(seconds=60))

    assert full.value.after == 60
    assert (len(scene.asked), scene.slept) == (2, [])


def test_waiting_for_room_is_no_try() -> None:
    scene = Scene([busy(5), GOOD], pace=Pace(1, 1))

    assert scene.limited(attempts=2).ask(question()) == GOOD
    assert scene.slept == [5, 55]


def test_a_place_that_another_call_holds_is_waited_for_in_glances() -> None:
    scene = Scene([GOOD], pace=Pace(9, 1, glance=0.5))

    with scene.limits.enter(), pytest.raises(TryAgainError):
        scene.limited().ask(question(seconds=2.2))

    assert scene.slept == [0.5] * 4
    assert scene.limited().ask(question(seconds=2.2)) == GOOD


def test_who_waits_to_ask_again_holds_no_place() -> None:
    scene = Scene([busy(5), GOOD], pace=Pace(9, 1))
    rooms = list[int]()
    sleep = scene.sleep

    def look_and_sleep(seconds: float) -> None:
        with scene.limits.enter():
            rooms.append(scene.limits.room())
        sleep(seconds)

    Limited(scene, scene.limits, 5, scene.clock, look_and_sleep).ask(question())

    assert rooms == [7]


def test_a_day_that_is_spent_closes_the_model_and_is_not_tried_again() -> None:
    scene = Scene([spent(after=7 * 3600), GOOD])
    model = scene.limited()

    with pytest.raises(QuotaSpentError) as first:
        model.ask(question(seconds=1e6))
    with pytest.raises(QuotaSpentError) as second:
        model.ask(question())

    assert first.value.after == second.value.after == 7 * 3600
    assert scene.limits.closed_until() == scene.clock.now() + timedelta(hours=7)
    assert (len(scene.asked), scene.slept) == (1, [])
    scene.clock.advance(hours=7)
    assert model.ask(question()) == GOOD


def test_no_server_closes_its_model_for_longer_than_a_day_can_last() -> None:
    scene = Scene([spent(after=1e9)])

    with pytest.raises(QuotaSpentError):
        scene.limited().ask(question())

    assert scene.limits.closed_until() == scene.clock.now() + timedelta(hours=25)


@pytest.mark.parametrize("error", [NeedsPersonError(Wording.of("key")), GiveUpError(Wording.of("refused"))])
def test_what_time_does_not_help_is_not_tried_again(error: AuraMailError) -> None:
    scene = Scene([error, GOOD])

    with pytest.raises(type(error)):
        scene.limited().ask(question())

    assert (len(scene.asked), scene.slept) == (1, [])
    assert scene.limits.room() == 999


def test_without_any_time_nobody_is_asked() -> None:
    scene = Scene([GOOD])

    with pytest.raises(TryAgainError):
        scene.limited().ask(question(seconds=0))

    assert scene.asked == []
    assert scene.limits.room() == 1000


class SlowLimits:
    """Limits whose Redis takes longer to let somebody in than there was time."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock

    def enter(self) -> AbstractContextManager[None]:
        return self._enter()

    @contextmanager
    def _enter(self) -> Iterator[None]:
        self._clock.advance(seconds=3)
        yield

    def room(self) -> int:
        return 1

    def close(self, until: datetime) -> None: ...

    def closed_until(self) -> datetime | None:
        return None


def test_a_model_is_never_given_no_time_at_all() -> None:
    scene = Scene([GOOD])

    scene.limited(limits=SlowLimits(scene.clock)).ask(question(seconds=2))

    assert scene.given == [0.001]


def test_checking_takes_no_call_and_no_place() -> None:
    scene = Scene([GOOD], pace=Pace(1, 1))

    with pytest.raises(NeedsPersonError):
        scene.limited().check()

    assert scene.limits.room() == 1


@given(
    seconds=st.floats(0.1, 120),
    takes=st.floats(0, 20),
    script=st.lists(st.one_of(st.just(GOOD), st.floats(0.01, 100).map(busy)), min_size=1, max_size=8),
    pace=st.builds(Pace, st.integers(1, 3), st.just(1)),
)
def test_waiting_never_goes_beyond_the_time_the_asker_has(
    seconds: float, takes: float, script: list[Answer | AuraMailError], pace: Pace
) -> None:
    """Whatever the server says; only a server that answers late itself comes later, and it was told the time left."""
    scene = Scene(script, takes, pace)
    model = scene.limited(jitter=0.7)
    for _ in range(3):
        ends = scene.clock.monotonic() + seconds
        slept, asked = len(scene.slept), len(scene.asked)
        with suppress(TryAgainError):
            model.ask(question(seconds))
        assert sum(scene.slept[slept:]) < seconds
        assert all(at < ends for at in scene.asked[asked:])
        assert all(given <= seconds + 1e-6 for given in scene.given[asked:])
