"""What a model was shown: sealed, read back, erased, and nobody else's."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from auramail.core.costs import Cap, ModelDay, Spent, Use
from auramail.core.errors import GiveUpError, NeedsPersonError
from auramail.core.questions import Clip, Finish, Part, Purpose, Tokens
from auramail.core.receipts import Receipt
from auramail.core.runs import Order, RunKind, RunState
from auramail.core.sent import Sent
from auramail.core.wording import Wording
from auramail.ports.world import Vault
from auramail.storage.accounts import SqlAccounts
from auramail.storage.bills import SqlBills
from auramail.storage.engine import Database
from auramail.storage.model_reading import SqlModelReading
from auramail.storage.model_tables import CallRow, DayRow, PartRow
from auramail.storage.runs import SqlRuns
from auramail.storage.sent import open_call
from auramail.storage.vault import AESVault, key_of
from tests.fakes.answering import a_question, an_answer
from tests.fakes.clock import NOON, FakeClock
from tests.storage.builders import an_account

DAY = date(2026, 3, 14)
VAULT = AESVault([("key", bytes(range(32)))])
M1 = Part("m1", "Знижки canary-one", {"iban": 2})
M2 = Part("m2", "Lunch? canary-two")


@dataclass
class Books:
    """Ana's account, and what is written down about it."""

    bills: SqlBills
    reading: SqlModelReading
    database: Database
    account_id: int

    def call(self, *parts: Part, account_id: int | None = None, **question: object) -> int:
        asked = a_question(*parts, account_id=self.account_id if account_id is None else account_id)
        return self.bills.settle(DAY, replace(asked, **question), an_answer(micros=470), 0)  # type: ignore[arg-type]

    def texts(self, message_id: str = "m1") -> list[str | None]:
        return [sent.text for sent in self.reading.sent(self.account_id, message_id)]

    def count(self, table: type[CallRow | PartRow]) -> int:
        with self.database.read() as session:
            return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def books(database: Database, clock: FakeClock) -> Books:
    bills = SqlBills(database, clock, lambda: VAULT, "fake-1")
    return Books(bills, SqlModelReading(database, lambda: VAULT), database, an_account(database, clock).id)


def test_what_left_of_a_message_is_read_back_with_what_it_cost(books: Books) -> None:
    call_id = books.call(M1, M2)

    assert books.reading.sent(books.account_id, "m1") == [
        Sent(
            call_id=call_id,
            at=NOON,
            model="fake-1",
            prompt="judge-1",
            purpose=Purpose.JUDGE,
            rules="Judge the letter.",
            text=M1.text,
            masked=M1.masked,
            tokens=Tokens(900, 80),
            micros=470,
            together=2,
        )
    ]


def test_every_call_about_a_message_is_told_the_newest_first(books: Books) -> None:
    ids = [books.call(replace(M1, text=f"try {number}")) for number in range(3)]

    assert books.texts() == ["try 2", "try 1", "try 0"]
    assert [sent.call_id for sent in books.reading.sent(books.account_id, "m1")] == ids[::-1]


def test_no_account_reads_what_another_sent(books: Books, database: Database, clock: FakeClock) -> None:
    books.call(M1)

    assert books.reading.sent(an_account(database, clock, "/mail/cleo.mbox").id, "m1") == []


def test_the_database_holds_no_text_that_was_sent(books: Books) -> None:
    for _ in range(2):
        books.call(M1, M2)

    with books.database.read() as session:
        sealed = [
            *session.scalars(select(CallRow.sealed)).all(),
            *session.scalars(select(PartRow.sealed)).all(),
        ]
    # Compressed alone, the same text would be the same bytes twice.
    assert len(set(sealed)) == 2 * (1 + 2)
    assert {key_of(each or b"") for each in sealed} == {"key"}


def test_of_speech_only_its_length_and_type_are_kept(books: Books) -> None:
    call_id = books.call(purpose=Purpose.TRANSCRIBE, clip=Clip(b"x" * 2000, "audio/ogg"))

    with books.database.read() as session:
        kept = open_call(lambda: VAULT, session.get_one(CallRow, call_id))

    assert kept is not None
    assert kept["clip"] == {"content_type": "audio/ogg", "bytes": 2000}


