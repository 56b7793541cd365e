"""A run on the terminal: its bar, its table, and waiting when the mailbox asks for it."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import FrameType

import click
import orjson
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from auramail.cli.foretell import tell_outcome
from auramail.cli.terminal import complain, print_line, say
from auramail.core.costs import MILLION
from auramail.core.errors import NotYetError, SignInNeededError, TryAgainError
from auramail.core.estimates import Estimate
from auramail.core.receipts import Receipt
from auramail.core.runs import Order, Progress, Run, RunState
from auramail.core.wording import Wording
from auramail.flow.desk import Outcome
from auramail.ops.live import look_for_new_mail
from auramail.ops.unexpected import ClosingWhatBreaks
from auramail.ops.work import finish_run, owned
from auramail.storage.runs import SqlRuns
from auramail.web.vocabulary import CATEGORIES, PHASES, REASONS, UNASKED, name_of
from auramail.wiring.house import House

PATIENCE_TRIES = 60
"""Waits in a row after which a run is left for later; each lasts as long as the mailbox asked."""


INTERRUPTED = 130
"""What a shell expects of a command that Ctrl-C ended."""


@dataclass(slots=True)
class WatchedRuns:
    """`ports.Runs` that also moves a bar whenever a run tells how far it is, and cancels the run on Ctrl-C."""

    runs: SqlRuns
    bar: Bar
    task: TaskID
    interrupted: threading.Event
    foretold: int = 0
    """Messages that the run was said to list."""

    def note(self, run_id: int, progress: Progress) -> bool:
        self.bar.update(self.task, total=max(progress.listed, self.foretold, 1), completed=progress.done)
        self.bar.update(self.task, phase=phase_of(progress))
        if self.interrupted.is_set():
            self.runs.cancel(run_id)
        return self.runs.note(run_id, progress)

    def start(self, account_id: int, order: Order) -> Run:
        return self.runs.start(account_id, order)

    def get(self, run_id: int) -> Run:
        return self.runs.get(run_id)

    def live(self, account_id: int) -> Run | None:
        return self.runs.live(account_id)

    def finish(
        self,
        run_id: int,
        state: RunState,
        receipt: Receipt,
        problem: Wording | None = None,
        hint: Wording | None = None,
    ) -> None:
        self.runs.finish(run_id, state, receipt, problem, hint)


def phase_of(progress: Progress) -> str:
    """What the run does at present; of one that waits, why and until when."""
    if progress.why is None or progress.until is None:
        return say(name_of(PHASES, progress.phase))
    until = progress.until.astimezone().strftime("%H:%M:%S")
    return f"{say(progress.why)} {say(Wording.of('It goes on at {time}.', time=until))}"


@contextmanager
def politely_interrupted() -> Iterator[threading.Event]:
    """An event that Ctrl-C sets; a second Ctrl-C interrupts at once, and the next run settles what that left open."""
    asked = threading.Event()

    def ask(number: int, frame: FrameType | None) -> None:
        del number, frame
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)


def sort_new_mail(house: House, account_id: int, is_owner: Callable[[], bool]) -> None:
    """New mail goes first, also while a backlog is sorted here; where it cannot, the next time will do."""
    with suppress(TryAgainError, SignInNeededError):
        look_for_new_mail(house, account_id, is_owner)


@dataclass(slots=True)
class Terminal:
    """Where a run is shown: a bar only on a terminal, and never where a program reads the output."""

    quiet: bool
    console: Console = field(default_factory=lambda: Console(stderr=True))

    def follow(self, house: House, account_id: int, order: Order) -> Outcome:
        """Carry out an order here and now, showing how far it is; Ctrl-C cancels it after the step in hand.

        Raises BusyError while another process works on the account.
        """
        shown = sys.stderr.isatty() and not self.quiet
        columns = (TextColumn("{task.fields[phase]}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with (
            ClosingWhatBreaks(house, account_id),
            owned(house, account_id) as is_owner,
            politely_interrupted() as interrupted,
            Bar(*columns, console=self.console, disable=not shown, transient=True) as bar,
        ):
            run = house.runs.start(account_id, order)
            watched = WatchedRuns(house.runs, bar, bar.add_task("run", total=None, phase=""), interrupted)
            watched.foretold = order.estimate.listed if order.estimate else 0
            tries = 0
            while tries < PATIENCE_TRIES:
                try:
                    return finish_run(house, run, is_owner, watched)
                except NotYetError as error:  # nothing is wrong; the bar says that it waits
                    tries = 0
                    sort_new_mail(house, account_id, is_owner)
                    interrupted.wait(error.after)
                except TryAgainError as error:
                    tries += 1
                    complain(error.problem, Wording.of("Waiting {seconds} s.", seconds=round(error.after)))
                    if interrupted.wait(error.after):
                        break
        raise TryAgainError(Wording.of("The mailbox still asks to wait; run the same command again later."))

    def tell(self, outcome: Outcome, told: Estimate | None = None) -> int:
        """Print the receipt, for a program or for a person, and raise what the person must know; the exit code.

        `told` is what was said beforehand that the run would take.
        """
        receipt = outcome.receipt
        if self.quiet:
            said = {"estimate": told.to_json()} if told else {}
            sys.stdout.buffer.write(orjson.dumps(receipt.to_json() | said) + b"\n")
        elif receipt.listed or outcome.problem is None:
            self.show_receipt(receipt)
            if told:
                tell_outcome(told, receipt)
            if sum(receipt.by_action.values()) and not receipt.dry_run:
                print_line(Wording.of("To take it all back: auramail undo --run {run}", run=receipt.run))
        if outcome.problem is not None:
            raise outcome.problem
        return INTERRUPTED if outcome.state is RunState.CANCELLED else 0

    def show_receipt(self, receipt: Receipt) -> None:
        """The table at the end of a run."""
        for category, count in sorted(receipt.by_category.items(), key=lambda pair: -pair[1]):
            click.echo(f"{count:>7}  {say(name_of(CATEGORIES, category))}")
        print_line(
            Wording.of(
                "{listed} listed = {handled} handled + {skipped} skipped + {failed} failed, in {seconds} s",
                listed=receipt.listed,
                handled=receipt.handled,
                skipped=sum(receipt.skipped.values()),
                failed=sum(receipt.failed.values()),
                seconds=f"{receipt.seconds:.1f}",
            )
        )
        for reason, count in (*receipt.skipped.items(), *receipt.failed.items()):
            click.echo(f"{count:>7}  {say(name_of(REASONS, reason))}")
        tell_model(receipt)
        if receipt.held:
            print_line(Wording.of("Waiting for your yes: {count}", count=receipt.held))


def tell_model(receipt: Receipt) -> None:
    """What a language model had to do with a run, if anything."""
    if receipt.model_calls or receipt.model_answers:
        print_line(
            Wording.of(
                "Language model: answers about {answers} messages in {calls} calls, {tokens} tokens, ${dollars}",
                answers=receipt.model_answers,
                calls=receipt.model_calls,
                tokens=receipt.tokens_sent + receipt.tokens_answered,
                dollars=f"{receipt.model_micros / MILLION:.4f}",
            )
        )
    for asked, count in receipt.unasked.items():
        why = say(name_of(UNASKED, asked))
        print_line(Wording.of("Decided without the language model: {count} ({why})", count=count, why=why))
