"""What stands in the answers of OpenAI-compatible servers, which agree on little but the outline."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from auramail.ai.wire import figure
from auramail.core.questions import Answer, Finish, Tokens

THOUGHT_ENDS: Final = "</think>"
THOUGHT_BEGINS: Final = "<think>"
FENCE: Final = "```"


@dataclass(frozen=True, slots=True)
class Choice:
    """The first choice of an answer; what the model thought is told apart from what it says."""

    text: str = ""
    thought: bool = False
    reason: str = ""
    is_refused: bool = False


def read_json(body: bytes) -> Any:
    """What a body says, None if it is no JSON."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def read_chat(body: bytes, model: str) -> Answer:
    """The answer in a chat completion; an unreadable one is empty."""
    choice, tokens = first_choice(body), tokens_of(read_json(body))
    if choice.is_refused or choice.reason == "content_filter":
        return Answer("", model, Finish.BLOCKED, tokens)
    if choice.reason == "length":
        return Answer(choice.text, model, Finish.CUT, tokens)
    return Answer(choice.text, model, Finish.DONE if choice.text else Finish.EMPTY, tokens)


def first_choice(body: bytes) -> Choice:
    data = read_json(body)
    choices = data.get("choices") if isinstance(data, dict) else None
    first = choices[0] if isinstance(choices, list) and choices else None
    message = first.get("message") if isinstance(first, dict) else None
    if not isinstance(first, dict) or not isinstance(message, dict):
        return Choice()
    content = message.get("content")
    whole = content if isinstance(content, str) else ""
    text = without_thought(whole)
    aside = message.get("reasoning_content") or message.get("reasoning")
    refused = message.get("refusal")
    return Choice(
        without_fence(text),
        thought=bool(aside) or text != whole.strip(),
        reason=str(first.get("finish_reason") or ""),
        is_refused=isinstance(refused, str) and bool(refused),
    )


def without_thought(text: str) -> str:
    """What follows the thoughts of a model whose server leaves them in the answer, and often their opening mark out."""
    text = text.strip()
    if text.startswith(THOUGHT_BEGINS) or (THOUGHT_ENDS in text and not text.startswith(("{", "["))):
        return text.partition(THOUGHT_ENDS)[2].strip()
    return text


def without_fence(text: str) -> str:
    """What stands within the one pair of Markdown's fences around it, if there is one."""
    if not (text.startswith(FENCE) and text.endswith(FENCE) and text.count(FENCE) == 2):
        return text
    return text.removeprefix(FENCE).removesuffix(FENCE).removeprefix("json").strip()


def tokens_of(data: Any) -> Tokens:
    """The figures of an answer; what a model thought is among what it answered."""
    usage = data.get("usage") if isinstance(data, dict) else None
    if not isinstance(usage, dict):
        return Tokens()
    return Tokens(
        sent=figure(usage.get("prompt_tokens", usage.get("input_tokens"))),
        answered=figure(usage.get("completion_tokens", usage.get("output_tokens"))),
    )


def read_transcript(body: bytes, model: str, schema: Mapping[str, Any]) -> Answer:
    """What was said, as JSON if the schema of a good answer is an object with one text in it."""
    data = read_json(body)
    said = data.get("text") if isinstance(data, dict) else None
    if not isinstance(said, str) or not said.strip():
        return Answer("", model, Finish.EMPTY, tokens_of(data))
    names = [name for name, kind in schema.get("properties", {}).items() if kind.get("type") == "string"]
    text = json.dumps({names[0]: said.strip()}, ensure_ascii=False) if len(names) == 1 else said.strip()
    return Answer(text, model, Finish.DONE, tokens_of(data))
