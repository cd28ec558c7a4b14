// A client under test: tuf-js behind the command-line protocol.
//
// Exit status: 0 if the client did what it was told; 1 if it refused on purpose; 2 for wrong arguments; 3 for everything
// else. A crash or a broken installation must never look like a refusal: Node itself ends with status 1 after an
// exception that nobody catches.

import { parseArgs } from "node:util";

const REFUSED = 1;
const USAGE = 2;
const BROKEN = 3;

/** The commands of the protocol: what does them, and the options that each needs beside `--metadata-dir`. */
const COMMANDS = {
  init: ["trust"],
  refresh: ["refresh", "metadata-url"],
  download: ["download", "metadata-url", "target-name", "target-base-url", "target-dir"],
};

/** Reads the arguments of the protocol; throws if they are wrong. */
function parse(args) {
  const { values: options, positionals } = parseArgs({
    args,
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
  const words = name === "init" ? 1 : 0;
  if (rest.length !== words) throw new Error(`${name} takes ${words} argument(s)`);
  const [operation, ...needed] = COMMANDS[name];
  for (const option of ["metadata-dir", ...needed]) {
    if (options[option] === undefined) throw new Error(`${name} needs --${option}`);
  }
  const params = {
    metadata_dir: options["metadata-dir"],
    // `init` has no URL to give, and fetches nothing.
    metadata_url: options["metadata-url"] ?? "http://127.0.0.1/",
    targets_dir: options["target-dir"],
    targets_url: options["target-base-url"],
    targets: options["target-name"],
    root: rest[0],
  };
  return { operation, params };
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
  let operations;
  try {
    operations = await import("./operations.mjs");
    await operations[call.operation](call.params);
  } catch (error) {
    console.error(error);
    return operations?.isRefusal(error) ? REFUSED : BROKEN;
  }
  return 0;
}

process.on("uncaughtException", (error) => {
  console.error(error);
  process.exit(BROKEN);
});
process.exitCode = await main();
