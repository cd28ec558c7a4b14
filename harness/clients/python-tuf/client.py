"""A client under test: python-tuf behind the session protocol."""

import json
import logging
import sys
from datetime import datetime
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent))  # `-I` leaves the folder of the script out.
import operations
import tuf

HOMEPAGE = "https://github.com/theupdateframework/python-tuf"
FEATURES = """artifact-cache consistent-snapshots consistent-snapshots:off delegations hash:sha512 hashed-bins
    metapath-hashes tap15 threshold""".split()
IDENTITY = {"protocol": 1, "name": "python-tuf", "version": tuf.__version__, "language": "Python"}
IDENTITY |= {"homepage": HOMEPAGE, "issue_tracker": f"{HOMEPAGE}/issues", "dialect": "default"}
IDENTITY |= {"features": FEATURES, "key_types": ["ecdsa", "ed25519", "rsa"], "clock": True}


def typed(value, kind=str):
    """Takes a param that has to be a string, or of another type."""
    if not isinstance(value, kind):
        raise TypeError(f"a param is not of type `{kind.__name__}`")
    return value


# The params of each method, and how they are taken from a request.
PLACE = dict.fromkeys(("metadata_dir", "targets_dir", "metadata_url", "targets_url"), typed)
PLACE["now"] = lambda value: datetime.strptime(value, "%Y-%m-%dT%H:%M:%S%z")
METHODS = {
    "initialize": {"protocol": lambda value: typed(value, int)},
    "trust": {**PLACE, "root": typed},
    "refresh": PLACE,
    "download": {**PLACE, "targets": lambda values: [typed(value) for value in typed(values, list)]},
    "shutdown": {},
}


def answer(method, params):
    """The result that a request has."""
    if method in ("initialize", "shutdown"):
        return IDENTITY if method == "initialize" else {}
    try:
        getattr(operations, method)(params)
    except Exception as error:
        # Messages can repeat what a repository served: not all of it, and no halves of surrogate pairs.
        message = operations.describe(error)[:2000].encode(errors="replace").decode()
        if not isinstance(error, operations.REFUSALS):
            logging.exception("This is no refusal:")
            return {"outcome": "error", "message": message}
        reason = operations.reason(error)
        return {"outcome": "rejected", "message": message} | ({"reason": reason} if reason else {})
    return {"outcome": "accepted"}


def respond(line):
    """The response to a line."""
    response = {"jsonrpc": "2.0", "id": None}
    code = -32700  # What it means if the next step fails.
    try:
        request = json.loads(line.decode())
        code = -32600
        if request["jsonrpc"] != "2.0":
            raise ValueError("this is not JSON-RPC 2.0")
        response["id"], method, code = request["id"], request["method"], -32601
        wanted = METHODS[method]
        code = -32602
        params = {name: take(request["params"][name]) for name, take in wanted.items()}
    except (KeyError, TypeError, ValueError) as error:
        return response | {"error": {"code": code, "message": operations.describe(error)}}
    return response | {"result": answer(method, params)}


logging.basicConfig(level=logging.INFO, format="%(name)s: %(message)s")
for line in sys.stdin.buffer:
    print(json.dumps(response := respond(line)), flush=True)
    if response.get("result") == {}:  # Nothing but `shutdown` has an empty result.
        break
