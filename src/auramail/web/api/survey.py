"""Surveys: what would be filed without being read, and whether the person wants that."""

from auramail.core.groups import Outlook
from auramail.web import unread
from auramail.web.api.programs import part
from auramail.web.api.survey_shapes import SurveyChoiceIn, SurveyIn, SurveyOut
from auramail.web.house import house
from auramail.web.signin import reader

api = part("survey", "/api/v1/survey", "Survey")


@api.get("")
@api.input(SurveyIn, location="query")
@api.output(SurveyOut)
def foreseen(query_data: SurveyIn) -> SurveyOut:
    """What a survey would file unread now. Searches the mailbox, and changes nothing."""
    account = reader().own(query_data.account)
    outlook = unread.outlook(account) if account.is_metered else Outlook()
    return SurveyOut.of(account.id, outlook, is_on=house().preferences.may_survey(account.id))


@api.put("")
@api.input(SurveyChoiceIn)
@api.output({}, status_code=204)
def choose(json_data: SurveyChoiceIn) -> str:
    """Say yes or no to filing mail unread."""
    account = reader().own(json_data.account)
    house().preferences.allow_survey(account.id, wanted=json_data.on)
    house().audit.write("survey_allowed" if json_data.on else "survey_refused", reader().user.id, account.id)
    return ""
