"""What python-tuf before 1.0 is told to do, with the params of the session protocol, and which of its errors are refusals.

Its `tuf.ngclient` was new then: names differ, and so do the folders that an updater is told.
"""

import shutil
from datetime import timezone
from pathlib import Path

from tuf import exceptions
from tuf.ngclient import Updater


class NoSuchTargetError(exceptions.RepositoryError):
    """No trusted role describes the target. The API answers with `None`, which an application has to refuse."""


# What can come of a repository that cannot be trusted or reached. The API does not tell all of them yet.
REFUSALS = (
    exceptions.RepositoryError,
    exceptions.DownloadError,
    exceptions.FetcherHTTPError,
    exceptions.LengthOrHashMismatchError,
)

# The classes that tell why.
REASONS = {
    NoSuchTargetError: "unknown-target",
    exceptions.BadVersionNumberError: "version",
    exceptions.DownloadLengthMismatchError: "length",
    exceptions.ExpiredMetadataError: "expired",
    exceptions.UnsignedMetadataError: "signature",
}


def trust(params):
    """Trusts a root. The updater reads it from the metadata folder and checks it; nothing is fetched."""
    stored = Path(params["metadata_dir"], "root.json")
    shutil.copyfile(params["root"], stored)
    try:
        updater(params)
    except Exception:
        stored.unlink()
        raise


def refresh(params):
    """Brings the top-level metadata up to date."""
    updater(params).refresh()


def download(params):
    """Downloads target files, in order and with one updater, unless they are there already."""
    client = updater(params)
    client.refresh()
    for name in params["targets"]:
        target = client.get_one_valid_targetinfo(name)
        if target is None:
            raise NoSuchTargetError(f"no trusted role describes {name!r}")
        if client.updated_targets([target], params["targets_dir"]):
            client.download_target(target, params["targets_dir"])


def updater(params):
    """An updater that goes on from the metadata that is stored."""
    client = Updater(*(params[name] for name in ("metadata_dir", "metadata_url", "targets_url")))
    # The API has no parameter for the time: a new updater notes that of the system, in here and without a time zone.
    if "now" in params:
        client._trusted_set.reference_time = params["now"].astimezone(timezone.utc).replace(tzinfo=None)
    return client


def reason(error):
    """Why a refusal refused, or `None` if its class does not say."""
    of_class = next((REASONS[kind] for kind in type(error).__mro__ if kind in REASONS), None)
    return "not-found" if getattr(error, "status_code", None) == 404 else of_class


def describe(error):
    """An error and its cause, in one line."""
    return f"{type(error).__name__}: {error}" + (f", because of {error.__cause__!r}" if error.__cause__ else "")
