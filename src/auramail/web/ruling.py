"""Rules at the web's doors: proposed, saved, turned on and off, and removed, and each change written down."""

from auramail.core.accounts import Account
from auramail.core.errors import NeedsPersonError
from auramail.core.proposals import Proposal
from auramail.core.rule_words import condition_in_words, wish_in_words
from auramail.core.rules import Condition, Rule, Wish, rule_problem
from auramail.core.wording import Wording
from auramail.flow.propose_rule import propose
from auramail.web.house import house
from auramail.web.i18n import say
from auramail.web.signin import reader
from auramail.wiring.rules import rule_desk

LONGEST_SENTENCE = 500
MOST_RULES = 500


def proposed(account: Account, sentence: str) -> Proposal:
    """What a sentence would be as a rule; saves nothing."""
    return propose(sentence, rule_desk(house(), account))


def save(account: Account, condition: Condition, wish: Wish, said: str) -> Rule:
    """Add a rule behind the others; raises NeedsPersonError where there can be no such rule."""
    problem = rule_problem(condition, wish)
    if problem is None and len(house().rules.of_account(account.id)) >= MOST_RULES:
        problem = Wording.of("There are {count} rules already: remove some first.", count=MOST_RULES)
    if problem is not None:
        raise NeedsPersonError(problem)
    rule = house().rules.add(account.id, condition, wish.category, wish.action, label=wish.label, said=said)
    _write("rule_added", account, rule.id)
    return rule


def turn(account: Account, rule_id: int, *, is_on: bool) -> Rule:
    """Have a rule asked, or not; raises NotFoundError."""
    rule = house().rules.turn(account.id, rule_id, is_on=is_on)
    _write("rule_turned_on" if is_on else "rule_turned_off", account, rule_id)
    return rule


def remove(account: Account, rule_id: int) -> None:
    """Take a rule away; what it did stays. Raises NotFoundError."""
    house().rules.remove(account.id, rule_id)
    _write("rule_removed", account, rule_id)


def conditions_said(condition: Condition) -> list[str]:
    """The parts of a condition in the reader's language, alternatives joined by "or"."""
    either = say(Wording("or"))
    return [f" {either} ".join(dict.fromkeys(say(one) for one in part)) for part in condition_in_words(condition)]


def wishes_said(wish: Wish) -> list[str]:
    """What a rule does, in the reader's language."""
    return [say(one) for one in wish_in_words(wish)]


def _write(act: str, account: Account, rule_id: int) -> None:
    house().audit.write(act, reader().user.id, account.id, {"rule": rule_id})
