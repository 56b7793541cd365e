"""Queries: which messages a run is about."""

from dataclasses import dataclass
from datetime import date

from auramail.core.labels import INBOX, SPAM, TRASH

DEFAULT_FOLDERS = (INBOX, SPAM, TRASH)


@dataclass(frozen=True, slots=True)
class MailQuery:
    """Messages of some folders (label ids), narrowed; all narrowings hold together. Newest first.

    `after` is inclusive and `before` exclusive, both days in the account's zone. `text` is in Gmail's search
    language. `limit` counts messages, None means all.
    """

    folders: tuple[str, ...] = DEFAULT_FOLDERS
    text: str = ""
    sender: str = ""
    subject: str = ""
    after: date | None = None
    before: date | None = None
    unread: bool = False
    limit: int | None = None

    def to_json(self) -> dict[str, object]:
        return {
            "folders": list(self.folders),
            "text": self.text,
            "sender": self.sender,
            "subject": self.subject,
            "after": self.after.isoformat() if self.after else None,
            "before": self.before.isoformat() if self.before else None,
            "unread": self.unread,
            "limit": self.limit,
        }

    @classmethod
    def from_json(cls, data: dict[str, object]) -> "MailQuery":
        folders, after, before, limit = (data.get(key) for key in ("folders", "after", "before", "limit"))
        return cls(
            folders=tuple(str(folder) for folder in folders) if isinstance(folders, list) else DEFAULT_FOLDERS,
            text=str(data.get("text") or ""),
            sender=str(data.get("sender") or ""),
            subject=str(data.get("subject") or ""),
            after=date.fromisoformat(after) if isinstance(after, str) else None,
            before=date.fromisoformat(before) if isinstance(before, str) else None,
            unread=data.get("unread") is True,
            limit=limit if isinstance(limit, int) else None,
        )