class TestTampering:
    def test_a_text_copied_to_another_account_is_refused(
        self, books: Books, database: Database, clock: FakeClock
    ) -> None:
        thief = an_account(database, clock, "/mail/cleo.mbox").id
        books.call(M1)
        books.call(M1, account_id=thief)
        stolen = select(PartRow.sealed).where(PartRow.account_id == books.account_id).scalar_subquery()
        with database.write() as session:
            session.execute(update(PartRow).where(PartRow.account_id == thief).values(sealed=stolen))

        with pytest.raises(GiveUpError):
            books.reading.sent(thief, "m1")

    def test_a_row_given_to_another_account_is_refused(
        self, books: Books, database: Database, clock: FakeClock
    ) -> None:
        thief = an_account(database, clock, "/mail/cleo.mbox").id
        books.call(M1)
        with database.write() as session:
            session.execute(update(PartRow).values(account_id=thief))
            session.execute(update(CallRow).values(account_id=thief))

        with pytest.raises(GiveUpError):
            books.reading.sent(thief, "m1")

    def test_a_text_moved_to_another_message_is_refused(self, books: Books) -> None:
        books.call(M1)
        with books.database.write() as session:
            session.execute(update(PartRow).values(message_id="m9"))

        with pytest.raises(GiveUpError):
            books.texts("m9")

    @pytest.mark.parametrize("table", [CallRow, PartRow])
    def test_a_changed_text_is_refused(self, books: Books, table: type[CallRow | PartRow]) -> None:
        books.call(M1)
        with books.database.write() as session:
            sealed = session.scalars(select(table.sealed)).one()
            assert sealed is not None
            session.execute(update(table).values(sealed=sealed[:-1] + bytes([sealed[-1] ^ 1])))

        with pytest.raises(GiveUpError):
            books.texts()


class TestNobodysCalls:
    def test_a_call_for_nobody_is_counted_and_its_text_not_kept(self, books: Books) -> None:
        call_id = books.call(M1, account_id=0)

        with books.database.read() as session:
            call = session.get_one(CallRow, call_id)
        assert (call.account_id, call.sealed, call.micros) == (None, None, 470)
        assert books.count(PartRow) == 0
        assert books.bills.of_day(DAY).micros == 470

    def test_a_call_whose_account_went_meanwhile_is_nobodys(self, books: Books) -> None:
        call_id = books.call(M1, account_id=books.account_id + 1)

        with books.database.read() as session:
            assert session.get_one(CallRow, call_id).account_id is None
        assert books.count(PartRow) == 0

    def test_where_no_copy_is_to_be_kept_that_it_was_sent_is_told_all_the_same(
        self, books: Books, clock: FakeClock
    ) -> None:
        books.bills = SqlBills(books.database, clock, None, "fake-1")

        books.call(M1)

        [sent] = books.reading.sent(books.account_id, "m1")
        assert (sent.text, sent.rules, sent.masked, sent.micros) == (None, None, M1.masked, 470)


class TestErasing:
    def test_the_purge_erases_old_texts_and_keeps_figures(self, books: Books, clock: FakeClock) -> None:
        books.call(M1)
        clock.advance(days=91)
        books.call(replace(M1, text="new"))

        erased = [books.bills.purge(clock.now() - timedelta(days=90)) for _ in range(2)]

        new, old = books.reading.sent(books.account_id, "m1")
        assert erased == [1, 0]
        assert (new.text, new.rules) == ("new", "Judge the letter.")
        assert (old.text, old.rules, old.masked, old.micros) == (None, None, M1.masked, 470)

    def test_everything_goes_with_the_account_but_the_figures_of_the_day(self, books: Books, clock: FakeClock) -> None:
        books.call(M1, M2)

        SqlAccounts(books.database, clock).remove(books.account_id)

        assert (books.count(CallRow), books.count(PartRow)) == (0, 0)
        assert books.bills.of_day(DAY).micros == 470


def test_without_a_key_nobody_is_asked(database: Database, clock: FakeClock) -> None:
    def no_vault() -> Vault:
        raise NeedsPersonError(Wording("There is no key."))

    bills = SqlBills(database, clock, no_vault, "fake-1")

    with pytest.raises(NeedsPersonError):
        bills.reserve(DAY, Cap(), 10)
    assert bills.of_day(DAY) == Spent()


