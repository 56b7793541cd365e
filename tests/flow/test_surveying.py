"""Mail that a search settles is filed without being read, and nothing that anybody may care about is among it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from auramail.core.actions import Action, Change
from auramail.core.decisions import Category, Judge, Urgency
from auramail.core.findings import Danger
from auramail.core.history import State
from auramail.core.policy import Autonomy, Policy
from auramail.core.queries import MailQuery
from auramail.core.rules import Condition
from auramail.core.runs import Order
from auramail.ops.work import finish_run
from tests.fakes.clock import FakeClock
from tests.flow.surveyed import DAY, PROMOTIONS, SHOP, deliver_issues, know, say_yes, unread
from tests.house import ANA, GmailHome, gmail_home, newsletter, note
from tests.mail.letters import letter

OLD = 30 * DAY


@pytest.fixture
def willing(home: Path, sqlite_url: str, clock: FakeClock) -> Iterator[GmailHome]:
    """Ana, who said yes; without spot checks, which have tests of their own."""
    assert sqlite_url
    with gmail_home(home, clock, survey_spot_checks=0.0) as opened:
        yield say_yes(opened)


@pytest.fixture
def checking(home: Path, sqlite_url: str, clock: FakeClock) -> Iterator[GmailHome]:
    """Ana, who said yes; every third message or so is a spot check."""
    assert sqlite_url
    with gmail_home(home, clock, survey_spot_checks=0.3) as opened:
        yield say_yes(opened)


def test_mail_of_a_sender_known_from_the_journal_is_filed_without_being_read(willing: GmailHome) -> None:
    know(willing)
    issues = deliver_issues(willing)
    willing.google.reset_usage()

    receipt = willing.sort().receipt

    assert unread(willing) == set(issues)
    assert "messages.get" not in willing.google.usage.calls
    assert (receipt.listed, receipt.handled, receipt.by_category) == (12, 12, {"NEWSLETTER": 12})
    assert {willing.names(issue) for issue in issues} == {frozenset({PROMOTIONS, "AI_Newsletters"})}


def test_the_journal_claims_of_it_no_more_than_the_search_proves(willing: GmailHome) -> None:
    know(willing)
    (issue, *_) = deliver_issues(willing)

    willing.sort()

    (entry,) = (entry for entry in willing.entries() if entry.message_id == issue)
    decision = entry.decision
    assert decision is not None
    assert (entry.state, entry.action) == (State.APPLIED, Action.MOVE)
    assert entry.before == {"INBOX"}
    assert (entry.sender, entry.subject, entry.received) == (SHOP, "", None)
    assert (decision.source, decision.urgency, decision.danger) == (Judge.SURVEY, Urgency.LOW, Danger.NONE)
    assert (
        f'in:inbox from:"{SHOP}" category:promotions -is:starred -is:important -has:attachment smaller:1M '
        "older_than:14d" in decision.reason.say()
    )


def test_nothing_is_searched_for_until_the_person_says_yes(ana: GmailHome) -> None:
    know(ana)
    deliver_issues(ana)
    ana.google.reset_usage()

    ana.sort()

    assert unread(ana) == set()
    assert ana.google.usage.calls["messages.list"] == 4  # the inbox, the sent mail, and what is large of each


def attached() -> bytes:
    """A newsletter with a file."""
    part = "--edge\nContent-Type: text/plain\n\nSee the file.\n"
    file = (
        '--edge\nContent-Type: application/pdf\nContent-Disposition: attachment; filename="a.pdf"\n\nAAAA\n--edge--\n'
    )
    kind = 'Content-Type: multipart/mixed; boundary="edge"'
    return letter("Garden", sender=f"Garden <{SHOP}>", to=ANA, headers=("MIME-Version: 1.0", kind), body=part + file)


PROTECTED: dict[str, Callable[[GmailHome], str]] = {
    "starred": lambda home: home.deliver(newsletter(99), "INBOX", PROMOTIONS, "STARRED", age=OLD),
    "important to Gmail": lambda home: home.deliver(newsletter(99), "INBOX", PROMOTIONS, "IMPORTANT", age=OLD),
    "with an attachment": lambda home: home.deliver(attached(), "INBOX", PROMOTIONS, age=OLD),
    "large": lambda home: home.deliver(newsletter(99) + b"\n" + b"garden " * 200_000, "INBOX", PROMOTIONS, age=OLD),
    "young": lambda home: home.deliver(newsletter(99), "INBOX", PROMOTIONS, age=13 * DAY),
    "in a thread the person wrote in": lambda home: answered(home, "SENT"),
    "in a thread the person began to answer": lambda home: answered(home, "DRAFT"),
    "labelled so already": lambda home: home.deliver(newsletter(99), "INBOX", PROMOTIONS, "AI_Newsletters", age=OLD),
    "in another of Gmail's categories": lambda home: home.deliver(newsletter(99), "INBOX", "CATEGORY_UPDATES", age=OLD),
    "of a stranger who calls himself so": lambda home: home.deliver(
        note(99, sender=f'"{SHOP}" <eve@evil.example>'), "INBOX", "CATEGORY_PERSONAL", age=OLD
    ),
}


def answered(home: GmailHome, place: str) -> str:
    issue = home.deliver(newsletter(99), "INBOX", PROMOTIONS, age=OLD)
    reply = letter("Re: Garden", sender=ANA, to="ben@friends.example", headers=("In-Reply-To: <99@garden.example>",))
    home.deliver(reply, place)
    return issue


@pytest.mark.parametrize("why", PROTECTED)
def test_it_is_read_whatever_is_known_of_its_sender_if_it_is(willing: GmailHome, why: str) -> None:
    know(willing)
    issues = deliver_issues(willing)

    protected = PROTECTED[why](willing)
    receipt = willing.sort().receipt

    assert unread(willing) == set(issues)
    assert protected in {entry.message_id for entry in willing.entries()}
    assert receipt.is_whole


@pytest.mark.parametrize("field", ["To", "Cc", "Bcc"])
def test_all_mail_of_a_sender_the_person_ever_wrote_to_is_read(willing: GmailHome, field: str) -> None:
    for number in range(101):  # newer than what is looked at to learn whom the person writes to
        willing.deliver(letter(f"Hi {number}", sender=ANA, to="ben@friends.example"), "SENT", age=number)
    to = f"{field}: {SHOP}"
    willing.deliver(letter("My address", sender=ANA, to="x@y.example", headers=(to,)), "SENT", age=900 * DAY)
    know(willing)
    deliver_issues(willing)

    willing.sort()

    assert unread(willing) == set()


def test_mail_of_the_own_domain_is_read(willing: GmailHome) -> None:
    know(willing, "list@gmail.example")
    for number in range(12):
        raw = newsletter(number).replace(SHOP.encode(), b"list@gmail.example")
        willing.deliver(raw, "INBOX", PROMOTIONS, age=OLD + number)

    willing.sort()

    assert unread(willing) == set()


def test_spam_and_trash_are_never_filed_unread(willing: GmailHome) -> None:
    know(willing)
    issues = deliver_issues(willing)
    for place in ("SPAM", "TRASH"):
        willing.deliver(newsletter(98), place, PROMOTIONS, age=OLD)

    willing.sort()

    assert unread(willing) == set(issues)


def test_only_what_the_run_itself_listed_is_filed(willing: GmailHome) -> None:
    know(willing)
    issues = deliver_issues(willing)

    willing.follow(Order(query=MailQuery(limit=11)))

    assert unread(willing) == set(issues[:11])
    assert "INBOX" in willing.names(issues[11])


def test_a_run_narrowed_by_the_person_stays_within_that(willing: GmailHome) -> None:
    know(willing)
    issues = deliver_issues(willing)

    willing.follow(Order(query=MailQuery(text='subject:"weekly 3" OR from:nobody')))

    assert {one for one in issues if "INBOX" not in willing.names(one)} == {issues[3]}


def test_a_quote_left_open_in_the_own_search_swallows_none_of_the_limits(willing: GmailHome) -> None:
    know(willing)
    starred = willing.deliver(newsletter(99), "INBOX", PROMOTIONS, "STARRED", age=OLD)
    deliver_issues(willing)

    willing.follow(Order(query=MailQuery(text='from:garden "weekly')))

    assert starred not in unread(willing)


@pytest.mark.parametrize(
    "categories",
    [
        (Category.NEWSLETTER, Category.NEWSLETTER),
        (Category.NEWSLETTER, Category.NEWSLETTER, Category.REVIEW),
        (Category.NEWSLETTER, Category.NEWSLETTER, Category.SOCIAL),
        (Category.IMPORTANT,) * 3,
        (Category.NEWSLETTER, Category.NEWSLETTER, Category.NEWSLETTER, Category.DANGER),
    ],
)
def test_a_sender_is_not_learned_from_too_few_or_unlike_messages(
    willing: GmailHome, categories: tuple[Category, ...]
) -> None:
    know(willing, SHOP, *categories)
    deliver_issues(willing)

    willing.sort()

    assert unread(willing) == set()


def test_a_sender_is_demoted_for_good_once_the_person_takes_something_back(willing: GmailHome) -> None:
    know(willing)
    issues = deliver_issues(willing)
    willing.sort()
    willing.undo(message_id=issues[0])
    more = [willing.deliver(newsletter(50 + number), "INBOX", PROMOTIONS, age=OLD) for number in range(12)]

    willing.sort()

    assert unread(willing).isdisjoint(more)


def test_undo_of_what_was_filed_leaves_the_labels_exactly_as_before(willing: GmailHome) -> None:
    know(willing)
    deliver_issues(willing, 6, "UNREAD")
    deliver_issues(willing, 6, "Label_of_my_own")
    before = willing.labels()
    run = willing.sort().receipt.run

    willing.undo(run_id=run)

    assert willing.labels() == before


def test_undo_spares_what_the_person_changed_since(willing: GmailHome) -> None:
    know(willing)
    issues = deliver_issues(willing)
    run = willing.sort().receipt.run
    willing.google.relabel(issues[0], add=["TRASH"])
    willing.google.relabel(issues[1], add=["INBOX", "STARRED"])

    willing.undo(run_id=run)

    assert willing.names(issues[0]) == {PROMOTIONS, "TRASH"}
    assert willing.names(issues[1]) == {PROMOTIONS, "INBOX", "STARRED"}
    assert willing.names(issues[2]) == {PROMOTIONS, "INBOX"}


def test_what_the_person_touches_between_the_search_and_the_change_is_left_alone(willing: GmailHome) -> None:
    know(willing)
    issues = deliver_issues(willing)
    willing.google.before("labels.create", lambda: willing.google.relabel(issues[0], add=["STARRED"]))

    receipt = willing.sort().receipt

    assert willing.names(issues[0]) == {PROMOTIONS, "INBOX", "STARRED"}
    assert receipt.failed == {"changed_meanwhile": 1}


def test_a_dry_run_proposes_the_same_and_touches_nothing(willing: GmailHome) -> None:
    know(willing)
    issues = deliver_issues(willing)
    before = willing.labels()

    receipt = willing.sort(dry_run=True).receipt

    assert unread(willing) == set(issues)
    assert (receipt.held, willing.labels()) == (12, before)


def test_what_was_proposed_unread_can_be_approved(willing: GmailHome) -> None:
    know(willing)
    issues = deliver_issues(willing)
    run = willing.sort(autonomy=Autonomy.SUGGEST).receipt.run
    held = {willing.names(issue) for issue in issues}

    willing.approve(run_id=run)

    assert held == {frozenset({PROMOTIONS, "INBOX"})}
    assert {willing.names(issue) for issue in issues} == {frozenset({PROMOTIONS, "AI_Newsletters"})}


def test_labels_only_leaves_it_in_the_inbox(willing: GmailHome) -> None:
    know(willing)
    issues = deliver_issues(willing)

    willing.sort(autonomy=Autonomy.LABEL_ONLY)

    assert {willing.names(issue) for issue in issues} == {frozenset({PROMOTIONS, "INBOX", "AI_Newsletters"})}


def test_a_category_that_the_person_only_wants_labelled_stays_in_the_inbox(willing: GmailHome) -> None:
    policy = Policy(actions={Category.NEWSLETTER: Action.NO_ACTION})
    willing.house.preferences.save_policy(willing.account.id, policy)
    know(willing)
    issues = deliver_issues(willing)

    willing.sort()

    assert {willing.names(issue) for issue in issues} == {frozenset({PROMOTIONS, "INBOX", "AI_Newsletters"})}


def test_less_sure_than_the_person_demands_it_stays_in_the_inbox(willing: GmailHome) -> None:
    willing.house.preferences.save_policy(willing.account.id, Policy(act_above=0.95))  # the journal is 0.9 sure
    know(willing)
    issues = deliver_issues(willing)

    willing.sort()

    assert all("INBOX" in willing.names(issue) for issue in issues)


def test_a_rule_about_a_sender_is_followed_without_reading(willing: GmailHome) -> None:
    rule = willing.house.rules.add(willing.account.id, Condition(sender=SHOP), Category.DELETE)
    issues = deliver_issues(willing)
    willing.google.reset_usage()

    willing.sort()

    entries = willing.entries()
    assert {entry.decision.rule_id for entry in entries if entry.decision} == {rule.id}
    assert {entry.decision.source for entry in entries if entry.decision} == {Judge.RULE}
    assert "messages.get" not in willing.google.usage.calls
    assert all(willing.names(issue) == {PROMOTIONS, "AI_To delete"} for issue in issues)


@pytest.mark.parametrize("condition", [Condition(domain="garden.example"), Condition(list_id="weekly.garden.example")])
def test_rules_about_a_domain_or_a_list_are_followed_too(willing: GmailHome, condition: Condition) -> None:
    willing.house.rules.add(willing.account.id, condition, Category.NEWSLETTER)
    issues = deliver_issues(willing)

    willing.sort()

    assert unread(willing) == set(issues)


@pytest.mark.parametrize(
    ("condition", "category"),
    [
        (Condition(sender=SHOP), Category.IMPORTANT),
        (Condition(sender=SHOP, subject="weekly"), Category.NEWSLETTER),
        (Condition(sender=SHOP, words="shade"), Category.IMPORTANT),
        (Condition(words="ten plants"), Category.IMPORTANT),
        (Condition(subject="garden"), Category.IMPORTANT),
        (Condition(has_attachment=False), Category.REVIEW),
    ],
)
def test_what_only_reading_can_decide_for_a_rule_is_read(
    willing: GmailHome, condition: Condition, category: Category
) -> None:
    willing.house.rules.add(willing.account.id, condition, category)
    know(willing)
    issues = deliver_issues(willing)

    willing.sort()

    assert unread(willing) == set()
    assert {
        entry.decision.category for entry in willing.entries() if entry.message_id in issues and entry.decision
    } == {category}


def test_an_earlier_rule_that_may_know_better_has_the_mail_read(willing: GmailHome) -> None:
    willing.house.rules.add(willing.account.id, Condition(domain="garden.example", subject="7"), Category.IMPORTANT)
    willing.house.rules.add(willing.account.id, Condition(sender=SHOP), Category.DELETE)
    issues = deliver_issues(willing)

    willing.sort()

    assert unread(willing) == set()
    assert "AI_Important" in willing.names(issues[7])


def test_a_label_renamed_under_way_is_still_the_label(willing: GmailHome) -> None:
    know(willing)
    willing.deliver(note(1), "AI_Newsletters")
    issues = deliver_issues(willing)
    willing.google.before("messages.batchModify", lambda: willing.google.rename_label("AI_Newsletters", "Mine"))

    willing.sort()

    assert {willing.names(issue) for issue in issues} == {frozenset({PROMOTIONS, "Mine"})}


def test_a_label_deleted_under_way_fails_those_messages_and_the_next_run_repairs_it(willing: GmailHome) -> None:
    know(willing)
    issues = deliver_issues(willing)
    willing.google.before("messages.batchModify", lambda: willing.google.delete_label("AI_Newsletters"))

    first = willing.sort().receipt
    second = willing.sort().receipt

    assert (first.failed, second.handled) == ({"refused": 12}, 12)
    assert {willing.names(issue) for issue in issues} == {frozenset({PROMOTIONS, "AI_Newsletters"})}


def test_spot_checks_that_agree_let_the_rest_be_filed(checking: GmailHome) -> None:
    know(checking)
    issues = deliver_issues(checking)
    checking.google.reset_usage()

    receipt = checking.sort().receipt

    read = checking.google.usage.calls["messages.get"]
    assert 3 <= read <= 4  # 0.3 of twelve
    assert len(unread(checking)) == 12 - read
    assert receipt.handled == 12
    assert all("INBOX" not in checking.names(issue) for issue in issues)


def test_a_spot_check_that_differs_has_everything_read_now_and_ever_after(checking: GmailHome) -> None:
    know(checking)
    code = letter("Your code", sender=f"Garden <{SHOP}>", to=ANA, body="Your verification code is 482913.")
    codes = [checking.deliver(code, "INBOX", PROMOTIONS, age=OLD + number) for number in range(12)]

    checking.sort()
    more = deliver_issues(checking)
    checking.sort()

    assert unread(checking) == set()
    assert {entry.message_id for entry in checking.entries()} >= {*codes, *more}


def test_spot_checks_that_vanish_prove_nothing(checking: GmailHome) -> None:
    know(checking)
    issues = deliver_issues(checking)

    def vanish() -> None:
        for one in checks(checking):
            checking.google.delete(one)

    checking.google.before("messages.get", vanish)
    checking.sort()

    assert unread(checking) == set()
    assert len(issues) > len(checks(checking))


def checks(home: GmailHome) -> list[str]:
    """Spot checks of the run at work."""
    run = home.house.runs.live(home.account.id)
    return [one.id for one in home.house.listings.waiting(run.id, 4)] if run else []


def test_what_the_person_stars_while_the_spot_checks_are_read_is_not_filed(checking: GmailHome) -> None:
    know(checking)
    issues = deliver_issues(checking)
    starred: list[str] = []

    def star() -> None:
        starred.append(next(one for one in issues if one not in checks(checking)))
        checking.google.relabel(starred[0], add=["STARRED"])

    checking.google.before("messages.get", star)
    receipt = checking.sort().receipt

    assert starred[0] not in unread(checking)
    assert "INBOX" in checking.names(starred[0])
    assert (receipt.handled, receipt.is_whole) == (12, True)


def test_one_message_that_was_read_speaks_for_others_of_its_list(willing: GmailHome) -> None:
    willing.deliver(newsletter(999))
    for number in range(100):
        willing.deliver(note(number), age=100 + number)
    issues = deliver_issues(willing, 30)
    willing.google.reset_usage()

    receipt = willing.sort().receipt

    assert unread(willing) == set(issues)
    assert willing.google.usage.calls["messages.get"] == 101
    assert (receipt.handled, receipt.is_whole) == (131, True)
    assert receipt.quota_units == willing.google.usage.units


def test_an_exemplar_speaks_for_its_own_list_and_no_other_mail_of_the_sender(willing: GmailHome) -> None:
    willing.deliver(newsletter(999))
    for number in range(100):
        willing.deliver(note(number), age=100 + number)
    deliver_issues(willing, 12)
    invoice = letter("Your order", sender=f"Garden <{SHOP}>", to=ANA, body="Thank you for your order of 12 tulips.")
    orders = [willing.deliver(invoice, "INBOX", PROMOTIONS, age=OLD + 500 + number) for number in range(3)]

    willing.sort()

    assert len(unread(willing)) == 12
    assert unread(willing).isdisjoint(orders)


def test_old_promotions_are_filed_as_one_once_their_spot_checks_agree(checking: GmailHome) -> None:
    shops = [f"news@shop{number}.example".encode() for number in range(20)]
    offers = [
        checking.deliver(newsletter(number).replace(SHOP.encode(), shop), "INBOX", PROMOTIONS, age=400 * DAY + number)
        for number, shop in enumerate(shops)
    ]

    receipt = checking.sort().receipt

    assert len(unread(checking)) == 14  # six of twenty are read
    assert receipt.handled == 20
    assert all("INBOX" not in checking.names(offer) for offer in offers)


def test_old_promotions_are_not_filed_as_one_while_nobody_knows_to_whom_the_person_wrote(checking: GmailHome) -> None:
    for number in range(101):
        checking.deliver(letter(f"Hi {number}", sender=ANA, to="ben@friends.example"), "SENT", age=number)
    for number in range(20):
        raw = newsletter(number).replace(SHOP.encode(), f"news@shop{number}.example".encode())
        checking.deliver(raw, "INBOX", PROMOTIONS, age=400 * DAY + number)

    checking.sort()

    assert unread(checking) == set()


@pytest.mark.parametrize("at", ["open", "close", "record", "spare"])
def test_a_run_killed_at_any_point_goes_on(checking: GmailHome, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    know(checking)
    issues = deliver_issues(checking)
    run = checking.house.runs.start(checking.account.id, Order(query=MailQuery()))
    room = checking.house.ledger if at == "record" else checking.house.groups
    step = getattr(room, at)

    def die(*told: object, **named: object) -> None:
        step(*told, **named)
        raise KeyboardInterrupt

    with checking.house.lock.hold(checking.account.id) as is_owner, monkeypatch.context() as patched:
        patched.setattr(room, at, die)
        with pytest.raises(KeyboardInterrupt):
            finish_run(checking.house, run, is_owner)
    with checking.house.lock.hold(checking.account.id) as is_owner:
        receipt = finish_run(checking.house, run, is_owner).receipt

    assert (receipt.listed, receipt.handled, receipt.is_whole) == (12, 12, True)
    assert {checking.names(issue) for issue in issues} == {frozenset({PROMOTIONS, "AI_Newsletters"})}
    assert len(unread(checking)) >= 8


def test_where_searches_settle_nothing_they_soon_end(willing: GmailHome) -> None:
    shops = [f"news@shop{number}.example" for number in range(60)]
    for shop in shops:
        know(willing, shop)
    for number in range(600):  # all of it is young
        raw = newsletter(number).replace(SHOP.encode(), shops[number % 60].encode())
        willing.deliver(raw, "INBOX", PROMOTIONS, age=number)
    willing.google.reset_usage()

    willing.sort()

    assert willing.google.usage.calls["messages.list"] <= 20 + 20  # of twenty senders; and what every run lists


def test_local_mail_is_always_read(willing: GmailHome) -> None:
    account = willing.house.open_local("sample", willing.house.users.local_user().id)
    willing.house.preferences.save_for_account(account.id, "survey", value=True)

    with willing.house.mailbox(account) as mailbox:
        desk = willing.house.desk(account, mailbox, lambda: True)

    assert desk.survey is None


def test_nothing_is_filed_twice_by_a_second_run(willing: GmailHome) -> None:
    know(willing)
    deliver_issues(willing)
    willing.sort()
    willing.google.reset_usage()

    receipt = willing.sort().receipt

    assert receipt.handled == 0
    assert Change() not in {entry.change for entry in willing.entries()}
    assert willing.google.usage.calls["messages.list"] <= 2
