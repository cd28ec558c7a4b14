"""A client under test: the command-line protocol on top of the public `tuf.ngclient` API.

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

# Python itself ends with status 1 after an exception that nobody catches.
try:
    from tuf.api.exceptions import DownloadError, RepositoryError
    from tuf.ngclient import Updater
except Exception:
    traceback.print_exc()
    sys.exit(BROKEN)


def init(arguments):
    """Trusts a root. Making an updater stores it; nothing is fetched."""
    root = Path(arguments.trusted_root).read_bytes()
    Updater(arguments.metadata_dir, "http://127.0.0.1/", bootstrap=root)


def refresh(arguments):
    """Brings the top-level metadata up to date."""
    updater(arguments).refresh()


def download(arguments):
    """Downloads target files, in order and with one updater, unless they are there already."""
    client = updater(arguments)
    client.refresh()
    for name in arguments.target_name:
        target = client.get_targetinfo(name)
        if target is None:
            raise RepositoryError(f"no trusted role describes {name!r}")
        if client.find_cached_target(target) is None:
            client.download_target(target)


def updater(arguments):
    """An updater that goes on from the metadata that `init` and later calls have stored."""
    return Updater(
        arguments.metadata_dir,
        arguments.metadata_url,
        target_dir=arguments.target_dir,
        target_base_url=arguments.target_base_url,
        bootstrap=None,
    )


COMMANDS = {"init": init, "refresh": refresh, "download": download}
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


def main():
    """Does what the arguments say and returns the exit status."""
    arguments = parse(sys.argv[1:])
    logging.basicConfig(level=logging.INFO, format="%(name)s: %(message)s")
    try:
        COMMANDS[arguments.command](arguments)
    except (RepositoryError, DownloadError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        if error.__cause__ is not None:
            print(f"  because of {error.__cause__!r}", file=sys.stderr)
        return REFUSED
    except Exception:
        traceback.print_exc()
        return BROKEN
    return 0


if __name__ == "__main__":
    sys.exit(main())
