"""The worst possible model: whatever it answers, nothing happens that may not, to no mail, in no account."""

import random
from collections import Counter
from collections.abc import Sequence
from itertools import cycle

import pytest

from auramail.core.decisions import Asked, Category, Kind, ModelNote
from auramail.core.questions import Answer, Finish
from auramail.flow.classify import Case, hear
from auramail.flow.plan import plan
from auramail.flow.prompts import judging
from tests.security.model.corpus import read_corpus
from tests.security.model.harness import WISHES, bystanders, canaries_in, case_of, leaks, ruled, sort, violations
from tests.security.model.models import FAMILIES, HostileModel

pytestmark = pytest.mark.xdist_group("attacks")
OUTPUTS = 20_000
COMPANY = 3
NOTE = ModelNote(Asked.ANSWERED, "hostile")


def test_20_000_answers_change_nothing_that_a_model_may_not_change() -> None:
    """Half about one message, half about five together; what is believed goes on to the decision and its plan."""
    draw = random.Random(20)  # noqa: S311 - a seed makes failures come again
    cases = [case for case in bystanders() if case.wishes_model][: COMPANY * 8]
    asked = [_asked(company) for company in zip(*[iter(cases)] * COMPANY, strict=True)]
    believed, seen = Counter[str](), set[tuple[str, judging.Heard]]()
    for number, (family, (company, alone, together)) in enumerate(zip(cycle(FAMILIES), cycle(asked), strict=False)):
        if number == OUTPUTS // 2:
            break
        worst = FAMILIES[family]
        one = judging.read_alone(alone, Answer(worst(draw, [""]), "hostile"))
        heard = judging.read_together(together, Answer(worst(draw, [*together.tagged]), "hostile"))
        told = [(company[0], one)] + [(case, heard.get(case.message.id)) for case in company]
        for case, each in told:
            if each is None:
                continue
            believed[family] += 1
            # The same opinion of the same message comes again and again; what becomes of it need not.
            if (case.message.id, each) not in seen:
                seen.add((case.message.id, each))
                assert _is_in_the_closed_sets(each)
                assert violations(case, plan(case.message, hear(case, each, NOTE), WISHES)) == []
    assert {"delete_all", "raise_all", "hide_all"} <= believed.keys()


def _asked(company: Sequence[Case]) -> tuple[Sequence[Case], judging.Asking, judging.Asking]:
    parts = [judging.part_of(case.message, alone=False) for case in company]
    return company, judging.write_alone(parts[0], seconds=1), judging.write_together(parts, seconds=1)


def _is_in_the_closed_sets(heard: judging.Heard) -> bool:
    opinion = heard.opinion
    return opinion.category in judging.CATEGORIES and isinstance(opinion.kind, Kind) and 0 <= opinion.confidence <= 1


@pytest.mark.parametrize("finish", [each for each in Finish if each is not Finish.DONE])
def test_what_was_cut_blocked_or_empty_is_never_believed(finish: Finish) -> None:
    draw = random.Random(1)  # noqa: S311 - as above
    parts = [judging.part_of(case.message, alone=False) for case in bystanders()[:3]]
    alone, together = judging.write_alone(parts[0], seconds=1), judging.write_together(parts, seconds=1)

    for family in FAMILIES.values():
        assert judging.read_alone(alone, Answer(family(draw, [""]), "hostile", finish)) is None
        assert judging.read_together(together, Answer(family(draw, [*together.tagged]), "hostile", finish)) == {}


@pytest.mark.parametrize("seed", range(3))
def test_runs_of_two_accounts_stay_whole_and_apart(seed: int) -> None:
    attacks = [case_of(attack) for attack in read_corpus()[seed::5]]
    mine = [*bystanders()[::2], *attacks[::2]]
    theirs = [*bystanders()[1::2], *attacks[1::2]]
    first, second = HostileModel(seed), HostileModel(seed + 100)

    steps = sort(mine, first, account_id=1) | sort(theirs, second, account_id=2)

    assert not [
        (case.message.id, found) for case in [*mine, *theirs] for found in violations(case, steps[case.message.id])
    ]
    assert not leaks([*first.questions, *second.questions])
    assert {question.account_id for question in first.questions} == {1}
    assert not set().union(*map(canaries_in, first.questions)) & set().union(*map(canaries_in, second.questions))


@pytest.mark.parametrize("family", ["delete_all", "hide_all", "raise_all"])
def test_the_same_worst_answer_about_all_mail_hides_nothing_that_would_stay(family: str) -> None:
    cases = bystanders()

    steps = sort(cases, HostileModel(1, [family], fails=False))

    assert not [(case.message.id, found) for case in cases for found in violations(case, steps[case.message.id])]
    assert {step.decision.category for step in steps.values()} <= set(Category)


@pytest.mark.parametrize("family", ["delete_all", "hide_all", "raise_all"])
def test_rules_that_go_by_kinds_hide_nothing_for_a_model_and_lose_nothing_by_it(family: str) -> None:
    cases = ruled()

    steps = sort(cases, HostileModel(2, [family], fails=False))

    assert {2} <= {case.decision.rule_id for case in cases}
    assert not [(case.message.id, found) for case in cases for found in violations(case, steps[case.message.id])]


def test_a_naive_sorter_does_what_the_worst_model_says() -> None:
    """The control: the same answers, taken at their word."""
    draw = random.Random(3)  # noqa: S311 - as above
    done = Counter[bool]()
    for number in range(1900):
        text = FAMILIES[list(FAMILIES)[number % len(FAMILIES)]](draw, [""])
        done["DELETE" in text or "zqPayload" in text or "SPAM" in text] += 1

    assert done[True] / done.total() >= 0.3