class TestFigures:
    def test_days_are_told_by_model_the_newest_first(self, books: Books) -> None:
        other = books.bills.of("other-2")
        for bills, day, price in ((books.bills, DAY, 10), (other, DAY, 20), (other, DAY + timedelta(days=1), 30)):
            bills.reserve(day, Cap(), price)

        assert books.reading.days(DAY) == [
            ModelDay(DAY + timedelta(days=1), "other-2", Spent(calls=1, micros=30)),
            ModelDay(DAY, "fake-1", Spent(calls=1, micros=10)),
            ModelDay(DAY, "other-2", Spent(calls=1, micros=20)),
        ]
        assert books.reading.days(DAY + timedelta(days=2)) == []

    def test_the_cap_is_that_of_all_models_together(self, books: Books) -> None:
        cap = Cap(calls=2)
        other = books.bills.of("other-2")

        assert [bills.reserve(DAY, cap, 1) for bills in (books.bills, other, other, books.bills)] == [
            True,
            True,
            False,
            False,
        ]

    def test_runs_and_accounts_are_told_what_their_calls_cost(
        self, books: Books, database: Database, clock: FakeClock
    ) -> None:
        cleo = an_account(database, clock, "/mail/cleo.mbox").id
        books.call(M1, run_id=5)
        books.call(M2, run_id=5)
        books.call(M2, run_id=6)
        books.call(M1, account_id=cleo, run_id=7)
        books.bills.settle(DAY, a_question(run_id=6), an_answer(finish=Finish.CUT, micros=30), 0)

        one = Spent(1, 1, 0, Tokens(900, 80), 470)
        assert books.reading.of_run(5) == one + one
        assert books.reading.of_run(6) == one + Spent(1, 0, 0, Tokens(900, 80), 30)
        assert books.reading.of_run(8) == Spent()
        assert books.reading.of_account(cleo, NOON) == one
        assert books.reading.of_account(books.account_id, NOON + timedelta(seconds=1)) == Spent()

    def test_figures_larger_than_32_bits_are_kept(self, books: Books) -> None:
        many = Tokens(3 * 2**31, 2**31)
        for _ in range(2):
            books.bills.reserve(DAY, Cap(), 2**33)
            books.bills.settle(DAY, a_question(run_id=1), an_answer(tokens=many, micros=2**32), 2**33)

        assert books.bills.of_day(DAY) == books.reading.of_run(1) == Spent(2, 2, 0, many + many, 2**33)

    def test_the_whole_day_is_the_sum_of_its_models(self, books: Books) -> None:
        for number, bills in enumerate((books.bills, books.bills.of("other-2"), books.bills)):
            bills.reserve(DAY, Cap(), 100 + number)
            bills.settle(DAY, a_question(), an_answer(micros=50 + number), 100 + number)
            bills.hit(DAY)
        books.bills.reserve(DAY, Cap(), 9)
        books.bills.release(DAY, 9)

        total = sum((day.spent for day in books.reading.days(DAY)), start=Spent())
        assert books.bills.of_day(DAY) == total == Spent(4, 6, 3, Tokens(2700, 240), 50 + 51 + 52)

    def test_a_refused_call_leaves_no_model_in_the_day(self, books: Books) -> None:
        books.bills.reserve(DAY, Cap(calls=0), 1)

        with books.database.read() as session:
            assert session.get(DayRow, (DAY, "fake-1")) is None


def test_messages_that_a_run_showed_are_named_once_in_the_order_they_were_shown(books: Books) -> None:
    m3 = Part("m3", "three")
    books.call(m3, run_id=7)
    books.call(M2, M1, run_id=7)
    books.call(m3, run_id=7)
    books.call(Part("m4", "four"), run_id=8)

    assert books.reading.shown_in(books.account_id, 7, 10) == ["m3", "m2", "m1"]
    assert books.reading.shown_in(books.account_id, 7, 2) == ["m3", "m2"]
    assert books.reading.shown_in(books.account_id + 1, 7, 10) == []


def test_what_a_model_had_to_do_with_mail_is_counted_from_receipts_of_sorting(
    books: Books, database: Database, clock: FakeClock
) -> None:
    runs = SqlRuns(database, clock)
    told = {RunKind.SORT: (10, 3, 1), RunKind.LIVE: (5, 2, 2), RunKind.UNDO: (9, 0, 0)}
    for kind, (handled, answers, hits) in told.items():
        run = runs.start(books.account_id, Order(kind=kind))
        receipt = Receipt(run.id, handled, handled, model_answers=answers, model_hits=hits, unasked={"unusable": 1})
        runs.finish(run.id, RunState.DONE, receipt)

    use = books.reading.use(books.account_id, NOON)

    assert use == Use(messages=15, answers=5, hits=3, in_vain=2, unasked={"unusable": 2})
    assert (use.asked_share, use.hit_share) == (4 / 15, 3 / 5)
    assert books.reading.use(books.account_id, NOON + timedelta(seconds=1)) == Use()
