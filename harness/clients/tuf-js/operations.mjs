// What tuf-js is told to do, with the params of the session protocol, and which of its errors are refusals.

import fs from "node:fs";
import path from "node:path";
import modelErrors from "@tufjs/models/dist/error.js";
import { Updater } from "tuf-js";
import errors from "tuf-js/dist/error.js";

class NoSuchTarget extends Error {}

/** The classes that tell why. Many others can be anything, and around some errors tuf-js puts a `RuntimeError`. */
const REASONS = new Map([
  [NoSuchTarget, "unknown-target"],
  [errors.BadVersionError, "version"],
  [errors.DownloadLengthMismatchError, "length"],
  [errors.ExpiredMetadataError, "expired"],
  [modelErrors.UnsignedMetadataError, "signature"],
]);

/** Trusts a root. The updater reads it from the metadata folder and checks it; nothing is fetched. */
export async function trust(params) {
  const stored = path.join(params.metadata_dir, "root.json");
  fs.copyFileSync(params.root, stored);
  try {
    updater(params);
  } catch (error) {
    fs.rmSync(stored);
    throw error;
  }
}

/** Brings the top-level metadata up to date. */
export async function refresh(params) {
  await updater(params).refresh();
}

/** Downloads target files, in order and with one updater, unless they are there already. */
export async function download(params) {
  const client = updater(params);
  await client.refresh();
  for (const name of params.targets) {
    const target = await client.getTargetInfo(name);
    if (target === undefined) throw new NoSuchTarget(`no trusted role describes ${JSON.stringify(name)}`);
    if ((await client.findCachedTarget(target)) === undefined) await client.downloadTarget(target);
  }
}

/** An updater that goes on from the metadata that is stored. */
function updater({ metadata_dir: metadataDir, metadata_url: metadataBaseUrl, now, ...params }) {
  const { targets_dir: targetDir, targets_url: targetBaseUrl } = params;
  const client = new Updater({ metadataDir, metadataBaseUrl, targetDir, targetBaseUrl });
  // The API has no parameter for the time: a new updater notes that of the system, in here, for all its checks.
  if (client.trustedSet.referenceTime === undefined) throw new Error("this release keeps the time elsewhere");
  if (now !== undefined) client.trustedSet.referenceTime = new Date(now);
  return client;
}

/**
 * Whether an error is one that tuf-js throws on purpose at a repository that cannot be trusted or reached. It documents
 * no list of them. These are the classes that it defines, what `JSON.parse` and `fetch` throw, and the `TypeError` with
 * which its models refuse a member of the wrong type; a `TypeError` of the engine, such as for a property of
 * `undefined`, is a crash.
 */
export function isRefusal(error) {
  const classes = [NoSuchTarget, SyntaxError, errors.RepositoryError, errors.DownloadError, errors.RuntimeError];
  classes.push(errors.ValueError, modelErrors.RepositoryError, modelErrors.ValueError, modelErrors.CryptoError);
  if (classes.some((kind) => error instanceof kind)) return true;
  const onPurpose = /^(fetch failed|terminated)$| (must be|must have|is malformed|is not defined|is not an array|in meta)\b/;
  return error instanceof TypeError && error.code === undefined && onPurpose.test(error.message);
}

/** Why a refusal refused, if its class says so. */
export function reason(error) {
  return error.statusCode === 404 ? "not-found" : [...REASONS].find(([kind]) => error instanceof kind)?.[1];
}
