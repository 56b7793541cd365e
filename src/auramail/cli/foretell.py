"""What a sort will take, on the terminal: one line before it starts, one after it against what it took."""

import sys
from dataclasses import replace

import click
import orjson

from auramail.cli.terminal import complain, print_line, say
from auramail.core.accounts import Account
from auramail.core.errors import TryAgainError
from auramail.core.estimates import Estimate
from auramail.core.receipts import Receipt
from auramail.core.runs import Order
from auramail.core.wording import Wording
from auramail.ops.foresee import foresee
from auramail.wiring.house import House

MANY = 1000
"""Messages above which a person at a terminal is asked before a run starts."""


def tell_estimate(told: Estimate, *, as_json: bool) -> None:
    """Print what a run would take, for a program or for a person."""
    if as_json:
        sys.stdout.buffer.write(orjson.dumps(told.to_json()) + b"\n")
        return
    for wording in told_in_words(told):
        print_line(wording)


def told_in_words(told: Estimate) -> list[Wording]:
    figures = {
        "messages": told.messages,
        "known": told.known,
        "units": told.quota_units,
        "duration": duration(told.seconds),
    }
    exact = Wording.of(
        "Messages to read: {messages} (handled before: {known}); Gmail units: {units}; time: {duration}.",
        **figures,
    )
    at_most = Wording.of(
        "Messages to read, at most: {messages} (handled before: {known}); Gmail units: {units}; time: {duration}.",
        **figures,
    )
    lines = [exact if told.is_exact else at_most]
    if told.model_calls:
        model = {"calls": told.model_calls, "tokens": told.tokens, "money": f"{told.money:.2f}"}
        lines.append(Wording.of("Language model: about {calls} calls, {tokens} tokens, {money} USD.", **model))
    return lines


def foretold(house: House, account: Account, order: Order, *, quiet: bool) -> Order:
    """The order with what it will take, where reading costs, which a person is told.

    Raises NeedsPersonError for an order that cannot be carried out. A mailbox that asks to wait is no reason not to
    start: the run waits too.
    """
    if not account.is_metered:
        return order
    try:
        told = foresee(house, account, order)
    except TryAgainError as error:
        complain(error.problem, Wording.of("What the run will take cannot be said at present."))
        return order
    if not quiet:
        tell_estimate(told, as_json=False)
    return replace(order, estimate=told)


def is_wanted(order: Order, *, yes: bool) -> bool:
    """Whether to start: asked of a person at a terminal, and only about many messages."""
    told = order.estimate
    if yes or told is None or told.messages <= MANY or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return True
    if click.confirm(say(Wording("Start?")), default=False, err=True):
        return True
    print_line(Wording("Nothing was started."))
    return False


def tell_outcome(told: Estimate, receipt: Receipt) -> None:
    """One line that holds what was said against what came of it."""
    print_line(
        Wording.of(
            "Said beforehand: {messages} messages, {units} units, {duration}; it was: {handled}, {spent}, {taken}.",
            messages=told.messages,
            units=told.quota_units,
            duration=duration(told.seconds),
            handled=receipt.fresh,
            spent=receipt.quota_units,
            taken=duration(receipt.seconds),
        )
    )


def duration(seconds: float) -> str:
    """`h:mm:ss`, which reads alike in every language."""
    whole = round(seconds)
    return f"{whole // 3600}:{whole % 3600 // 60:02}:{whole % 60:02}"
