"""A `ports.models.LanguageModel` that answers, or fails, as a test laid ready; it remembers what it was asked."""

from auramail.core.questions import Answer, Finish, Part, Purpose, Question, Tokens

USED = Tokens(sent=900, answered=80)


class AnsweringModel:
    """Gives the answers and raises the errors in turn; the last one serves for whatever comes after."""

    def __init__(self, *answers: Answer | Exception, name: str = "fake-1", is_cloud: bool = True) -> None:
        self.name = name
        self.is_cloud = is_cloud
        self.asked: list[Question] = []
        self.checked = 0
        self._answers = list(answers) or [an_answer()]

    def ask(self, question: Question) -> Answer:
        self.asked.append(question)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def check(self) -> None:
        self.checked += 1


def an_answer(
    text: str = '{"category": "NEWSLETTER"}', finish: Finish = Finish.DONE, tokens: Tokens = USED, micros: int = 0
) -> Answer:
    return Answer(text, "fake-1", finish, tokens, micros)


def a_question(
    *parts: Part,
    account_id: int = 0,
    run_id: int = 0,
    purpose: Purpose = Purpose.JUDGE,
    version: str = "judge-1",
    key: str = "",
) -> Question:
    """About these parts, fenced by a mark that is another one each time."""
    texts = "\n".join(part.text for part in parts)
    return Question(
        purpose=purpose,
        rules="Judge the letter.",
        content=f"<<mark-{id(parts)}\n{texts}\n>>",
        schema={"type": "object"},
        version=version,
        key=key or texts or "nothing",
        parts=parts,
        account_id=account_id,
        run_id=run_id,
    )
