"""`make torture MINUTES=10`: attack the program for a while. `SEED`, `ONLY` and `ROUND` repeat what failed."""

import argparse
import os
import random
import sys

from torture.campaign import ATTACKS, run_campaign


def main() -> int:
    """1 when a promise was broken, 0 else."""
    parser = argparse.ArgumentParser(prog="torture", description=__doc__)
    parser.add_argument("--minutes", type=float, default=float(os.environ.get("MINUTES") or 10))
    parser.add_argument("--seed", type=int, default=int(os.environ.get("SEED") or random.randrange(10**6)))
    parser.add_argument("--only", choices=ATTACKS, default=os.environ.get("ONLY") or None)
    parser.add_argument("--round", type=int, default=int(os.environ.get("ROUND") or -1))
    options = parser.parse_args()
    seconds = 0 if options.round >= 0 else options.minutes * 60
    print(f"seed {options.seed}, {seconds / 60:g} minutes", flush=True)
    attacks = [options.only] if options.only else list(ATTACKS)
    failures = []
    for failure in run_campaign(
        attacks, options.seed, seconds, lambda text: print(text, flush=True), max(options.round, 0)
    ):
        failures.append(failure)
        print(failure, flush=True)
    print(f"{len(failures)} broken promises" if failures else "every promise was kept", flush=True)
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
