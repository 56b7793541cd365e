"""Rules: proposed from a sentence, listed, saved, turned on and off, and removed."""

from auramail.web import ruling
from auramail.web.api.programs import part
from auramail.web.api.rule_shapes import (
    RuleIn,
    RuleOut,
    RuleProposalOut,
    RulesOfIn,
    RulesOut,
    SentenceIn,
    SwitchIn,
)
from auramail.web.house import house
from auramail.web.signin import reader

api = part("rules", "/api/v1/rules", "Rules")


@api.get("")
@api.input(RulesOfIn, location="query")
@api.output(RulesOut)
def all_of_account(query_data: RulesOfIn) -> RulesOut:
    """The rules of a mailbox, in the order they are asked."""
    account = reader().own(query_data.account)
    return RulesOut(rules=[RuleOut.of(rule) for rule in house().rules.of_account(account.id)])


@api.post("/propose")
@api.input(SentenceIn)
@api.output(RuleProposalOut)
def propose(json_data: SentenceIn) -> RuleProposalOut:
    """What a sentence would be as a rule. Saves nothing."""
    return RuleProposalOut.of(ruling.proposed(reader().own(json_data.account), json_data.sentence))


@api.post("")
@api.input(RuleIn)
@api.output(RuleOut, status_code=201)
def save(json_data: RuleIn) -> RuleOut:
    """Add a rule behind the others. Answers 400 where there can be no such rule."""
    account = reader().own(json_data.account)
    rule = ruling.save(account, json_data.condition.condition(), json_data.wish(), json_data.said)
    return RuleOut.of(rule)


@api.put("/<int:rule_id>/enabled")
@api.input(SwitchIn)
@api.output(RuleOut)
def turn(rule_id: int, json_data: SwitchIn) -> RuleOut:
    """Have a rule asked, or not, keeping its place."""
    return RuleOut.of(ruling.turn(reader().own(json_data.account), rule_id, is_on=json_data.on))


@api.delete("/<int:rule_id>")
@api.input(RulesOfIn, location="query")
@api.output({}, status_code=204)
def remove(rule_id: int, query_data: RulesOfIn) -> str:
    """Remove a rule; what it did stays, and can be undone."""
    ruling.remove(reader().own(query_data.account), rule_id)
    return ""
