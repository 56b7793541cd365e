import pytest

from auramail.core.labels import DRAFT, IMPORTANT, INBOX, SENT, SPAM, STARRED, TRASH, UNREAD
from auramail.mail.headers import read_head
from auramail.mail.labels import folder_name, label_of, takeout_labels


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Inbox", INBOX),
        ("Вхідні", INBOX),
        ("Sent", SENT),
        ("Надіслані", SENT),
        ("Spam", SPAM),
        ("Спам", SPAM),
        ("Trash", TRASH),
        ("Кошик", TRASH),
        ("Drafts", DRAFT),
        ("Чернетки", DRAFT),
        ("Unread", UNREAD),
        ("Непрочитане", UNREAD),
        ("Starred", STARRED),
        ("Із зірочкою", STARRED),
        ("Important", IMPORTANT),
        ("Важливо", IMPORTANT),
        ("Chat", "CHAT"),
        ("Category Promotions", "CATEGORY_PROMOTIONS"),
        ("Category personal", "CATEGORY_PERSONAL"),
        ("Категорія: Соцмережі", "CATEGORY_SOCIAL"),
        ("[Gmail]/Надіслані", SENT),
        ("CATEGORY_UPDATES", "CATEGORY_UPDATES"),
    ],
)
def test_gmails_own_labels_are_known_by_their_names_in_english_and_ukrainian(name: str, label: str) -> None:
    assert label_of(name) == label


@pytest.mark.parametrize("name", ["Opened", "Archived", "Архів", "Відкриті", "", "  "])
def test_what_takeout_says_without_meaning_a_label_is_none(name: str) -> None:
    assert label_of(name) is None


@pytest.mark.parametrize("name", ["Taxes", "Робота/Клієнти", "Category Hobby", "Promotions"])
def test_the_persons_own_labels_keep_their_names(name: str) -> None:
    assert label_of(name) == name


def test_a_name_with_a_comma_stands_in_quotes() -> None:
    assert takeout_labels('Inbox,"Culture, music",Opened') == {INBOX, "Culture, music"}


def test_encoded_and_folded_labels_are_decoded_before_they_are_split() -> None:
    head = read_head(
        b"X-Gmail-Labels: =?UTF-8?B?0JLRhdGW0LTQvdGWLNCd0LXQv9GA0L7Rh9C40YLQsNC90LU=?=\r\n"
        b" =?UTF-8?Q?,=D0=9F=D0=BE=D0=B4=D0=B0=D1=82=D0=BA=D0=B8?=\r\n\r\n"
    )

    assert takeout_labels(head.text("x-gmail-labels")) == {INBOX, UNREAD, "Податки"}


@pytest.mark.parametrize(
    ("encoded", "name"),
    [("Work", "Work"), ("&BCAEPgQxBD4EQgQw-", "Робота"), ("A&-B", "A&B"), ("&!!-", "&!!-"), ("&BC-", "&BC-")],
)
def test_folder_names_on_disk_are_read(encoded: str, name: str) -> None:
    assert folder_name(encoded) == name
