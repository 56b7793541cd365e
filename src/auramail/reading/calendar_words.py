"""The words Ukrainian and English use for days, months and spans of time."""

MONTHS = {
    **dict.fromkeys(("січня", "січень", "січні", "січ", "january", "jan"), 1),
    **dict.fromkeys(("лютого", "лютий", "лютому", "лют", "february", "feb"), 2),
    **dict.fromkeys(("березня", "березень", "березні", "бер", "march", "mar"), 3),
    **dict.fromkeys(("квітня", "квітень", "квітні", "квіт", "april", "apr"), 4),
    **dict.fromkeys(("травня", "травень", "травні", "трав", "may"), 5),
    **dict.fromkeys(("червня", "червень", "червні", "черв", "june", "jun"), 6),
    **dict.fromkeys(("липня", "липень", "липні", "лип", "july", "jul"), 7),
    **dict.fromkeys(("серпня", "серпень", "серпні", "серп", "august", "aug"), 8),
    **dict.fromkeys(("вересня", "вересень", "вересні", "вер", "september", "sept", "sep"), 9),
    **dict.fromkeys(("жовтня", "жовтень", "жовтні", "жовт", "october", "oct"), 10),
    **dict.fromkeys(("листопада", "листопад", "листопаді", "листоп", "november", "nov"), 11),
    **dict.fromkeys(("грудня", "грудень", "грудні", "груд", "december", "dec"), 12),
}

# After "bis" and "do", Monday first: where no other word of a language is known, its days of the week still are.
ELSEWHERE = (
    ("montag", "poniedziałku"),
    ("dienstag", "wtorku"),
    ("mittwoch", "środy"),
    ("donnerstag", "czwartku"),
    ("freitag", "piątku"),
    ("samstag", "soboty"),
    ("sonntag", "niedzieli"),
)

# Monday is 0. All seven cases, since "до п'ятниці", "у п'ятницю" and "п'ятницею" all name the day.
WEEKDAYS = {
    **dict.fromkeys(("понеділок", "понеділка", "понеділку", "понеділкові", "понеділком", "monday", "mon"), 0),
    **dict.fromkeys(("вівторок", "вівторка", "вівторку", "вівторкові", "вівторком", "tuesday", "tues", "tue"), 1),
    **dict.fromkeys(("середа", "середи", "середі", "середу", "середою", "wednesday", "wed"), 2),
    **dict.fromkeys(("четвер", "четверга", "четвергу", "четвергові", "четвергом", "thursday", "thurs", "thu"), 3),
    **dict.fromkeys(("п'ятниця", "п'ятниці", "п'ятницю", "п'ятницею", "friday", "fri"), 4),
    **dict.fromkeys(("субота", "суботи", "суботі", "суботу", "суботою", "saturday", "sat"), 5),
    **dict.fromkeys(("неділя", "неділі", "неділю", "неділею", "sunday", "sun"), 6),
    **{word: day for day, words in enumerate(ELSEWHERE) for word in words},
}

DAYS_AHEAD = {
    **dict.fromkeys(("сьогодні", "сьодні", "today", "tonight", "eod", "cob"), 0),
    **dict.fromkeys(("завтра", "tomorrow"), 1),
    **dict.fromkeys(("післязавтра", "day after tomorrow"), 2),
}

# Parts of a day that a relative day may be told by: "до завтрашнього ранку".
OF_THE_DAY = {
    **dict.fromkeys(("сьогоднішнього", "сьогоднішній"), 0),
    **dict.fromkeys(("завтрашнього", "завтрашній"), 1),
}

_UNITS_SPELT = "перш друг трет четверт п'ят шост сьом восьм дев'ят"
_TENS_SPELT = (
    "десят одинадцят дванадцят тринадцят чотирнадцят п'ятнадцят шістнадцят сімнадцят вісімнадцят дев'ятнадцят двадцят"
)
_STEMS = [*_UNITS_SPELT.split(), *_TENS_SPELT.split()]
ORDINAL_STEMS = dict(enumerate(_STEMS, 1)) | {30: "тридцят"}
"""Ordinal numbers in words without their ending, 1 to 20 and 30."""
_SPELT = ORDINAL_STEMS | {20 + unit: f"двадцять {_STEMS[unit - 1]}" for unit in range(1, 10)}
_SPELT |= {31: "тридцять перш"}
ORDINALS = {
    f"{stem}{ending}": number
    for number, stem in _SPELT.items()
    for ending in (("ього", "є") if stem.endswith("трет") else ("ого", "е"))
}
"""Days of a month in words: "перше квітня", "до двадцять п'ятого"."""

NUMBERS = {
    **dict.fromkeys(("один", "одного", "одну", "однієї", "a", "an", "one"), 1),
    **dict.fromkeys(("два", "дві", "двох", "two"), 2),
    **dict.fromkeys(("три", "трьох", "three"), 3),
    **dict.fromkeys(("чотири", "чотирьох", "four"), 4),
    **dict.fromkeys(("п'ять", "п'яти", "п'ятьох", "five"), 5),
    **dict.fromkeys(("шість", "шести", "шістьох", "six"), 6),
    **dict.fromkeys(("сім", "семи", "сімох", "seven"), 7),
    **dict.fromkeys(("вісім", "восьми", "eight"), 8),
    **dict.fromkeys(("дев'ять", "дев'яти", "nine"), 9),
    **dict.fromkeys(("десять", "десяти", "десятьох", "ten"), 10),
    **dict.fromkeys(("чотирнадцять", "чотирнадцяти", "fourteen"), 14),
}

# Days in a unit; hours and months are reckoned apart.
UNITS = {
    **dict.fromkeys(("година", "години", "годин", "году", "hour", "hours"), "hour"),
    **dict.fromkeys(("день", "дня", "дні", "днів", "доба", "доби", "добу", "діб", "day", "days"), "day"),
    **dict.fromkeys(("тиждень", "тижня", "тижні", "тижнів", "week", "weeks"), "week"),
    **dict.fromkeys(("місяць", "місяця", "місяці", "місяців", "month", "months"), "month"),
}

PERIODS = {
    **dict.fromkeys(("дня", "доби", "робочого дня", "day", "business day", "business"), "day"),
    **dict.fromkeys(("тижня", "week", "робочого тижня"), "week"),
    **dict.fromkeys(("місяця", "month"), "month"),
    **dict.fromkeys(("кварталу", "quarter"), "quarter"),
    **dict.fromkeys(("року", "year"), "year"),
}


def any_of(words: dict[str, int] | dict[str, str]) -> str:
    """The words as a regular expression, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))
