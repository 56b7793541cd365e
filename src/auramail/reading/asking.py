"""Asking: what the words of a message ask of its reader, sentence by sentence, in Ukrainian and English."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from auramail.reading.speech import LETTERS, QUESTION, Speech, grammar, speech_of

Sort = Literal["answer", "action", "question"]

_DEED = "(?:<infinitive>|<to_tell>|<to_learn>)"
_BEGINS = "(?<![^,:])(?:<and>|<please>)?"
"""The beginning of a sentence or of a part of it."""
_OBJECT = "(?=<the>|<a>|<your>|<me>|<by>|<to>[<the><me><your>])"
_ANSWER: Final = grammar(
    # Most words begin nothing: to pass them over at once makes this several times faster.
    rf"(?=[<please><tell><talk><give><tell_en><talk_en><give_en><let><would><whether><can><appreciate><was><particle><great><want>"
    rf"<interest><waiting><mine><lack><need><we><will><must><rsvp><request><and><look><keep>])(?:<please>-{{0,3}}(?:<tell>|"
    rf"<talk>|<to_tell>|<tell_en>|<talk_en>|<give_en>|<let>|<give>)"
    rf"|(?:<tell>|<talk>|<give>)-{{0,8}}<please>"
    rf"|(?<!<not>)(?:<tell>|<talk>)"
    rf"|<give>-{{0,2}}(?:<know>|<reply_noun>|<mine>)"
    rf"|{_BEGINS}(?:<tell_en>|<talk_en>|<give_en>)(?:{_OBJECT}|(?=<what>|<whether>))"
    rf"|(?<!<will>)<let>[^|?<you><they>]_?<know>"
    rf"|(?<!<if>)(?<!<whether>)(?<!<what>)<would><you>(?!<not>?<will>)"
    rf"|(?:<whether>_{{0,4}}<can>|<can>_?<particle>)_{{0,6}}{_DEED}"
    rf"|<can>_{{0,7}}{_DEED}_*[?]"
    rf"|<appreciate>_{{0,3}}<if>|[<would><will>]_?<appreciate>|<appreciate>_{{0,2}}<reply_noun>|"
    rf"<appreciate>_?<you>_?<would>"
    rf"|<would>_{{0,2}}<great>_{{0,2}}(?:<to>(?!<soft>)|<if>)"
    rf"|(?:<was><particle>_{{0,2}}<great>|<great>_?<was><particle>|<great><particle>)_{{0,4}}(?:<if>|{_DEED})"
    rf"|<want><particle>?_{{0,3}}<to_learn>|<want><to><know>|<interest>_{{0,3}}(?:<what>|<whether>|<your>)"
    rf"|<waiting>[^|?<their><they>]{{0,4}}<reply_noun>"
    rf"|<look><tell_en>_{{0,2}}<reply_noun>|(?<![<we><will>])<keep><me>"
    rf"|<mine>_{{0,3}}<lack>_{{0,3}}(?:<your>|<you>)|<lack>_{{0,3}}<your>"
    rf"|<request>-{{0,9}}<to_tell>"
    rf"|<need>_{{0,3}}<your>|[<we><will>]_?<need><the>|(?<![^,:])<need><the>"
    rf"|[<we><will>]_?<need>~_{{0,4}}(?:<by>|<later>)|<must><know>|<need><to><know>"
    rf"|(?<![^,:])<need>[~<everybody><your>]_{{0,4}}(?:<by>|<later>)"
    rf"|(?<![<we><they><will>])(?:<tell_en>|<talk_en>)<the>?_?<to><me>"
    rf"|<and>(?:<tell_en>|<talk_en>)<me>"
    rf"|<rsvp>)"
)
_ACTION: Final = grammar(
    rf"(?=[<request><please><do><imperative><must><infinitive><to_tell><to_learn><you><shall><everybody><and><do_en><remind><not><make><may>"
    rf"<due><sum><term><up_to><act_noun><pay_noun><action><awaits><waiting><your>])(?:<request>-{{0,9}}(?:{_DEED}|"
    rf"[<act_noun><pay_noun>]|<reply_noun>)"
    rf"|<please>-{{0,3}}(?:<do>|<do_en>|<imperative>)|<please>[~<have><make><keep>]|(?:<do>|"
    rf"<imperative>)-{{0,8}}<please>"
    rf"|(?<!<not>)(?:<imperative>|<do>)"
    rf"|(?<![<mine><theirs><we><not><if>])(?<![<mine><theirs>]_)<must>(?![<was><mine><theirs><not>])-{{0,8}}{_DEED}"
    rf"|{_DEED}-{{0,3}}(?<!<mine>)<must>(?!<was>)"
    rf"|<you>-?(?:<shall>(?!<have>)|(?:<need>|<have>)<to>)[^|?<make>]"
    rf"|(?<!<we>)(?<!<not>)<shall>-{{0,5}}{_DEED}"
    rf"|<everybody>-{{0,4}}(?:(?:<need>|<have>)<to>|<shall>)"
    rf"|(?<![^,:])<pay_noun>(?!_*<was>)|<please>_?<pay_noun>"
    rf"|{_BEGINS}<do_en>{_OBJECT}|^<please>?<do_en>[~N]_{{0,6}}<by>|^<please>?[<do_en><tell_en>]<and>[<do_en><tell_en>]"
    rf"|(?<!<we>)<remind>_{{0,3}}(?:<to>|{_DEED}|[<act_noun><pay_noun>])"
    rf"|(?<!<we>)<not><forget>_{{0,3}}(?:<to>|{_DEED}|<the>|<your>)"
    rf"|<may>_{{0,3}}{_DEED}_{{0,4}}<up_to>|{_DEED}_{{0,5}}<may>_{{0,6}}<up_to>"
    rf"|(?<!<not>)<due>_?(?:<by>|[#]|N|=)|<sum>_{{0,3}}<due>|<due>_{{0,5}}#|<term>[<act_noun><pay_noun>]|"
    rf"<up_to>[<act_noun><pay_noun>]"
    rf"|<action>_?<lack>|<awaits>_{{0,3}}(?:<your>|[<act_noun><pay_noun>])|<waiting>_{{0,3}}[<act_noun><pay_noun>]"
    rf"|{_BEGINS}<make><ensure>"
    rf"|<your>-{{0,3}}<was>?<lack>|(?<!<not>)[<act_noun><pay_noun>]_{{0,2}}<lack>)"
)
_CLUES: Final = (
    "please request must shall need lack can would appreciate waiting interest tell talk do imperative tell_en talk_en "
    "do_en give give_en let remind forget ensure action awaits want rsvp great look keep due term may up_to pay_noun"
)
_CLUE: Final = re.compile(f"[{''.join(LETTERS[name] for name in _CLUES.split())}{QUESTION}]")
"""Without any of them a sentence asks nothing."""
_NAMED_IF: Final = grammar("^_{0,3}(?:<if>|<case>)")
_LINK: Final = re.compile(r"https?://\S{1,2000}")
_TROUBLE: Final = re.compile(
    r"\W*(?:(?:any |have |got |other |still have )?(?:questions|problems?|concerns|trouble)|(?:something|"
    r"anything) (?:wrong|unclear|else)|"
    r"need (?:help|more)|not you|wasn't you|didn't|не ви\b|не \w+(?:ли|в|ла)\b|(?:є|маєте|виникли|залишилися|"
    r"лишились) (?:\w+ )?(?:за)?питання|"
    r"питання\b|запитання\b|потрібна допомога|щось не так)"
)
_SHORT_QUESTION: Final = grammar("_{1,6}[?]")
_LATER_IF: Final = grammar("[,:]<and>?<if>_*,")
_REFUSES: Final = grammar(
    "<nothing>|<not>_*(?:<action>|<talk>|<talk_en>|<to_tell>|<reply_noun>|<lack>|<need>|<must>|<do_en>)|"
    "(?:<to_tell>|<you>)_*<not>"
)
_TALK: Final = grammar("<talk>|<talk_en>|<let>|<give>|<give_en>|<to_tell>|<do>|<imperative>")
_FOR_WORDS: Final = grammar(
    "<would><you>|<talk>|<talk_en>|<let>|<know>|<waiting>|<can>|<appreciate>|<great>|<want>|<rsvp>|<interest>"
)
_COURTESY: Final = re.compile(
    r"\bif (?:possible|you (?:can|could|would|don't mind|do not mind|have a (?:minute|moment|second)|haven't)|"
    r"it's (?:ok|not too))|"
    r"\b(?:якщо|если) (?:можна|можливо|можеш|можете|ваша|твоя|ще не|не (?:важко|складно)|маєте? (?:хвилин|час)|"
    r"є (?:хвилин|час))"
)
_MAY_DEPEND: Final = grammar("<if>|<case>|<what>|<should>|<nothing>")
_NEEDS: Final = ("потреб", "термінов", "urgent", "whenever", "any time")
_IN_NEED: Final = re.compile(
    r"\b(?:if|should you|whenever|anytime|any time|якщо|у разі|в разі|при потребі|за потреби|у випадку|"
    r"если)\b[^.!?]{0,60}?"
    r"\b(?:questions?|anything|something|needs?|needed|help|problems?|issues?|doubts?|trouble|wrong|concerns?|off|"
    r"unsure|"
    r"changes?|cannot|can't|unable|plans|like to (?:know|discuss)|плани|не зможе(?:ш|те)|питан\w{0,3}|"
    r"запитан\w{0,3}|потріб\w{0,4}|щось|що|проблем\w{0,2}|сумнів\w{0,2}|допомог\w{1,3}|"
    r"зміни\w{0,4}|термінов\w{2,3}|вопрос\w{0,2})\b|\bif (?:so|not)\b|\b(?:за потреби|у термінових|urgent matters|"
    r"questions\?)"
)
_OWES_NOTHING: Final = re.compile(
    r"(?:due|сплати|оплати|pay)\b[^.!?]{0,25}?(?<![\d.,])(?:[$€£₴]\s?)?0(?:[.,]00)?(?![\d.,]\d|\d)"
)
_DECLINES: Final = re.compile(
    r"\bno need to (?:reply|respond|answer|write)|\b(?:do not|don't|please don't|not to) (?:reply|respond|answer)\b|"
    r"\b(?:is|are) not (?:monitored|read)|\bне треба відповідати|\bне потрібно відповідати|"
    r"\bвідповідати (?:на (?:цей лист|нього) )?"
    r"не (?:потрібно|треба)|\bне відповіда(?:йте|ти)\b|\bвідповіді не (?:потрібно|чекаю|чекаємо)|\bне отвеча(?:йте|ть)|"
    r"\bnicht (?:auf diese|antworten)|\bсформовано автоматично|\bпросимо не (?:телефонувати|відповідати|писати)"
)
_NOTHING: Final = re.compile(
    r"\b(?:no|without) (?:further |other |more )?(?:action|changes?|response|reply|steps?)(?: (?:is|are|"
    r"on your (?:side|part|end)))?"
    r"(?: (?:needed|required|necessary|expected|at this time))|\bno (?:further )?action needed|"
    r"\bnothing (?:else )?(?:is |left )?(?:needed|required|to do|for you to do|you need to do)|\bnothing (?:to do|"
    r"left)|"
    r"\b(?:don't|do not|won't|not) (?:need|have) to (?:do anything|take any)|\bнічого (?:не )?(?:робити|потрібно|"
    r"треба)|"
    r"\bвід (?:вас|тебе) нічого|\bжодних дій|\bнічого (?:додатково )?(?:робити|платити|надсилати) не|\bдій від вас не"
)
_SOFT_QUESTION: Final = re.compile(
    r"\W*(?:(?:and|but|so|а|і|й|та|то|але|hey|hi|привіт)\W+)?"
    r"(?:what if|why not|ready to|want to|wanna|looking for|did you know|have you ever|need (?:help|more|a)|(?:got |"
    r"any |have )?(?:other )?questions"
    r"|who knew|who would have|who doesn't|what (?:are you waiting|could be|a|would we do|will we do|else)|"
    r"can you (?:believe|imagine)|"
    r"would you believe|how (?:cool|great|about that)|isn't (?:it|that)|remember|guess (?:what|who)|"
    r"sound(?:s)? (?:good|familiar|fun)"
    r"|still (?:have|need) questions|(?:something|anything) (?:wrong|unclear|else)|(?:any )?problems?|tired of|"
    r"curious|problems? with|trouble|have (?:any )?(?:questions|feedback|concerns)|wondering|forgot your"
    r"|чому б|хочете|хочеш|знали|бажаєте|шукаєте|маєте (?:\w+ )?(?:питання|запитання)|є (?:питання|запитання)|"
    r"чи знали|чи знаєте|а ви знали|"
    r"хто б міг|хто б (?:по)?думав|хіба|невже|уявляє(?:ш|те)|пам'ятає(?:ш|те)|чи не час|чи не пора|готові|готовий|"
    r"що б (?:я|ми) без|куди ж|де ж|"
    r"залишилися|виникли|потрібна допомога|забули|не ви|не \w+(?:ли|в|ла)|not you|wasn't you|didn't (?:request|ask|"
    r"do)|не вы|waren sie|"
    r"навіщо|хотите|знаете)\b"
)
_OF_OTHERS: Final = re.compile(
    r"\W*(?:why|чому|навіщо|чого)\b(?!.{0,60}\b(?:you|your|we|our|ви|вам|ваш\w?|ти|ми|нам|у нас|на)\b)"
)
_TAG: Final = re.compile(
    r",\s(?:правда(?: ж)?|чи не так|так\?|right|isn't it|aren't you|don't you think|eh|хіба не так|чи ні|no)\W*\Z"
)
_GREETING: Final = re.compile(
    r"\W*(?:(?:hi|hello|hey|dear|hallo|привіт|вітаю|добр\w{2,4} \w{3,6}|привет)\b[^,.!?\n]{0,30}[,!]?\s*)?"
    r"(?:як (?:ти|ви|там|справи|життя|поживаєш|поживаєте|ся маєш|здоров'я)(?: там| сьогодні| ся маєте?)?"
    r"|how (?:are|is|was) (?:you|things|life|everything|your (?:day|week|weekend))(?: doing| today| going)?|"
    r"how's (?:it|everything|life)(?: going)?|"
    r"what's (?:up|new)|що (?:нового|чувати)|"
    r"как (?:ты|вы|дела|жизнь)(?: там)?|wie geht(?:'s| es (?:dir|ihnen|euch)))\W*\Z"
)
_ASKS_HOW: Final = grammar("^_{0,2}<what>")
_OWN_ANSWER: Final = re.compile(
    r"\W*(?:to |because|бо |тому що|аби |щоб |it's |the answer|відповідь|ha\b|yes[,.!]|no[,.!]|так[,.!]|ні[,.!])"
)
LONGEST_WORDS: Final = 300


@dataclass(frozen=True, slots=True)
class Ask:
    """A sentence that asks, and where in the text it stands. `talk` if it wants no more than words."""

    sort: Sort
    words: str
    start: int
    end: int
    talk: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """All that a text asks, in its order; `no_answer` and `no_action` if it says that none is wanted."""

    asks: tuple[Ask, ...] = ()
    no_answer: bool = False
    no_action: bool = False


@lru_cache(maxsize=4)
def asking_of(text: str) -> Asking:
    """What a text asks of its reader. Never fails."""
    speech = speech_of(text)
    asks: list[Ask] = []
    no_answer = no_action = False
    for number, (letters, _) in enumerate(speech.sentences):
        refuses = _REFUSES.search(letters) is not None
        sort = _sort_of(letters)
        if sort is None and not refuses:
            continue
        start, end = speech.span(number)
        words = " ".join(text[start:end].split())
        plain = words.lower().replace("’", "'").replace("ʼ", "'")
        if refuses:
            declines = _DECLINES.search(plain) is not None
            no_answer = no_answer or declines
            nothing = _NOTHING.search(plain) is not None
            no_action = no_action or (nothing and not _NAMED_IF.search(letters))
            if declines or nothing:
                continue
        if sort is not None and _is_meant(speech, number, plain, sort):
            asks.append(Ask(sort, words[:LONGEST_WORDS], start, end, talk=_FOR_WORDS.search(letters) is not None))
    return Asking(tuple(asks), no_answer, no_action)


def _sort_of(letters: str) -> Sort | None:
    if _CLUE.search(letters):
        if _ANSWER.search(letters):
            return "answer"
        if _ACTION.search(letters):
            return "action"
        if letters[-1] == QUESTION and len(letters) > 2:
            return "question"
    return None


def _is_meant(speech: Speech, number: int, plain: str, sort: Sort) -> bool:
    """Whether what looks like an ask is one: not said for some other case, for show, or to send no answer."""
    letters = speech.sentences[number].letters
    if _is_conditional(letters, plain):
        return False
    if letters[-1] == QUESTION and _is_idle(speech, number, plain):
        return False
    if sort == "question":
        return "://" not in plain or _LINK.sub(" ", plain).rstrip().endswith("?")
    if _TALK.search(letters) and _follows_idle_question(speech, number):
        return False
    may_depend = _MAY_DEPEND.search(letters) or any(word in plain for word in _NEEDS)
    if may_depend and _IN_NEED.search(plain) and (sort == "action" or _TALK.search(letters)):
        return False
    return sort == "answer" or _OWES_NOTHING.search(plain) is None


def _follows_idle_question(speech: Speech, number: int) -> bool:
    """Whether this says what to do if a question is answered with yes: "Не змінювали? Зателефонуйте нам"."""
    if not number or not _SHORT_QUESTION.match(speech.sentences[number - 1].letters):
        return False
    start, end = speech.span(number - 1)
    return _TROUBLE.match(speech.text[start:end].lower()) is not None


def _is_conditional(letters: str, plain: str) -> bool:
    """Whether something is to be done only in some case, and not merely if it is no trouble."""
    named = _NAMED_IF.search(letters) or _LATER_IF.search(letters)
    if named is None or QUESTION in letters or _COURTESY.search(plain):
        return False
    asked = _ANSWER.search(letters) or _ACTION.search(letters)
    return asked is None or named.start() <= asked.start()


def _is_idle(speech: Speech, number: int, plain: str) -> bool:
    """Whether a question wants no answer: a greeting, a figure of speech, one that is answered at once."""
    if _SOFT_QUESTION.match(plain) or _GREETING.match(plain) or _OF_OTHERS.match(plain) or _TAG.search(plain):
        return True
    if _ASKS_HOW.search(speech.sentences[number].letters) and number + 1 < len(speech.sentences):
        start, end = speech.span(number + 1)
        return _OWN_ANSWER.match(speech.text[start:end].lower()) is not None
    return False
