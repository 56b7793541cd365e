"""Rules and proposals as lines of the terminal, and as JSON."""

from dataclasses import fields
from typing import Any

import click

from auramail.cli.terminal import print_line, say
from auramail.core.proposals import Proposal, Reader
from auramail.core.rule_words import condition_in_words, size_in_words, wish_in_words
from auramail.core.rules import Condition, Rule
from auramail.core.wording import Wording, plain


def describe(rule: Rule) -> str:
    """A rule in one line, its parts by the names of the options."""
    when = " & ".join(f"{name}={value}" for name, value in _parts(rule.condition))
    wish = " ".join(part for part in (rule.category or "", f"“{plain(rule.label)}”" if rule.label else "") if part)
    action = f" ({rule.action})" if rule.action else ""
    off = say(Wording("off"))
    said = f"  # {plain(rule.said)}" if rule.said else ""
    return f"{rule.id:>4}  {when}  →  {f'{wish}{action}'.strip()}{'' if rule.enabled else f'  [{off}]'}{said}"


def tell_proposal(proposal: Proposal) -> None:
    """Print what a sentence became: what is looked for, what is done, and what is in doubt."""
    parts = condition_in_words(proposal.condition)
    either = say(Wording("or"))
    print_line(Wording("When all of this holds:"))
    for part in parts:
        click.echo(f"  • {f' {either} '.join(dict.fromkeys(say(one) for one in part))}")
    print_line(Wording("then:"))
    for wish in wish_in_words(proposal.wish):
        click.echo(f"  • {say(wish)}")
    if proposal.matching is not None:
        print_line(Wording.of("Messages of the last 90 days that it fits: {count}", count=proposal.matching))
    if proposal.by is Reader.MODEL:
        print_line(Wording("A language model read this sentence."))
    for note in proposal.notes:
        print_line(note)
    if proposal.ignored:
        print_line(Wording.of("Left out: {words}", words=", ".join(proposal.ignored)))
    if proposal.unsure and proposal.problem is None:
        print_line(Wording("This may not be what you mean; look at it before you save it."))


def to_json(proposal: Proposal) -> dict[str, Any]:
    return {
        "sentence": proposal.sentence,
        "condition": condition_to_json(proposal.condition),
        "category": proposal.wish.category,
        "action": proposal.wish.action,
        "label": proposal.wish.label,
        "heard": [{"words": one.words, "part": one.part} for one in proposal.heard],
        "ignored": list(proposal.ignored),
        "unsure": proposal.unsure,
        "by": proposal.by,
        "problem": say(proposal.problem) if proposal.problem else None,
        "notes": [say(note) for note in proposal.notes],
        "matching": proposal.matching,
    }


def condition_to_json(condition: Condition) -> dict[str, Any]:
    """The parts that are given."""
    found = {part.name: getattr(condition, part.name) for part in fields(condition)}
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in found.items()
        if value not in ("", (), None)
    }


def _parts(condition: Condition) -> list[tuple[str, str]]:
    return [(name, _text(name, value)) for name, value in condition_to_json(condition).items()]


def _text(name: str, value: object) -> str:
    if isinstance(value, list):
        return "|".join(plain(str(one)) for one in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return size_in_words(value) if isinstance(value, int) and name in {"larger", "smaller"} else plain(str(value))
