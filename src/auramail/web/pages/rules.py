"""The person's rules: listed, made from a sentence that is shown as a rule first, turned off, and removed."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from auramail.core.accounts import Account
from auramail.core.proposals import Proposal
from auramail.core.wording import Wording
from auramail.web import ruling
from auramail.web.api.rule_shapes import RuleShape
from auramail.web.house import house
from auramail.web.i18n import say
from auramail.web.render import page
from auramail.web.security import limiter
from auramail.web.signin import Reader, for_readers, reader

pages = Blueprint("rules", __name__)


@pages.get("/rules")
@for_readers
def show() -> ResponseReturnValue:
    return _page(_meant(reader(), request.args.get("account", "")))


@pages.post("/rules/propose")
@for_readers
@limiter.limit("30 per minute")
def propose() -> ResponseReturnValue:
    account = _own()
    sentence = " ".join(request.form.get("sentence", "").split())[: ruling.LONGEST_SENTENCE]
    if not sentence:
        return _page(account, problem=Wording.of("Say in a sentence which mail is meant and what is to happen to it."))
    return _page(account, sentence, ruling.proposed(account, sentence))


@pages.post("/rules")
@for_readers
@limiter.limit("60 per minute")
def save() -> ResponseReturnValue:
    account = _own()
    try:
        shape = RuleShape.model_validate_json(request.form.get("rule", ""))
    except ValidationError:
        abort(400)
    said = request.form.get("sentence", "")[: ruling.LONGEST_SENTENCE]
    ruling.save(account, shape.condition.condition(), shape.wish(), said)
    flash(say(Wording("Saved. The next run goes by it.")), "good")
    return redirect(url_for("rules.show", account=account.id), 303)


@pages.post("/rules/<int:rule_id>/turn")
@for_readers
@limiter.limit("60 per minute")
def turn(rule_id: int) -> ResponseReturnValue:
    account, is_on = _own(), request.form.get("on") == "1"
    ruling.turn(account, rule_id, is_on=is_on)
    flash(say(Wording("The rule is on.") if is_on else Wording("The rule is off.")), "good")
    return redirect(url_for("rules.show", account=account.id), 303)


@pages.post("/rules/<int:rule_id>/remove")
@for_readers
@limiter.limit("60 per minute")
def remove(rule_id: int) -> ResponseReturnValue:
    account = _own()
    ruling.remove(account, rule_id)
    flash(say(Wording("The rule is gone; what it did stays.")), "good")
    return redirect(url_for("rules.show", account=account.id), 303)


def _own() -> Account:
    chosen = request.form.get("account", "")
    return reader().own(int(chosen) if chosen.isdecimal() else 0)


def _meant(me: Reader, chosen: str) -> Account:
    """The account asked for, else the one in view, else the first."""
    if chosen:
        return me.own(int(chosen) if chosen.isdecimal() else 0)
    return me.account or me.accounts[0]


def _page(
    account: Account, sentence: str = "", proposal: Proposal | None = None, problem: Wording | None = None
) -> ResponseReturnValue:
    return page(
        "rules/show.html",
        422 if problem else 200,
        account=account,
        rules=house().rules.of_account(account.id),
        sentence=sentence,
        proposal=proposal,
        problem=problem,
        shape=RuleShape.of_proposal(proposal).model_dump_json() if proposal else "",
        when=ruling.conditions_said,
        then=ruling.wishes_said,
        longest=ruling.LONGEST_SENTENCE,
    )
