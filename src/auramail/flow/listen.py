"""Listen: a recording as words, and the words as a search; both are shown before anything is looked for."""

from dataclasses import replace

from auramail.core.errors import GiveUpError, NeedsPersonError
from auramail.core.questions import Clip
from auramail.core.searches import Search
from auramail.core.wording import Wording
from auramail.flow.prompts import speech
from auramail.flow.understand import Asker, understand
from auramail.ports.models import LanguageModel
from auramail.reading.recordings import LONGEST_BYTES, LONGEST_SECONDS, is_too_long, kind_of

TOO_LARGE = Wording.of("The recording is larger than {megabytes} MB.", megabytes=LONGEST_BYTES // 1_000_000)
SPEAK_SHORTER = Wording.of("Speak for at most {seconds} seconds, or type the words.", seconds=round(LONGEST_SECONDS))


def listen(recording: bytes, asker: Asker, model: LanguageModel | None) -> Search:
    """What a recording asks for, with what was heard.

    Raises NeedsPersonError for a recording that cannot be taken or made out, or where nobody hears; and what asking
    a model raises.
    """
    clip = clip_of(recording)
    if model is None:
        raise NeedsPersonError(
            Wording.of("There is no language model here that could listen."),
            Wording.of("Type the words, or set GEMINI_API_KEY and try again."),
        )
    heard = _words_in(clip, asker, model)
    return replace(understand(heard, asker, model), heard=heard)


def _words_in(clip: Clip, asker: Asker, model: LanguageModel) -> str:
    """What is said; a model that does not understand speech is no fault of ours, and the person can type."""
    try:
        answer = model.ask(speech.write_question(clip, asker.account_id))
    except GiveUpError as error:
        raise NeedsPersonError(error.problem, Wording.of("Type the words.")) from None
    heard = speech.read_answer(answer)
    if not heard:
        raise NeedsPersonError(
            Wording.of("Nothing could be made out in the recording."),
            Wording.of("Speak nearer to the microphone, or type the words."),
        )
    return heard


def clip_of(recording: bytes) -> Clip:
    """A recording that may be sent; raises NeedsPersonError for one that is empty, too large, too long, or none."""
    if not recording:
        raise NeedsPersonError(Wording.of("The recording is empty."), SPEAK_SHORTER)
    if len(recording) > LONGEST_BYTES:
        raise NeedsPersonError(TOO_LARGE, SPEAK_SHORTER)
    kind = kind_of(recording)
    if kind is None:
        raise NeedsPersonError(
            Wording.of("This is no recording that can be read."),
            Wording.of("WebM, Ogg, MP4 (m4a), MP3, WAV and FLAC can."),
        )
    if is_too_long(recording, kind):
        raise NeedsPersonError(Wording.of("The recording is too long."), SPEAK_SHORTER)
    return Clip(recording, kind)
