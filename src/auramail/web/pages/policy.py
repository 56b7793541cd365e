"""What happens to each category: the person's policy for one account, shown and changed."""

from dataclasses import dataclass, field

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from auramail.core.accounts import Account
from auramail.core.actions import Action
from auramail.core.decisions import Category
from auramail.core.policy import Autonomy, Policy, actions_for, differences, prefix_problem
from auramail.core.wording import Wording
from auramail.web.forms import Form
from auramail.web.house import house
from auramail.web.i18n import say
from auramail.web.render import page
from auramail.web.security import limiter
from auramail.web.signin import Reader, for_readers, reader

pages = Blueprint("policy", __name__)
WHOLE = 100
"""Confidence is asked for in per cent."""


@dataclass(slots=True)
class PolicyForm:
    """The page as it was filled in; `problems` by field say what stands against it."""

    actions: dict[str, str]
    autonomy: str
    act_above: str
    may_trash: bool
    prefix: str
    problems: dict[str, Wording] = field(default_factory=dict)

    @classmethod
    def of(cls, policy: Policy) -> "PolicyForm":
        return cls(
            actions={category.value: policy.action(category).value for category in Category},
            autonomy=policy.autonomy,
            act_above=str(round(policy.act_above * WHOLE)),
            may_trash=policy.may_trash,
            prefix=policy.label_prefix,
        )

    @classmethod
    def read(cls, form: Form) -> "PolicyForm":
        return cls(
            actions={category.value: form.get(f"action_{category}", "") for category in Category},
            autonomy=form.get("autonomy", ""),
            act_above=form.get("act_above", "").strip(),
            may_trash="may_trash" in form,
            prefix=form.get("prefix", "").strip(),
        )

    def policy(self) -> Policy | None:
        """The policy asked for; None once `problems` say what is wrong."""
        if self.autonomy not in set(Autonomy):
            self.problems["autonomy"] = Wording.of("Choose one of these.")
        if not self.act_above.isdecimal() or int(self.act_above[:4]) > WHOLE:
            self.problems["act_above"] = Wording.of("Write a whole number from 0 to 100.")
        if problem := prefix_problem(self.prefix):
            self.problems["prefix"] = problem
        for category in Category:
            self._check_action(category)
        if self.problems:
            return None
        return Policy(
            actions={category: Action(self.actions[category]) for category in Category},
            autonomy=Autonomy(self.autonomy),
            act_above=int(self.act_above) / WHOLE,
            may_trash=self.may_trash,
            label_prefix=self.prefix,
        )

    def _check_action(self, category: Category) -> None:
        chosen = self.actions[category]
        if chosen not in set(actions_for(category)):
            self.problems[f"action_{category}"] = Wording.of("Choose one of these.")
        elif chosen == Action.DELETE and not self.may_trash:
            self.problems[f"action_{category}"] = Wording.of("Allow the trash below first.")


@pages.get("/policy")
@for_readers
def show() -> ResponseReturnValue:
    account = _meant(reader(), request.args.get("account", ""))
    return _page(account, PolicyForm.of(house().preferences.policy(account.id, house().settings.label_prefix)))


@pages.post("/policy")
@for_readers
@limiter.limit("30 per minute")
def change() -> ResponseReturnValue:
    chosen, form = request.form.get("account", ""), PolicyForm.read(request.form)
    account = reader().own(int(chosen) if chosen.isdecimal() else 0)
    wanted = form.policy()
    if wanted is None:
        return _page(account, form, 422)
    before = house().preferences.policy(account.id, house().settings.label_prefix)
    house().preferences.save_policy(account.id, wanted)
    house().audit.write("policy_changed", reader().user.id, account.id, differences(before, wanted))
    flash(say(Wording("Saved. The next run goes by it.")), "good")
    return redirect(url_for("policy.show", account=account.id), 303)


def _meant(me: Reader, chosen: str) -> Account:
    """The account asked for, else the one in view, else the first."""
    if chosen:
        return me.own(int(chosen) if chosen.isdecimal() else 0)
    return me.account or me.accounts[0]


def _page(account: Account, form: PolicyForm, status: int = 200) -> ResponseReturnValue:
    choices = {category.value: [action.value for action in actions_for(category)] for category in Category}
    return page("policy/show.html", status, account=account, form=form, problems=form.problems, choices=choices)
