"""The labels of one Gmail account: found by name as Gmail compares names, made where missing, remembered for a run."""

from collections.abc import Sequence

from auramail.core.errors import GiveUpError, NeedsPersonError
from auramail.core.labels import Label, LabelWish, normalise
from auramail.core.wording import Wording
from auramail.mail.gmail import calls
from auramail.mail.gmail.answers import Answer, Verdict
from auramail.mail.gmail.client import GmailClient
from auramail.mail.gmail.errors import translate


class LabelBook:
    """A label keeps its id when the person renames it, so what was found once stays right until it is deleted."""

    def __init__(self, client: GmailClient) -> None:
        self._client = client
        self._found: dict[str, Label] = {}
        self._names: dict[str, str] = {}

    def everything(self) -> dict[str, Label]:
        """All labels of the account by name, Gmail's own included."""
        return {label.name: label for label, _ in self._list()}

    def find_or_make(self, wishes: Sequence[LabelWish]) -> dict[str, Label]:
        """Wish's name → label. Raises NeedsPersonError for a name that Gmail keeps for itself."""
        if not self._missing(wishes):
            return self._wished(wishes)
        self._learn()
        missing = self._missing(wishes)
        if missing:
            self._make(missing)
        return self._wished(wishes)

    def name(self, label_id: str) -> str:
        """What a label was called when it was found; the id itself if it was not."""
        return self._names.get(label_id, label_id)

    def forget(self) -> None:
        """Look anew at the next wish."""
        self._found.clear()

    def _remember(self, label: Label) -> None:
        self._found[normalise(label.name)] = label
        self._names[label.id] = label.name

    def _make(self, wishes: Sequence[LabelWish]) -> None:
        answers = self._client.send([calls.create_label(wish) for wish in wishes])
        conflict = False
        for wish, answer in zip(wishes, answers, strict=True):
            if answer.verdict is Verdict.DONE:
                self._remember(Label(str(answer.data["id"]), wish.name))
            elif answer.status == 409 or answer.verdict is Verdict.DOUBTFUL:
                conflict = True
            else:
                raise _refusal(wish, answer)
        if conflict:
            self._learn()
        if self._missing(wishes):
            raise GiveUpError(
                Wording.of("Gmail neither makes nor shows the label {label}.", label=self._missing(wishes)[0].name)
            )

    def _missing(self, wishes: Sequence[LabelWish]) -> list[LabelWish]:
        """Each once, although Gmail takes several spellings for one name."""
        by_form = {normalise(wish.name): wish for wish in wishes}
        return [wish for form, wish in by_form.items() if form not in self._found]

    def _wished(self, wishes: Sequence[LabelWish]) -> dict[str, Label]:
        return {wish.name: self._found[normalise(wish.name)] for wish in wishes}

    def _learn(self) -> None:
        for label, is_own in self._list():
            if is_own:
                self._remember(label)

    def _list(self) -> list[tuple[Label, bool]]:
        entries = self._client.ask(calls.list_labels()).get("labels")
        return [
            (Label(entry["id"], entry["name"]), entry.get("type") != "system")
            for entry in (entries if isinstance(entries, list) else [])
        ]


def _refusal(wish: LabelWish, answer: Answer) -> Exception:
    if answer.status == 400:
        return NeedsPersonError(
            Wording.of("A label cannot be called “{name}”.", name=wish.name),
            Wording.of("Choose another LABEL_PREFIX: Gmail keeps the names of its own labels for itself."),
        )
    return translate(answer)
