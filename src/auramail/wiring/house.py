"""The only file that knows every room: settings become a house, and the doors are handed its keys."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

from auramail.core.accounts import Account, SourceKind
from auramail.core.clock import SystemClock
from auramail.core.quota import Bucket, Priority
from auramail.flow.desk import Desk
from auramail.flow.foresee import SurveyDesk
from auramail.ports.journal import Runs
from auramail.ports.mailboxes import Mailbox, Watched
from auramail.ports.world import Clock
from auramail.settings import Settings
from auramail.wiring.advice import Models, advise
from auramail.wiring.google import (
    gmail_options,
    open_client_file,
    open_grant,
    open_push_verifier,
    open_subscription,
    open_wire,
)
from auramail.wiring.judges import open_judges
from auramail.wiring.local import open_local, the_account
from auramail.wiring.surveys import survey_desk, survey_tools

if TYPE_CHECKING:
    from auramail.jobs.cache import AnswerCache
    from auramail.jobs.queue import RQDoorbell
    from auramail.mail.gmail.consent import GoogleSignIn
    from auramail.mail.gmail.http import Wire
    from auramail.mail.gmail.pubsub import PubSub
    from auramail.mail.gmail.push import PushVerifier
    from auramail.storage.answers import SqlAnswers
    from auramail.storage.bills import SqlBills
    from auramail.storage.credentials import SqlCredentials
    from auramail.storage.model_reading import SqlModelReading
    from auramail.storage.vault import AESVault

Sleep = Callable[[float], None]


class House:
    """All rooms, opened for one process or thread; use as a context manager. Rooms are entered when asked for."""

    def __init__(self, settings: Settings, clock: Clock, sleep: Sleep = time.sleep) -> None:  # noqa: TID251  # handed on
        from auramail.storage.accounts import SqlAccounts
        from auramail.storage.audit import SqlAudit
        from auramail.storage.days import SqlLiveDays
        from auramail.storage.engine import Database
        from auramail.storage.groups import SqlGroups
        from auramail.storage.labels import SqlLabels
        from auramail.storage.ledger import SqlLedger
        from auramail.storage.listings import SqlListings
        from auramail.storage.live import SqlLiveStates
        from auramail.storage.local_index import SqlLocalIndex
        from auramail.storage.ownership import account_lock
        from auramail.storage.places import SqlPlaces
        from auramail.storage.preferences import SqlPreferences
        from auramail.storage.reading import SqlReading
        from auramail.storage.rules import SqlRules
        from auramail.storage.runs import SqlRuns
        from auramail.storage.senders import SqlSenders
        from auramail.storage.sessions import SqlSessions
        from auramail.storage.unanswered import SqlUnanswered
        from auramail.storage.users import SqlUsers

        self.settings = settings
        self.clock = clock
        self.sleep = sleep
        self.database = Database(settings.database)
        self.users = SqlUsers(self.database, clock)
        self.accounts = SqlAccounts(self.database, clock)
        self.preferences = SqlPreferences(self.database)
        self.rules = SqlRules(self.database)
        self.labels = SqlLabels(self.database)
        self.ledger = SqlLedger(self.database, clock)
        self.runs = SqlRuns(self.database, clock)
        self.listings = SqlListings(self.database)
        self.unanswered = SqlUnanswered(self.database, clock)
        self.groups = SqlGroups(self.database)
        self.senders = SqlSenders(self.database)
        self.live = SqlLiveStates(self.database, clock)
        self.days = SqlLiveDays(self.database, clock)
        self.places = SqlPlaces(self.database)
        self.reading = SqlReading(self.database)
        self.audit = SqlAudit(self.database, clock)
        self.local_index = SqlLocalIndex(self.database)
        self.lock = account_lock(self.database, settings.auramail_home / "locks")
        self._buckets: dict[int, Bucket] = {}
        self.sessions = SqlSessions(
            self.database,
            clock,
            idle=timedelta(minutes=settings.session_idle_minutes),
            absolute=timedelta(hours=settings.session_hours),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.database.close()
        for name in ("queue", "cache", "models", "_google_sign_in", "_wire"):
            if name in self.__dict__:
                self.__dict__[name].close()

    def open_vault(self) -> "AESVault":
        """What seals secrets for the database; raises NeedsPersonError where its keys cannot be had."""
        return self._vault

    @cached_property
    def _vault(self) -> "AESVault":
        from auramail.storage.vault import open_vault

        return open_vault(self.settings.auramail_keys.get_secret_value(), self.settings.auramail_home / "keys")

    @cached_property
    def credentials(self) -> "SqlCredentials":
        from auramail.storage.credentials import SqlCredentials

        return SqlCredentials(self.database, self.clock, self._vault)

    @cached_property
    def bills(self) -> "SqlBills":
        """The bills of the model of the settings; `of` gives those of another."""
        from auramail.storage.bills import SqlBills

        keep = self.open_vault if self.settings.model_keep_sent_days else None
        return SqlBills(self.database, self.clock, keep, self.settings.model_name)

    @cached_property
    def answers(self) -> "SqlAnswers":
        from auramail.storage.answers import SqlAnswers

        return SqlAnswers(self.database, self.clock)

    @cached_property
    def model_reading(self) -> "SqlModelReading":
        from auramail.storage.model_reading import SqlModelReading

        return SqlModelReading(self.database, self.open_vault)

    @cached_property
    def queue(self) -> "RQDoorbell":
        from auramail.jobs.queue import RQDoorbell

        return RQDoorbell(redis_url(self.settings), self.clock)

    @cached_property
    def cache(self) -> "AnswerCache":
        from auramail.jobs.cache import AnswerCache

        return AnswerCache(self.settings.cache_redis_url or redis_url(self.settings))

    @cached_property
    def models(self) -> Models:
        """The language model of the settings, with cache, bills and limits; opened when first asked."""
        return Models(self)

    def google_sign_in(self) -> "GoogleSignIn":
        """Signing in with Google, by the client file; raises NeedsPersonError saying what is wrong with it."""
        return self._google_sign_in

    @cached_property
    def _google_sign_in(self) -> "GoogleSignIn":
        from auramail.mail.gmail.consent import GoogleAddresses, GoogleSignIn

        told = self.settings
        addresses = GoogleAddresses(
            told.google_revoke_url, told.google_jwks_url, told.google_userinfo_url, told.google_issuers
        )
        return GoogleSignIn(open_client_file(self.settings), addresses, clock=self.clock, sleep=self.sleep)

    @cached_property
    def subscription(self) -> "PubSub | None":
        """Where Gmail's announcements are pulled from, if the settings name it; for one thread."""
        return open_subscription(self.settings, self._wire, self.clock, self.sleep)

    @cached_property
    def push_verifier(self) -> "PushVerifier | None":
        """Who checks pushed announcements, if the settings name audience and sender; may be shared by threads."""
        return open_push_verifier(self.settings, self._wire, self.clock)

    @cached_property
    def _wire(self) -> "Wire":
        return open_wire()

    def open_local(self, spec: str, user_id: int) -> Account:
        """The account of a local source (`sample`, `mbox:PATH`, `maildir:PATH` or a path); opened once, then found."""
        today = self.clock.now().astimezone(ZoneInfo(self.settings.timezone)).date()
        return open_local(self.accounts, self.settings, spec, user_id, today)

    def account_from(self, source: str) -> Account:
        """The account that a person at the command line means; empty: the only one there is."""
        if source and source.partition(":")[0] != SourceKind.GMAIL:
            return self.open_local(source, self.users.local_user().id)
        return the_account(self.accounts.all(), source)

    @contextmanager
    def mailbox(self, account: Account, priority: Priority = Priority.LIVE) -> Iterator[Mailbox]:
        """The account's mailbox, for one thread; raises SignInNeededError where Google's grant is missing."""
        if account.kind is not SourceKind.GMAIL:
            from auramail.mail.local import LocalMailbox
            from auramail.mail.opening import origin_of

            origin = origin_of(account, self.settings.auramail_home / "unpacked")
            yield LocalMailbox(account, self.local_index, origin, self.clock)
            return
        from auramail.mail.gmail.mailbox import open_mailbox

        box = open_mailbox(
            open_grant(self.settings, self.credentials, account.id),
            gmail_options(self.settings, priority),
            zone=account.zone,
            bucket=self.bucket(account),
            clock=self.clock,
            sleep=self.sleep,
        )
        with box:
            yield box

    def desk(self, account: Account, mailbox: Mailbox, is_owner: Callable[[], bool], runs: Runs | None = None) -> Desk:
        """Everything a run on this account works with."""
        rules = tuple(self.rules.of_account(account.id))
        adviser, problem = advise(self, account)
        return Desk(
            account=account,
            mailbox=mailbox,
            ledger=self.ledger,
            runs=runs or self.runs,
            accounts=self.accounts,
            clock=self.clock,
            policy=self.preferences.policy(account.id, self.settings.label_prefix),
            judges=open_judges("local", rules, self.settings.model_ask_below),
            adviser=adviser,
            model_problem=problem,
            is_owner=is_owner,
            remember_labels=lambda labels: self.labels.remember(account.id, labels),
            listings=self.listings,
            unanswered=self.unanswered,
            watched=mailbox if isinstance(mailbox, Watched) else None,
            open_reader=(lambda: self.mailbox(account, Priority.BACKLOG)) if account.is_metered else None,
            pace=self.settings.seconds_a_message if account.is_metered else 0.0,
            survey=survey_tools(self, mailbox) if self.preferences.may_survey(account.id) else None,
        )

    def survey_desk(self, account: Account, mailbox: Mailbox) -> SurveyDesk:
        """What telling what a survey would do takes."""
        return survey_desk(self, account, mailbox)

    def bucket(self, account: Account) -> Bucket:
        """The account's quota: shared through Redis with other workers, or, while there is none, of this process."""
        from auramail.jobs.limits import SharedBucket
        from auramail.mail.gmail.quota import LocalBucket

        if account.id not in self._buckets:
            own = LocalBucket(self.settings.gmail_units_per_minute, self.clock)
            self._buckets.setdefault(account.id, SharedBucket(redis_url(self.settings), account.id, own))
        return self._buckets[account.id]


def open_house(settings: Settings, clock: Clock | None = None, sleep: Sleep = time.sleep) -> House:  # noqa: TID251
    """A house over the settings' database, whose tables must be up to date; a fresh embedded one is made.

    `sleep` waits seconds at most. Raises NeedsPersonError saying `auramail db upgrade` for an older database.
    """
    from auramail.storage import revision

    settings.auramail_home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not settings.database_url and revision.current(settings.database) is None:
        upgrade_database(settings)
    revision.check(settings.database)
    return House(settings, clock or SystemClock(), sleep)


def upgrade_database(settings: Settings) -> None:
    """Bring the database up to date, if it is not; raises NeedsPersonError for one that a newer AuraMail made."""
    from auramail.storage import revision

    settings.auramail_home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if revision.current(settings.database) != revision.head():
        from auramail.storage import schema

        schema.upgrade(settings.database)


def redis_url(settings: Settings) -> str:
    """The Redis in use: REDIS_URL, or the one that `auramail up` embeds."""
    from auramail.jobs.embedded_redis import embedded_url

    return settings.redis_url or embedded_url(settings.auramail_home / "redis")
