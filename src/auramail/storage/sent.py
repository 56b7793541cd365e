"""What left the machine, sealed: compressed JSON that opens only in the row and for the account it was written for."""

import json
import zlib
from collections.abc import Callable
from typing import Any

from auramail.core.questions import Question
from auramail.ports.world import Vault
from auramail.storage.model_tables import CallRow, PartRow

OpenVault = Callable[[], Vault]


def seal_call(vault: Vault, call: CallRow, question: Question) -> bytes:
    """The rules and the content, and of a clip how long it was and of what type: speech itself is not kept."""
    data: dict[str, object] = {"rules": question.rules, "content": question.content}
    if question.clip is not None:
        data["clip"] = {"content_type": question.clip.content_type, "bytes": len(question.clip.data)}
    return _seal(vault, data, _of_call(call))


def open_call(open_vault: OpenVault, call: CallRow) -> dict[str, Any] | None:
    """None if there is no copy, or no more; raises GiveUpError if it was changed or moved."""
    return None if call.sealed is None else dict(_open(open_vault(), call.sealed, _of_call(call)))


def seal_part(vault: Vault, part: PartRow, text: str) -> bytes:
    return _seal(vault, text, _of_part(part))


def open_part(open_vault: OpenVault, part: PartRow) -> str | None:
    """None if there is no copy, or no more; raises GiveUpError if it was changed or moved."""
    return None if part.sealed is None else str(_open(open_vault(), part.sealed, _of_part(part)))


def _of_call(call: CallRow) -> str:
    return f"model_calls|{call.account_id}|{call.id}"


def _of_part(part: PartRow) -> str:
    return f"model_parts|{part.account_id}|{part.call_id}|{part.position}|{part.message_id}"


def _seal(vault: Vault, data: object, purpose: str) -> bytes:
    return vault.seal(zlib.compress(json.dumps(data).encode()), purpose)


def _open(vault: Vault, sealed: bytes, purpose: str) -> Any:
    return json.loads(zlib.decompress(vault.open(sealed, purpose)))
