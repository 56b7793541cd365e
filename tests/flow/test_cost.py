"""What a whole run costs at Gmail: counted, not timed."""

from tests.house import GmailHome, newsletter, note

MESSAGES = 600
MOST_UNITS = 21.5
MOST_CALLS = 0.06
ACCESS_TOKEN = 1
"""The call that gets one is not Gmail's, and not on the receipt."""


def test_six_hundred_messages_stay_within_the_price_of_reading_them(ana: GmailHome) -> None:
    """20 units a message is Gmail's price of reading; everything else of a run shares the remaining 1.5."""
    for number in range(MESSAGES):
        raw = newsletter(number) if number % 2 else note(number)
        ana.deliver(raw, "INBOX", "UNREAD", *(("STARRED",) if number % 7 == 0 else ()), age=number)
    ana.google.reset_usage()

    receipt = ana.sort().receipt

    assert receipt.handled == MESSAGES
    assert ana.google.usage.units / MESSAGES <= MOST_UNITS
    assert ana.google.usage.http_calls / MESSAGES <= MOST_CALLS
    assert receipt.quota_units == ana.google.usage.units
    assert receipt.http_calls == ana.google.usage.http_calls - ACCESS_TOKEN
