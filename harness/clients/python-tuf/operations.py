"""What python-tuf is told to do, with the params of the session protocol, and which of its errors are refusals."""

from pathlib import Path

import urllib3.exceptions
from tuf.api import exceptions
from tuf.api.serialization import DeserializationError
from tuf.ngclient import Updater


class UnknownTargetError(exceptions.RepositoryError):
    """No trusted role describes the target. The API answers with `None`, which an application has to refuse."""


# What the API documents for a repository that cannot be trusted or reached. It does not name the exceptions of urllib3,
# in which a connection ends that breaks in the middle of a file; the update fails and the application is told.
REFUSALS = (exceptions.RepositoryError, exceptions.DownloadError, urllib3.exceptions.HTTPError)

# The classes that tell why. A `LengthOrHashMismatchError` can be about either, and most others can be anything.
REASONS = {
    DeserializationError: "format",
    UnknownTargetError: "unknown-target",
    exceptions.BadVersionNumberError: "version",
    exceptions.DownloadLengthMismatchError: "length",
    exceptions.ExpiredMetadataError: "expired",
    exceptions.UnsignedMetadataError: "signature",
}


def trust(params):
    """Trusts a root. Making an updater checks and stores it; nothing is fetched."""
    updater(params, Path(params["root"]).read_bytes())


def refresh(params):
    """Brings the top-level metadata up to date."""
    updater(params).refresh()


def download(params):
    """Downloads target files, in order and with one updater, unless they are there already."""
    client = updater(params)
    client.refresh()
    for name in params["targets"]:
        target = client.get_targetinfo(name)
        if target is None:
            raise UnknownTargetError(f"no trusted role describes {name!r}")
        if client.find_cached_target(target) is None:
            client.download_target(target)


def updater(params, root=None):
    """An updater that starts from a root, or goes on from the metadata that is stored."""
    place = [params[name] for name in ("metadata_dir", "metadata_url", "targets_dir", "targets_url")]
    client = Updater(*place, bootstrap=root)
    # The API has no parameter for the time: a new updater notes that of the system, in here, for all its checks.
    # An `AttributeError` means that this release keeps it elsewhere.
    client._trusted_set.reference_time = params.get("now", client._trusted_set.reference_time)
    return client


def reason(error):
    """Why a refusal refused, or `None` if its class does not say."""
    of_class = next((REASONS[kind] for kind in type(error).__mro__ if kind in REASONS), None)
    return "not-found" if getattr(error, "status_code", None) == 404 else of_class


def describe(error):
    """An error and its cause, in one line."""
    return f"{type(error).__name__}: {error}" + (f", because of {error.__cause__!r}" if error.__cause__ else "")
