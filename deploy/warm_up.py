"""Runs the entry script once after the server has started, so that the first visitor finds it warm.

Usage: python deploy/warm_up.py [http://localhost:8501]
"""

import sys
import time
import urllib.error
import urllib.request

ATTEMPTS = 60


def main(base: str = "http://localhost:8501") -> int:
    for _ in range(ATTEMPTS):
        try:
            with urllib.request.urlopen(f"{base}/_stcore/script-health-check", timeout=30) as answer:
                return 0 if answer.status == 200 else 1
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
