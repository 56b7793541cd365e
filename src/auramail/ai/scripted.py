"""A model that answers what it was told to: for tests, demonstrations and evaluations."""

from collections.abc import Callable

from auramail.core.questions import Answer, Finish, Question

Script = Callable[[Question], Answer | str | Exception]


class ScriptedModel:
    """Gives every question to `script`: an answer is given as it is, a text becomes one, an exception is raised."""

    def __init__(self, script: Script, *, name: str = "scripted", is_cloud: bool = False) -> None:
        self.name = name
        self.is_cloud = is_cloud
        self._script = script

    def ask(self, question: Question) -> Answer:
        said = self._script(question)
        if isinstance(said, Exception):
            raise said
        if isinstance(said, Answer):
            return said
        return Answer(said, self.name, Finish.DONE if said else Finish.EMPTY)

    def check(self) -> None:
        """It is always there."""
