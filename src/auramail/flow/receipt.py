"""Receipt: what a run really did, counted from the journal and not from memory."""

from collections import Counter
from collections.abc import Iterable

from auramail.core.costs import Outlay
from auramail.core.decisions import Asked
from auramail.core.history import Entry, Selection, State
from auramail.core.listings import Tally
from auramail.core.receipts import Receipt
from auramail.core.runs import Run
from auramail.ports.journal import Ledger

NOT_HANDLED = frozenset({State.FAILED, State.SKIPPED})


def write_receipt(run: Run, ledger: Ledger, outlay: Outlay, tally: Tally, seconds: float) -> Receipt:
    """Count a run's entries; `listed` comes from the listing alone, so that the two can disagree if one is wrong.

    `outlay` is that of the whole run, and so are `seconds`, from its start to its end.
    """
    counts = count_entries(ledger.entries(Selection(run.account_id, run_id=run.id)))
    return Receipt(
        run=run.id,
        listed=tally.listed,
        handled=counts.handled,
        skipped=dict(counts.skipped + Counter(tally.skipped)),
        failed=dict(counts.failed),
        by_category=dict(counts.by_category),
        by_action=dict(counts.by_action),
        findings=dict(counts.findings),
        held=counts.held,
        model_calls=outlay.asked.calls,
        model_answers=outlay.asked.answers,
        model_hits=outlay.asked.hits,
        tokens_sent=outlay.asked.tokens.sent,
        tokens_answered=outlay.asked.tokens.answered,
        model_micros=outlay.asked.micros,
        unasked=dict(counts.unasked),
        quota_units=outlay.quota_units,
        http_calls=outlay.http_calls,
        seconds=seconds,
        dry_run=run.order.dry_run,
    )


def outlay_before(run: Run) -> Outlay:
    """What a run had cost when its progress was last noted."""
    return Outlay(run.progress.quota_units, run.progress.http_calls, run.progress.spent)


class Counts:
    """Running sums over entries."""

    def __init__(self) -> None:
        self.handled = self.held = 0
        self.skipped, self.failed = Counter[str](), Counter[str]()
        self.by_category, self.by_action, self.findings = Counter[str](), Counter[str](), Counter[str]()
        self.unasked = Counter[str]()

    def add(self, entry: Entry) -> None:
        if entry.state in NOT_HANDLED:
            (self.failed if entry.state is State.FAILED else self.skipped)[entry.code] += 1
            return
        self.handled += 1
        self.held += entry.state is State.HELD
        self.by_action[entry.action] += 1
        if entry.decision is not None:
            self.by_category[entry.decision.category] += 1
            self.findings.update({finding.guard for finding in entry.decision.findings if finding.weight > 0})
            if entry.decision.model is not None and entry.decision.model.asked is not Asked.ANSWERED:
                self.unasked[entry.decision.model.asked] += 1


def count_entries(entries: Iterable[Entry]) -> Counts:
    counts = Counts()
    for entry in entries:
        counts.add(entry)
    return counts
