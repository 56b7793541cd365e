"""The language of a text, by its alphabet and its commonest words."""

import re
from collections import Counter

LONGEST_SAMPLE = 1500
_IDEOGRAPHIC = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LEAST_VOTES = 12
"""Two words only this language has, or more that it shares."""
_WORD = re.compile(r"[^\W\d_]{1,20}")
_UKRAINIAN = re.compile(r"[іїєґІЇЄҐ]")
_RUSSIAN = re.compile(r"[ыэёЫЭЁ]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[a-zA-Z]")

_COMMON = {
    "uk": "та що на не до ви ваш ваша вашу для від за ми це як щоб або вас нас але дякую будь ласка з у про буде якщо",
    "ru": "и что на не до вы ваш ваша вашу для от за мы это как чтобы или вас нас но спасибо пожалуйста с в если о",
    "bg": "и да на не за от се ви ваш с са като или ще по това със моля",
    "en": "the and to of you is in a an i was as do no so by has my me for your we on that it with are this be if",
    "de": "der die und das ist nicht sie wir für mit ihre ihr auf ein eine zu den von im bitte oder wenn haben sich",
    "pl": "i w na nie do się że jest z dla od po jak o za są lub prosimy twoje państwa być oraz przez został",
    "fr": "le la les des et est vous votre pour dans sur avec une un nous pas que qui du au en ce sont",
    "es": "el la los las de y que en su para con por una un no se del es sus este está más",
    "it": "il la le di e che per con una un non del della sono alla dei nel si tuo questo",
    "pt": "o a os as de e que em para com por uma um não do da se seu sua está mais",
}
_LANGUAGES_OF = {
    word: tuple(name for name, words in _COMMON.items() if word in words.split())
    for words in _COMMON.values()
    for word in words.split()
}


def language_of(text: str) -> str:
    """An ISO 639-1 code, or an empty string if the text is too short or in a language not known here."""
    sample = text[:LONGEST_SAMPLE]
    if "://" in sample or "@" in sample or "www." in sample:
        # An address is in no language.
        words = sample.split()
        sample = " ".join([word for word in words if "://" not in word and "@" not in word and "www." not in word])
    if sample.isascii():
        return _by_words(sample, cyrillic=False)
    if len(_IDEOGRAPHIC.findall(sample)) > 10:
        return ""
    cyrillic, latin = len(_CYRILLIC.findall(sample)), len(_LATIN.findall(sample))
    if cyrillic > latin or cyrillic > 40:
        return _cyrillic_language(sample)
    return _by_words(sample, cyrillic=False)


def _cyrillic_language(text: str) -> str:
    """Letters only one of the two has decide; where neither stands, words do."""
    ukrainian, russian = len(_UKRAINIAN.findall(text)), len(_RUSSIAN.findall(text))
    if ukrainian != russian:
        return "uk" if ukrainian > russian else "ru"
    return _by_words(text, cyrillic=True)


def _by_words(text: str, *, cyrillic: bool) -> str:
    votes: Counter[str] = Counter()
    words = Counter(_WORD.findall(text.lower()))
    for word in words.keys() & _LANGUAGES_OF.keys():
        languages = _LANGUAGES_OF[word]
        for language in languages:
            votes[language] += words[word] * (6 // len(languages))
    wanted = {"uk", "ru", "bg"} if cyrillic else set(_COMMON) - {"uk", "ru", "bg"}
    ranked = [(name, count) for name, count in votes.most_common() if name in wanted]
    if not ranked or ranked[0][1] < _LEAST_VOTES or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return ""
    return ranked[0][0]
