"""Print the lowest version of each dependency that a pyproject.toml allows, as pip constraints."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

FLOOR = re.compile(r"([A-Za-z0-9._-]+)>=([0-9.]+)")


def main() -> None:
    """Write `name==version` for each dependency of the project; exit 1 for one without a floor."""
    project = tomllib.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))[
        "project"
    ]
    for requirement in project["dependencies"]:
        floor = FLOOR.match(requirement)
        if floor is None:
            sys.exit(f"{requirement} has no lowest version")
        sys.stdout.write("{}=={}\n".format(*floor.groups()))


if __name__ == "__main__":
    main()
