"""A model that answers what it was told to: for tests, demonstrations and evaluations."""

from collections.abc import Callable

from auramail.ai.answer import read_answer
from auramail.ai.prompt import write_prompt
from auramail.core.accounts import Person
from auramail.core.decisions import Opinion
from auramail.core.messages import Message


class ScriptedModel:
    """Gives every prompt's mail part to `script` and reads its text as any model's answer is read."""

    name = "scripted"

    def __init__(self, script: Callable[[str], str | None]) -> None:
        self._script = script

    def judge(self, message: Message, person: Person) -> Opinion | None:
        del person
        return read_answer(self._script(write_prompt(message).mail), self.name)
