"""What the API takes and gives about surveys."""

from pydantic import Field

from auramail.core.groups import Foreseen, Outlook
from auramail.web.api.shapes import Shape


class SurveyIn(Shape):
    account: int


class SurveyChoiceIn(Shape):
    account: int
    on: bool = Field(description="Whether the next runs may file mail unread.")


class ForeseenOut(Shape):
    name: str
    category: str
    query: str = Field(description="In Gmail's search language, as a person can try it.")
    found: int
    subject: str = Field(description="Of a message of it that was read; empty if none was.")
    rule: int | None

    @classmethod
    def of(cls, group: Foreseen) -> "ForeseenOut":
        return cls(
            name=group.name,
            category=group.category,
            query=group.query,
            found=group.found,
            subject=group.subject,
            rule=group.rule_id,
        )


class SurveyOut(Shape):
    account: int
    on: bool
    groups: list[ForeseenOut]
    places: dict[str, int] = Field(description="Old mail by Gmail's category, where no sender is known yet.")
    found: int
    units_saved: int
    seconds_saved: float

    @classmethod
    def of(cls, account_id: int, outlook: Outlook, *, is_on: bool) -> "SurveyOut":
        return cls(
            account=account_id,
            on=is_on,
            groups=[ForeseenOut.of(group) for group in outlook.groups],
            places=dict(outlook.places),
            found=outlook.found,
            units_saved=outlook.units,
            seconds_saved=round(outlook.seconds, 1),
        )
