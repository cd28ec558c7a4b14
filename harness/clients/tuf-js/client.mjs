// A client under test: the command-line protocol on top of the public `Updater` of tuf-js.
//
// Exit status: 0 if the client did what it was told; 1 if it refused on purpose; 2 for wrong arguments; 3 for everything
// else. A crash or a broken installation must never look like a refusal: Node itself ends with status 1 after an
// exception that nobody catches.

import fs from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

const REFUSED = 1;
const USAGE = 2;
const BROKEN = 3;

class NoSuchTarget extends Error {}

/** The commands of the protocol, with the options that each needs beside `--metadata-dir`. */
const COMMANDS = {
  init: { needed: [], words: 1, run: init },
  refresh: { needed: ["metadata-url"], words: 0, run: refresh },
  download: {
    needed: ["metadata-url", "target-name", "target-base-url", "target-dir"],
    words: 0,
    run: download,
  },
};

/** Trusts a root. The updater reads it from the metadata folder and checks it; nothing is fetched. */
async function init(tuf, options, [trustedRoot]) {
  const stored = path.join(options["metadata-dir"], "root.json");
  fs.copyFileSync(trustedRoot, stored);
  try {
    updater(tuf, { ...options, "metadata-url": "http://127.0.0.1/" });
  } catch (error) {
    fs.rmSync(stored);
    throw error;
  }
}

/** Brings the top-level metadata up to date. */
async function refresh(tuf, options) {
  await updater(tuf, options).refresh();
}

/** Downloads target files, in order and with one updater, unless they are there already. */
async function download(tuf, options) {
  const client = updater(tuf, options);
  await client.refresh();
  for (const name of options["target-name"]) {
    const target = await client.getTargetInfo(name);
    if (target === undefined) throw new NoSuchTarget(`no trusted role describes ${JSON.stringify(name)}`);
    if ((await client.findCachedTarget(target)) === undefined) await client.downloadTarget(target);
  }
}

/** An updater that goes on from the metadata that `init` and later calls have stored. */
function updater({ Updater }, options) {
  return new Updater({
    metadataDir: options["metadata-dir"],
    metadataBaseUrl: options["metadata-url"],
    targetDir: options["target-dir"],
    targetBaseUrl: options["target-base-url"],
  });
}

/**
 * Whether an error is one that tuf-js throws on purpose at a repository that cannot be trusted or reached.
 *
 * It documents no list of them. These are the classes that it defines, what `JSON.parse` and `fetch` throw, and the
 * `TypeError` with which its models refuse a member of the wrong type; a `TypeError` of the engine, such as for a
 * property of `undefined`, is a crash.
 */
function isRefusal({ errors, modelErrors }, error) {
  const classes = [NoSuchTarget, SyntaxError, errors.RepositoryError, errors.DownloadError, errors.RuntimeError];
  classes.push(errors.ValueError, modelErrors.RepositoryError, modelErrors.ValueError, modelErrors.CryptoError);
  if (classes.some((kind) => error instanceof kind)) return true;
  const onPurpose = /^(fetch failed|terminated)$| (must be|must have|is malformed|is not defined|is not an array|in meta)\b/;
  return error instanceof TypeError && error.code === undefined && onPurpose.test(error.message);
}

/** Reads the arguments of the protocol; throws if they are wrong. */
function parse(words) {
  const { values: options, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      "metadata-dir": { type: "string" },
      "metadata-url": { type: "string" },
      "target-name": { type: "string", multiple: true },
      "target-base-url": { type: "string" },
      "target-dir": { type: "string" },
    },
  });
  const [name, ...rest] = positionals;
  if (!Object.hasOwn(COMMANDS, name ?? "")) throw new Error("expected a command: init, refresh or download");
  const command = COMMANDS[name];
  if (rest.length !== command.words) throw new Error(`${name} takes ${command.words} argument(s)`);
  for (const option of ["metadata-dir", ...command.needed]) {
    if (options[option] === undefined) throw new Error(`${name} needs --${option}`);
  }
  return { command, options, rest };
}

async function main() {
  let call;
  try {
    call = parse(process.argv.slice(2));
  } catch (error) {
    console.error(error.message);
    return USAGE;
  }
  process.env.DEBUG ??= "tuf:*";
  let tuf;
  try {
    const { Updater } = await import("tuf-js");
    const errors = await import("tuf-js/dist/error.js");
    const modelErrors = await import("@tufjs/models/dist/error.js");
    tuf = { Updater, errors, modelErrors };
    await call.command.run(tuf, call.options, call.rest);
  } catch (error) {
    console.error(error);
    return tuf !== undefined && isRefusal(tuf, error) ? REFUSED : BROKEN;
  }
  return 0;
}

process.on("uncaughtException", (error) => {
  console.error(error);
  process.exit(BROKEN);
});
process.exitCode = await main();
