"""Gemini's Decisions API as the fake speaks it: the shape is that of google-genai's own types.

What the script says is a chosen value for each question (`{"category": "REVIEW", "confidence": 80}`): it gets the
confidence as its probability, and the other values share the rest. A mapping of probabilities is given as it is.
"""

import json
import re
from collections.abc import Sequence
from typing import Any

from tests.fakes.google.wire import Request
from tests.fakes.model_dialects import Asked, Gemini, Refusal, Said, text_of


class Decisions(Gemini):
    name = "decisions"
    path = re.compile(r"/v1beta/decisions")

    def read(self, request: Request, body: Any, model: str, refuses: frozenset[str]) -> Asked:
        del request, model, refuses
        if unknown := body.keys() - {"model", "input", "questions"}:
            raise Refusal(400, f'Invalid JSON payload received. Unknown name "{min(unknown)}": Cannot find field.')
        questions = body.get("questions") or {}
        if not questions or not body.get("model", "").startswith("models/"):
            raise Refusal(400, "model and at least one question are required")
        for asked in questions.values():
            if asked.get("type") != "choice" or not 2 <= len(asked.get("criteria", ())) <= 255:
                raise Refusal(400, "criteria must have between 2 and 255 options")
        return Asked(
            body["model"].removeprefix("models/"),
            "\n".join(text_of(asked["instructions"]) for asked in questions.values()),
            text_of(body["input"]),
            None,
            options={name: list(asked["criteria"]) for name, asked in questions.items()},
        )

    def write(self, asked: Asked, said: Said) -> dict[str, Any]:
        """There are no output tokens."""
        usage = {"total_input_tokens": said.tokens_in, "total_output_tokens": 0, "total_tokens": said.tokens_in}
        if said.finish not in {"STOP", "NO_CANDIDATES"}:
            return {"prompt_feedback": {"block_reason": "safety"}, "usage": usage, **said.extra}
        chosen = _mind(said.text)
        if said.finish == "NO_CANDIDATES" or not chosen:
            return {"usage": usage, **said.extra}
        sure = chosen.get("confidence", 90) / 100
        answers = {name: _answer(chosen.get(name), options, sure) for name, options in asked.options.items()}
        return {"answers": answers, "usage": usage, **said.extra}


def _mind(text: str) -> dict[str, Any]:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _answer(chosen: Any, options: Sequence[str], sure: float) -> dict[str, Any]:
    if isinstance(chosen, dict):
        shares = chosen
    else:
        rest = (1 - sure) / (len(options) - 1)
        shares = {option: sure if option == chosen else rest for option in options}
    best = max(shares, key=lambda option: shares[option])
    return {"type": "choice", "choice": best, "confidence": shares[best], "probabilities": shares}
