"""`python -m auramail.cli` is `auramail`: how the process tree starts its parts."""

from auramail.cli.main import main

main()
