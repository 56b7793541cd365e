"""Consult: unsure messages wait for a language model beside a run, never in its way."""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import partial
from typing import Final

from auramail.core.decisions import Asked, Decision, ModelNote
from auramail.core.errors import AuraMailError, GiveUpError, NeedsPersonError, SpentError, TryAgainError
from auramail.core.wording import Wording
from auramail.flow.advice import Adviser, ask_alone, ask_together, note_of
from auramail.flow.classify import Case, goes_alone
from auramail.flow.prompts import judging
from auramail.ports.world import Clock

Decided = tuple[Case, Decision]
Result = tuple[list[Decided], list[Case]]
FEWEST_TOGETHER: Final = 2
MANY: Final = 8
"""Messages that come at once are a backlog too."""
MOST_WAITING: Final = 1000
"""Messages in memory that wait for an answer; who comes then is decided without one, to be asked about later."""


class Consultation:
    """What waits for a model's word in one run.

    Several messages go into one call only in a backlog, or where calls are scarce; what a guard says anything about, or
    whose words may be meant for a model, always goes alone.

    Use it from one thread; the calls are made in threads of its own.
    """

    def __init__(self, adviser: Adviser, clock: Clock, is_backlog: Callable[[], bool] = lambda: False) -> None:
        self._adviser = adviser
        self._clock = clock
        self._is_backlog = is_backlog
        self._alone, self._together = deque[Case](), deque[Case]()
        self._running: dict[Future[Result], tuple[Case, ...]] = {}
        self._rests_until = 0.0
        self._pool = ThreadPoolExecutor(adviser.side_by_side, "model")

    def __len__(self) -> int:
        """How many messages wait for an answer."""
        return len(self._alone) + len(self._together) + sum(len(cases) for cases in self._running.values())

    @property
    def waiting(self) -> frozenset[str]:
        """The ids of the messages that wait."""
        return frozenset(case.message.id for case in self._all())

    def put(self, cases: Iterable[Case]) -> list[Decided]:
        """Have the model asked about these; gives those that it may not be asked about, decided without it."""
        decided = []
        for case in cases:
            refused = self._adviser.refusal(case)
            if refused is None and len(self) >= MOST_WAITING:
                refused = ModelNote(Asked.LATER)
            if refused is not None:
                decided.append((case, self._adviser.without(case, refused)))
            else:
                (self._together if self._adviser.is_sociable and may_travel_together(case) else self._alone).append(
                    case
                )
        self._start(everything=False)
        return decided

    def take(self) -> list[Decided]:
        """What was answered meanwhile; waits for nothing."""
        decided = self._collect([future for future in self._running if future.done()])
        self._start(everything=False)
        return decided

    def close(self) -> list[Decided]:
        """Wait for the answers, as long as the adviser says; what has none by then is decided without, to ask later."""
        until = self._clock.monotonic() + self._adviser.wait
        decided = self.take()
        while len(self):
            left = until - self._clock.monotonic()
            if left > 0:
                self._start(everything=True)
            if self._running:
                done, _ = wait(self._running, timeout=max(0.0, left), return_when=FIRST_COMPLETED)
                decided += self._collect(list(done))
                if not done:
                    break
            elif left <= 0 or not self._sleep_within(left):
                break
        return decided + self._leave(ModelNote(Asked.LATER))

    def drop(self) -> None:
        """Forget all that waits: nobody wants to know any more."""
        self._leave(ModelNote(Asked.LATER))

    def _all(self) -> list[Case]:
        return [*self._alone, *self._together, *(case for cases in self._running.values() for case in cases)]

    def _leave(self, note: ModelNote) -> list[Decided]:
        left = self._all()
        self._alone.clear()
        self._together.clear()
        self._running.clear()
        self._pool.shutdown(wait=False, cancel_futures=True)
        return [(case, self._adviser.without(case, note)) for case in left]

    def _sleep_within(self, left: float) -> bool:
        """Wait until the model may be asked again, if that is soon enough."""
        rest = self._rests_until - self._clock.monotonic()
        if rest > left or self._adviser.sleep is None:
            return False
        self._adviser.sleep(max(0.0, rest))
        return True

    def _start(self, *, everything: bool) -> None:
        """Begin as many calls as may be under way; with `everything` also those that are not full."""
        while len(self._running) < self._adviser.side_by_side and self._clock.monotonic() >= self._rests_until:
            cases = self._next(everything=everything)
            if not cases:
                return
            ask = partial(self._ask_alone, cases[0]) if len(cases) == 1 else partial(self._ask_together, cases)
            self._running[self._pool.submit(ask)] = cases

    def _next(self, *, everything: bool) -> tuple[Case, ...]:
        """Whom to ask about next: a full company first, then who goes alone, then, at the end, a company not full."""
        if len(self._together) >= judging.MOST_TOGETHER:
            return self._company()
        if self._alone:
            return (self._alone.popleft(),)
        if not self._together:
            return ()
        if not (self._is_backlog() or len(self._together) >= MANY or self._is_scarce):
            return (self._together.popleft(),)
        return self._company() if everything else ()

    def _company(self) -> tuple[Case, ...]:
        count = min(judging.MOST_TOGETHER, len(self._together))
        return tuple(self._together.popleft() for _ in range(count))

    @property
    def _is_scarce(self) -> bool:
        """Whether fewer calls can be made now than messages wait."""
        room = self._adviser.room
        return room is not None and len(self._together) >= FEWEST_TOGETHER and room() < len(self)

    def _ask_alone(self, case: Case) -> Result:
        return [(case, ask_alone(case, self._adviser))], []

    def _ask_together(self, cases: Sequence[Case]) -> Result:
        return ask_together(cases, self._adviser)

    def _collect(self, done: Sequence[Future[Result]]) -> list[Decided]:
        """Take what finished calls say; who was not answered about goes alone, or back into line."""
        decided: list[Decided] = []
        for future in done:
            cases = self._running.pop(future)
            error = future.exception()
            if error is None:
                answered, left = future.result()
                decided += answered
                self._alone.extend(left)
            else:
                known = error if isinstance(error, AuraMailError) else self._unforeseen(error)
                decided += self._bear(known, cases)
        return decided

    def _unforeseen(self, error: BaseException) -> AuraMailError:
        """A mistake of ours on the way to the model and back: the run goes on without it, and says so."""
        problem = NeedsPersonError(
            Wording.of("Asking the language model failed in a way nobody foresaw ({kind}).", kind=type(error).__name__),
            Wording.of("Mail is sorted without it. Please report this, with the version of AuraMail."),
        )
        self._adviser.problem = problem
        return problem

    def _bear(self, error: AuraMailError, cases: tuple[Case, ...]) -> list[Decided]:
        """What an error means for those who were asked about: wait, go alone, or be decided without."""
        if isinstance(error, TryAgainError) and not isinstance(error, SpentError):
            self._rests_until = max(self._rests_until, self._clock.monotonic() + error.after)
            (self._alone if len(cases) == 1 else self._together).extendleft(reversed(cases))
            return []
        if isinstance(error, GiveUpError) and len(cases) > 1:
            self._alone.extend(cases)
            return []
        if isinstance(error, SpentError | NeedsPersonError):
            cases += self._waiting()
        return [(case, self._adviser.without(case, note_of(error))) for case in cases]

    def _waiting(self) -> tuple[Case, ...]:
        waiting = (*self._alone, *self._together)
        self._alone.clear()
        self._together.clear()
        return waiting


def may_travel_together(case: Case) -> bool:
    """Whether a message may be asked about in one call with others."""
    return not goes_alone(case.message, case.guarded)
