"""Understand: a request for mail as a search, by the grammar, and by a language model where the grammar is unsure."""

from dataclasses import dataclass, replace
from datetime import datetime

from auramail.core.errors import AuraMailError
from auramail.core.searches import Search
from auramail.core.wording import Wording
from auramail.flow.prompts import searching
from auramail.ports.models import LanguageModel
from auramail.reading.searching.requests import read_request
from auramail.reading.searching.tokens import LONGEST_REQUEST


@dataclass(frozen=True, slots=True)
class Asker:
    """Whose request it is: their moment (aware) and zone, how their labels begin, and their account; 0: nobody's."""

    now: datetime
    zone: str
    label_prefix: str = "AI_"
    account_id: int = 0


def understand(text: str, asker: Asker, model: LanguageModel | None = None) -> Search:
    """What a person looks for. Never fails: a model that cannot help leaves the grammar's search, and `problem` why."""
    guess = read_request(text, now=asker.now, zone=asker.zone, label_prefix=asker.label_prefix)
    if model is None or not guess.unsure or not any(map(str.isalnum, text)) or len(text) > LONGEST_REQUEST:
        return guess
    question = searching.write_question(text, asker.now, asker.zone, asker.account_id)
    try:
        answer = model.ask(question)
    except AuraMailError as error:
        return replace(guess, problem=error.problem)
    found = searching.read_answer(answer, text, guess, now=asker.now, zone=asker.zone, label_prefix=asker.label_prefix)
    if found is None:
        problem = Wording.of("What the language model {model} answered is no search for these words.", model=model.name)
        return replace(guess, problem=problem)
    return found
