import pytest

from tests.fakes.discovery import Match, check_request, check_response, find


def method(http_method: str, path: str) -> Match:
    found = find(http_method, path)
    assert found is not None
    return found


MESSAGES = "/gmail/v1/users/me/messages"
GET = method("GET", f"{MESSAGES}/18c2f3a4b5d6e7f8")
LIST = method("GET", MESSAGES)
BATCH_MODIFY = method("POST", f"{MESSAGES}/batchModify")
CREATE_LABEL = method("POST", "/gmail/v1/users/me/labels")
INSERT_EVENT = method("POST", "/calendar/v3/calendars/primary/events")


def test_a_request_line_finds_its_method_and_path_parameters() -> None:
    found = method("GET", "/calendar/v3/calendars/olena%40example.com/events/abcde")

    assert found.method.id == "calendar.events.get"
    assert found.method.name == "events.get"
    assert found.path == {"calendarId": "olena@example.com", "eventId": "abcde"}


def test_a_fixed_path_goes_before_one_with_parameters() -> None:
    assert method("POST", "/gmail/v1/users/me/drafts/send").method.name == "drafts.send"


@pytest.mark.parametrize(
    ("http_method", "path"),
    [("PUT", f"{MESSAGES}/1"), ("GET", "/gmail/v2/users/me/messages"), ("GET", "/gmail/v1/users/me/mesages")],
)
def test_what_is_no_method_of_google_is_not_found(http_method: str, path: str) -> None:
    assert find(http_method, path) is None


def test_correct_requests_pass() -> None:
    label = {"name": "AI_Bills", "labelListVisibility": "labelShow", "messageListVisibility": "show"}

    assert check_request(LIST, {"labelIds": ["INBOX", "UNREAD"], "maxResults": ["500"], "q": ["is:unread"]}, None) == []
    assert check_request(GET, {"format": ["raw"], "fields": ["id,raw"], "prettyPrint": ["false"]}, None) == []
    assert check_request(BATCH_MODIFY, {}, {"ids": ["1"], "addLabelIds": ["Label_1"], "removeLabelIds": []}) == []
    assert check_request(CREATE_LABEL, {}, label) == []


@pytest.mark.parametrize(
    ("match", "query", "body", "problem"),
    [
        (GET, {"format": ["RAWEST"]}, None, "format is not one of"),
        (LIST, {"max_results": ["5"]}, None, "no query parameter max_results"),
        (LIST, {"maxResults": ["many"]}, None, "maxResults is not a whole number"),
        (LIST, {"maxResults": ["-1"]}, None, "maxResults is out of the range of uint32"),
        (LIST, {"includeSpamTrash": ["True"]}, None, "includeSpamTrash is not true or false"),
        (LIST, {"q": ["a", "b"]}, None, "q given 2 times"),
        (LIST, {"userId": ["me"]}, None, "no query parameter userId"),
        (LIST, {}, {"q": "a"}, "takes no body"),
        (BATCH_MODIFY, {}, None, "needs a body of BatchModifyMessagesRequest"),
        (BATCH_MODIFY, {}, ["1"], "needs a body of BatchModifyMessagesRequest"),
        (BATCH_MODIFY, {}, {"ids": "1"}, "BatchModifyMessagesRequest.ids is not a list"),
        (BATCH_MODIFY, {}, {"ids": [1]}, r"BatchModifyMessagesRequest.ids[0] is not text"),
        (BATCH_MODIFY, {}, {"addLabels": []}, "BatchModifyMessagesRequest has no field addLabels"),
        (CREATE_LABEL, {}, {"name": "AI_Bills"}, "Label.labelListVisibility is missing"),
        (INSERT_EVENT, {}, {"start": {"date": "2026-11-20"}}, "Event.end is missing"),
        (INSERT_EVENT, {}, {"start": {"date": "20.11.2026"}, "end": {}}, "Event.start.date is not a date"),
        (INSERT_EVENT, {}, {"start": {"dateTime": "2026-11-20"}, "end": {}}, "Event.start.dateTime has no time of day"),
        (INSERT_EVENT, {}, {"start": {}, "end": {}, "sequence": "1"}, "Event.sequence is not a number"),
        (INSERT_EVENT, {}, {"start": {}, "end": {}, "sequence": True}, "Event.sequence is not a number"),
        (INSERT_EVENT, {}, {"start": {}, "end": {}, "locked": 1}, "Event.locked is not a boolean"),
        (INSERT_EVENT, {"sendUpdates": ["nobody"]}, {"start": {}, "end": {}}, "sendUpdates is not one of"),
    ],
)
def test_wrong_requests_are_named(match: Match, query: dict[str, list[str]], body: object, problem: str) -> None:
    problems = check_request(match, query, body)

    assert len(problems) >= 1
    assert problem in problems[0]


def test_correct_answers_pass() -> None:
    message = {"id": "1", "historyId": "18446744073709551615", "raw": "SGk", "sizeEstimate": 2, "labelIds": ["INBOX"]}

    assert check_response(GET.method, message) == []
    assert check_response(BATCH_MODIFY.method, None) == []


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({"id": "1", "historyId": 5}, "Message.historyId is not text"),
        ({"historyId": "18446744073709551616"}, "Message.historyId is out of the range of uint64"),
        ({"raw": "a+b/"}, "Message.raw is not base64url"),
        ({"sizeEstimate": 1.5}, "Message.sizeEstimate is not a number of kind integer"),
        ({"subject": "Hi"}, "Message has no field subject"),
        ({"payload": {"headers": [{"name": 1}]}}, "Message.payload.headers[0].name is not text"),
        ({"payload": []}, "Message.payload is not an object"),
        (None, "answers without Message"),
    ],
)
def test_wrong_answers_are_named(body: object, problem: str) -> None:
    problems = check_response(GET.method, body)

    assert len(problems) == 1
    assert problem in problems[0]


def test_a_body_where_none_is_defined_is_named() -> None:
    assert check_response(BATCH_MODIFY.method, {}) == ["messages.batchModify: answers with a body, none is defined"]
