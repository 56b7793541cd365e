"""Audit the locked dependencies for known holes; what could not be looked up is said, never passed silently."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

BIN = Path(sys.executable).parent


def main() -> int:
    """Exit 1 for a known hole; 0 where none is known, saying how many nobody could be asked about."""
    locked = subprocess.run(
        [BIN / "uv", "export", "--quiet", "--frozen", "--no-dev", "--no-emit-project", "--format", "requirements-txt"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    with tempfile.TemporaryDirectory() as folder:
        requirements = Path(folder) / "requirements.txt"
        requirements.write_text(locked, encoding="utf-8")
        command = [
            str(BIN / "pip-audit"),
            "--disable-pip",
            "--require-hashes",
            "--format",
            "json",
            "-r",
            str(requirements),
        ]
        audit = subprocess.run(command, check=False, capture_output=True, text=True)
    try:
        looked_up = json.loads(audit.stdout)["dependencies"]
    except (ValueError, KeyError):
        print("NOT AUDITED: the vulnerability service is out of reach; run this where it is not.", file=sys.stderr)
        return 0
    return report(looked_up)


def report(dependencies: list[dict[str, object]]) -> int:
    """Say what was found about each; exit code 1 for a known hole."""
    holes = [dependency for dependency in dependencies if dependency.get("vulns")]
    unknown = [str(dependency["name"]) for dependency in dependencies if "skip_reason" in dependency]
    for dependency in holes:
        print(f"HOLE in {dependency['name']} {dependency.get('version')}: {dependency['vulns']}")
    print(
        f"{len(dependencies) - len(unknown)} of {len(dependencies)} dependencies audited, {len(holes)} with known holes"
    )
    if unknown:
        print(f"NOT AUDITED, the service does not know them here: {', '.join(unknown)}", file=sys.stderr)
    return 1 if holes else 0


if __name__ == "__main__":
    sys.exit(main())
