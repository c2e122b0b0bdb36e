"""Run every benchmark of this folder one after the other: `make bench`.

Each prints medians, peak memory and the machine; peers are measured in the same run where they are
installed (each script says how), and named as missing where they are not.
"""

import platform
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def main() -> int:
    """Run the scripts in order of their names; return 1 where one failed."""
    print(f"{platform.platform()}, Python {platform.python_version()}")
    failed = []
    for script in sorted(FOLDER.glob("bench_*.py")):
        print(f"\n== {script.stem}", flush=True)
        if subprocess.run([sys.executable, script], cwd=FOLDER.parents[1], check=False).returncode:
            failed.append(script.name)
    if failed:
        print(f"\nFailed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
