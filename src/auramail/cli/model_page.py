"""What `auramail model` prints: how the model stands, what it cost, what it was shown."""

import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import click
import orjson

from auramail.cli.terminal import print_line, say
from auramail.core.costs import MILLION, Cap, Spent
from auramail.core.sent import Sent
from auramail.core.wording import Wording, plain
from auramail.ops.model.places import Place
from auramail.ops.model.standing import Costs, Standing, Status

STANDINGS: Final[Mapping[Standing, Wording]] = {
    Standing.NONE: Wording("No language model is set up: everything is decided on this computer."),
    Standing.CLOUD_OFF: Wording("Not asked: every model in the cloud is turned off (CLOUD=off)."),
    Standing.SWITCHED_OFF: Wording("Not asked: you turned the cloud off. To turn it on: auramail model on"),
    Standing.NO_CONSENT: Wording("Not asked: you have not allowed it. To allow it: auramail model allow"),
    Standing.PROBLEM: Wording("It did not answer when it was asked last. The local classifier goes on alone."),
    Standing.CLOSED: Wording(
        "Not asked: its vendor's quota of the day is used up. The local classifier goes on alone."
    ),
    Standing.SPENT: Wording("Not asked: what it may cost today is spent. The local classifier goes on alone."),
    Standing.READY: Wording("It is asked about what is unsure."),
}


def write_json(told: Any) -> None:
    sys.stdout.buffer.write(orjson.dumps(told) + b"\n")


def status_to_json(status: Status) -> dict[str, Any]:
    checked, consent = status.checked, status.terms.consent
    return {
        "provider": status.provider,
        "model": status.model,
        "host": status.host,
        "place": status.place,
        "standing": status.standing,
        "checked": checked.at.isoformat() if checked else None,
        "problem": say(checked.problem) if checked and checked.problem else None,
        "today": spent_to_json(status.today),
        "cap_a_day": cap_to_json(status.cap_a_day),
        "cap_a_run": cap_to_json(status.cap_a_run),
        "closed_until": status.closed_until.isoformat() if status.closed_until else None,
        "cloud_is_on": status.terms.is_on,
        "consent": {"at": consent.at.isoformat(), "tier": consent.tier, "model": consent.model} if consent else None,
        "never": {"senders": sorted(status.terms.senders), "labels": sorted(status.terms.labels)},
    }


def tell_status(status: Status, names: Mapping[str, str]) -> None:
    print_line(STANDINGS[status.standing])
    if status.place is Place.NOWHERE:
        return
    checked, consent = status.checked, status.terms.consent
    lines = [
        ("model", f"{status.model} ({status.provider}{', ' + status.host if status.host else ''})"),
        ("runs", status.place.replace("_", " ")),
        (
            "checked",
            "-" if checked is None else f"{at(checked.at)} {say(checked.problem) if checked.problem else 'ok'}",
        ),
        ("do", say(checked.hint) if checked and checked.hint else ""),
        ("today", f"{used(status.today.calls, status.cap_a_day.calls)} calls, {money_of(status)}"),
        ("closed until", at(status.closed_until) if status.closed_until else ""),
        ("consent", f"{at(consent.at)} {consent.tier}, {consent.model}" if consent else "none"),
        ("cloud", "on" if status.terms.is_on else "off"),
        ("never", ", ".join(sorted(status.terms.senders))),
        ("never label", ", ".join(sorted(names.get(label, label) for label in status.terms.labels))),
    ]
    cloud_only = {"consent", "cloud"}
    for name, told in lines:
        if told and (status.is_cloud or name not in cloud_only):
            click.echo(f"{name:<13} {plain(told)}")


def costs_to_json(costs: Costs) -> dict[str, Any]:
    return {
        "since": costs.since.isoformat(),
        "days": [{"day": one.day.isoformat(), "model": one.model, **spent_to_json(one.spent)} for one in costs.days],
        "together": spent_to_json(costs.whole),
        "own": spent_to_json(costs.own),
        "messages": costs.use.messages,
        "asked_share": costs.use.asked_share,
        "known_share": costs.use.hit_share,
        "unasked": dict(costs.use.unasked),
    }


def tell_costs(costs: Costs) -> None:
    click.echo(f"{'day':<10}  {'calls':>6} {'answers':>8} {'known':>6} {'tokens':>10} {'dollars':>9}  model")
    for one in costs.days:
        click.echo(line(one.day.isoformat(), one.spent) + f"  {plain(one.model)}")
    click.echo(line("together", costs.whole))
    click.echo(line("this one", costs.own))
    if costs.use.asked_share is not None:
        told = {"share": f"{costs.use.asked_share:.1%}", "messages": costs.use.messages}
        print_line(Wording.of("Asked about {share} of {messages} messages sorted here.", **told))
    if costs.use.hit_share is not None:
        known = f"{costs.use.hit_share:.1%}"
        print_line(Wording.of("Of the answers {share} were known from earlier and cost nothing.", share=known))


def sent_to_json(found: Sequence[Sent]) -> list[dict[str, Any]]:
    return [
        {
            "at": one.at.isoformat(),
            "model": one.model,
            "prompt": one.prompt,
            "purpose": one.purpose,
            "text": one.text,
            "rules": one.rules,
            "masked": dict(one.masked),
            "tokens_sent": one.tokens.sent,
            "tokens_answered": one.tokens.answered,
            "dollars": one.micros / MILLION,
            "together": one.together,
        }
        for one in found
    ]


def tell_sent(found: Sequence[Sent]) -> None:
    if not found:
        print_line(Wording("Nothing of this message was shown to a language model."))
    for one in found:
        masked = ", ".join(f"{kind} {count}" for kind, count in one.masked.items())
        click.echo(f"{at(one.at)}  {one.model}  {one.prompt}  messages {one.together}  ${one.micros / MILLION:.6f}")
        click.echo(f"masked: {masked or '-'}")
        if one.text is None:
            print_line(Wording("There is no copy, or no more (MODEL_KEEP_SENT_DAYS)."))
        else:
            click.echo(legible(one.text))


def legible(text: str) -> str:
    """The text as it was sent, without what would make a terminal do something."""
    return "".join(
        character if character.isprintable() or character in "\n\t" else "\N{REPLACEMENT CHARACTER}"
        for character in text
    )


def spent_to_json(spent: Spent) -> dict[str, Any]:
    return {
        "calls": spent.calls,
        "answers": spent.answers,
        "known": spent.hits,
        "tokens_sent": spent.tokens.sent,
        "tokens_answered": spent.tokens.answered,
        "dollars": spent.micros / MILLION,
    }


def cap_to_json(cap: Cap) -> dict[str, Any]:
    return {"calls": cap.calls, "dollars": None if cap.micros is None else cap.micros / MILLION}


def line(name: str, spent: Spent) -> str:
    tokens = spent.tokens.sent + spent.tokens.answered
    return (
        f"{name:<10}  {spent.calls:>6} {spent.answers:>8} {spent.hits:>6} {tokens:>10} {spent.micros / MILLION:>9.4f}"
    )


def used(spent: int, cap: int | None) -> str:
    return f"{spent}" if cap is None else f"{spent} of {cap}"


def money_of(status: Status) -> str:
    cap = status.cap_a_day.micros
    return f"${status.today.micros / MILLION:.4f}" + ("" if cap is None else f" of ${cap / MILLION:.2f}")


def at(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")
