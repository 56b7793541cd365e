"""Forms: what a person typed becomes a value of the house, or a problem beside the field it was typed into."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from werkzeug.datastructures import MultiDict

from auramail.core.actions import Action
from auramail.core.decisions import Category
from auramail.core.digests import HistoryFilter
from auramail.core.history import State
from auramail.core.policy import Autonomy
from auramail.core.queries import MailQuery
from auramail.core.runs import Order
from auramail.core.wording import Wording
from auramail.web.vocabulary import FOLDERS

LONGEST_TEXT = 500
MOST_MESSAGES = 1_000_000

Form = MultiDict[str, str]


@dataclass(frozen=True, slots=True)
class SortForm:
    """The sort dialog as it was filled in, so that it can be shown again."""

    account: str = ""
    folders: tuple[str, ...] = tuple(FOLDERS)
    autonomy: str = ""
    dry_run: bool = False
    again: bool = False
    unread: bool = False
    everything: bool = False
    after: str = ""
    before: str = ""
    sender: str = ""
    subject: str = ""
    text: str = ""
    limit: str = ""

    @classmethod
    def read(cls, form: Form) -> "SortForm":
        texts = {name: form.get(name, "").strip() for name in ("after", "before", "sender", "subject", "text", "limit")}
        return cls(
            account=form.get("account", ""),
            folders=tuple(form.getlist("folder")),
            autonomy=form.get("autonomy", ""),
            dry_run="dry_run" in form,
            again="again" in form,
            unread="unread" in form,
            everything="everything" in form,
            **texts,
        )

    @property
    def is_narrowed(self) -> bool:
        return bool(self.after or self.before or self.sender or self.subject or self.text or self.limit or self.unread)


@dataclass(slots=True)
class Checked:
    """The order a form asks for; `problems` by field say what stands against it."""

    problems: dict[str, Wording] = field(default_factory=dict)

    def order(self, form: SortForm) -> Order:
        query = MailQuery(
            folders=self._folders(form.folders),
            text=self._text("text", form.text),
            sender=self._text("sender", form.sender),
            subject=self._text("subject", form.subject),
            after=self._day("after", form.after),
            before=self._day("before", form.before),
            unread=form.unread,
            limit=self._limit(form.limit),
        )
        if form.everything and form.limit:
            self.problems["limit"] = Wording.of("Leave this empty, or do not ask for everything.")
        if query.after and query.before and query.before <= query.after:
            self.problems["before"] = Wording.of("This day has to be later than the first one.")
        return Order(query=query, dry_run=form.dry_run, again=form.again, autonomy=self._autonomy(form.autonomy))

    def _autonomy(self, chosen: str) -> Autonomy | None:
        """None, which leaves it to the account's policy, where nothing was chosen; the least for an unknown word."""
        if not chosen:
            return None
        return Autonomy(chosen) if chosen in set(Autonomy) else Autonomy.SUGGEST

    def _folders(self, chosen: tuple[str, ...]) -> tuple[str, ...]:
        folders = tuple(folder for folder in FOLDERS if folder in chosen)
        if not folders:
            self.problems["folder"] = Wording.of("Choose at least one folder.")
        return folders

    def _text(self, name: str, value: str) -> str:
        if len(value) > LONGEST_TEXT:
            self.problems[name] = Wording.of("At most {count} characters.", count=LONGEST_TEXT)
        if not value.isprintable():
            self.problems[name] = Wording.of("This holds characters that cannot be searched for.")
        return value

    def _day(self, name: str, value: str) -> date | None:
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self.problems[name] = Wording.of("Write a day such as 2026-11-30.")
            return None

    def _limit(self, value: str) -> int | None:
        if not value:
            return None
        if not value.isdecimal() or not 1 <= int(value) <= MOST_MESSAGES:
            self.problems["limit"] = Wording.of("Write a whole number above zero.")
            return None
        return int(value)


def read_history_filter(wanted: Mapping[str, str], zone: str) -> HistoryFilter:
    """What a history page is narrowed to; a value that means nothing narrows nothing."""

    def choice(name: str, kind: type[Category | Action | State]) -> object:
        value = wanted.get(name, "")
        return kind(value) if value in set(kind) else None

    run = wanted.get("run", "")
    return HistoryFilter(
        text=wanted.get("text", "").strip()[:LONGEST_TEXT],
        sender=wanted.get("sender", "").strip()[:LONGEST_TEXT],
        category=choice("category", Category),  # type: ignore[arg-type]  # mypy cannot tie the kind to the result
        action=choice("action", Action),  # type: ignore[arg-type]  # as above
        state=choice("state", State),  # type: ignore[arg-type]  # as above
        run_id=int(run) if run.isdecimal() and len(run) < 19 else None,
        since=day_or_none(wanted.get("since", "")),
        until=day_or_none(wanted.get("until", "")),
        zone=zone,
    )


def day_or_none(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
