"""A run on the terminal: its bar, its table, and waiting when the mailbox asks for it."""

import sys
import time
from dataclasses import dataclass, field

import click
import orjson
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from auramail.cli.terminal import complain, print_line
from auramail.core.errors import TryAgainError
from auramail.core.receipts import Receipt
from auramail.core.runs import Order, Progress, Run, RunState
from auramail.core.wording import Wording
from auramail.flow.desk import Outcome
from auramail.ops.work import finish_run, owned
from auramail.ports import Runs
from auramail.wiring import House

PATIENCE_TRIES = 60
"""Waits in a row after which a run is left for later; each lasts as long as the mailbox asked."""


@dataclass(slots=True)
class WatchedRuns:
    """`ports.Runs` that also moves a bar whenever a run tells how far it is."""

    runs: Runs
    bar: Bar
    task: TaskID

    def note(self, run_id: int, progress: Progress) -> bool:
        self.bar.update(self.task, total=max(progress.listed, 1), completed=progress.done, phase=progress.phase)
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


@dataclass(slots=True)
class Terminal:
    """Where a run is shown: a bar only on a terminal, and never where a program reads the output."""

    quiet: bool
    console: Console = field(default_factory=lambda: Console(stderr=True))

    def follow(self, house: House, account_id: int, order: Order) -> Outcome:
        """Carry out an order here and now, showing how far it is; Ctrl-C cancels it politely.

        Raises BusyError while another process works on the account.
        """
        shown = sys.stderr.isatty() and not self.quiet
        columns = (TextColumn("{task.fields[phase]}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with (
            owned(house, account_id) as is_owner,
            Bar(*columns, console=self.console, disable=not shown, transient=True) as bar,
        ):
            run = house.runs.start(account_id, order)
            watched = WatchedRuns(house.runs, bar, bar.add_task("run", total=None, phase="listing"))
            for _ in range(PATIENCE_TRIES):
                try:
                    return finish_run(house, run, is_owner, watched)
                except TryAgainError as error:
                    complain(error.problem, Wording.of("Waiting {seconds} s.", seconds=round(error.after)))
                    time.sleep(error.after)  # noqa: TID251  # a person watches; there is no queue to wait in
                except KeyboardInterrupt:
                    house.runs.cancel(run.id)
        raise TryAgainError(Wording.of("The mailbox still asks to wait; run the same command again later."))

    def tell(self, outcome: Outcome) -> None:
        """Print the receipt, for a program or for a person, and raise what the person must know."""
        receipt = outcome.receipt
        if self.quiet:
            sys.stdout.buffer.write(orjson.dumps(receipt.to_json()) + b"\n")
        elif receipt.listed or outcome.problem is None:
            self.show_receipt(receipt)
            if sum(receipt.by_action.values()) and not receipt.dry_run:
                print_line(Wording.of("To take it all back: auramail undo --run {run}", run=receipt.run))
        if outcome.problem is not None:
            raise outcome.problem

    def show_receipt(self, receipt: Receipt) -> None:
        """The table at the end of a run."""
        for category, count in sorted(receipt.by_category.items(), key=lambda pair: -pair[1]):
            click.echo(f"{count:>7}  {category}")
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
            click.echo(f"{count:>7}  {reason}")
        if receipt.held:
            print_line(Wording.of("Waiting for your yes: {count}", count=receipt.held))
