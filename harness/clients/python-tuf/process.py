"""A client under test: python-tuf behind the command-line protocol.

Exit status: 0 if the client did what it was told; 1 if it refused with one of the errors that its API documents for
a repository that cannot be trusted or reached; 2 for wrong arguments; 3 for everything else. A crash or a broken
installation must never look like a refusal.
"""

import argparse
import logging
import sys
import traceback
from pathlib import Path

REFUSED = 1
BROKEN = 3

sys.path.append(str(Path(__file__).resolve().parent))  # `-I` leaves the folder of the script out.

# Python itself ends with status 1 after an exception that nobody catches.
try:
    import operations
except Exception:
    traceback.print_exc()
    sys.exit(BROKEN)

NEEDED = {
    "init": [],
    "refresh": ["metadata_url"],
    "download": ["metadata_url", "target_name", "target_base_url", "target_dir"],
}


def parse(words):
    """Reads the arguments of the protocol; ends with status 2 if they are wrong."""
    parser = argparse.ArgumentParser(description="python-tuf as a client under test")
    parser.add_argument("--metadata-dir", required=True)
    parser.add_argument("--metadata-url")
    parser.add_argument("--target-name", action="append")
    parser.add_argument("--target-base-url")
    parser.add_argument("--target-dir")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("init").add_argument("trusted_root")
    commands.add_parser("refresh")
    commands.add_parser("download")

    arguments = parser.parse_args(words)
    for option in NEEDED[arguments.command]:
        if getattr(arguments, option) is None:
            parser.error(f"{arguments.command} needs --{option.replace('_', '-')}")
    return arguments


def run(arguments):
    """Does what the arguments say."""
    params = {
        "metadata_dir": arguments.metadata_dir,
        # `init` has no URL to give, and an updater cannot be made without one.
        "metadata_url": arguments.metadata_url or "http://127.0.0.1/",
        "targets_dir": arguments.target_dir,
        "targets_url": arguments.target_base_url,
    }
    if arguments.command == "init":
        operations.trust({**params, "root": arguments.trusted_root})
    elif arguments.command == "refresh":
        operations.refresh(params)
    else:
        operations.download({**params, "targets": arguments.target_name})


def main():
    """Does what the arguments say and returns the exit status."""
    arguments = parse(sys.argv[1:])
    logging.basicConfig(level=logging.INFO, format="%(name)s: %(message)s")
    try:
        run(arguments)
    except operations.REFUSALS as error:
        print(operations.describe(error), file=sys.stderr)
        return REFUSED
    except Exception:
        traceback.print_exc()
        return BROKEN
    return 0


if __name__ == "__main__":
    sys.exit(main())
