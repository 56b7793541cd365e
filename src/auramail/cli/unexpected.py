"""What the command line says of an error that nobody foresaw: one line, and a reference that finds it in the log."""

from auramail.cli.terminal import complain
from auramail.core.errors import AuraMailError
from auramail.ops.unexpected import log_unexpected
from auramail.settings import read_settings


def tell(error: BaseException) -> None:
    """Say it in one line; where not even the log can be written, say why."""
    try:
        problem: AuraMailError = log_unexpected(read_settings(), error)
    except AuraMailError as worse:
        problem = worse
    complain(problem.problem, problem.hint)
