// A client under test: tuf-js behind the session protocol. An exception that nobody catches ends it with status 1.

import { createRequire } from "node:module";

process.env.DEBUG ??= "tuf:*"; // tuf-js looks at it when it is loaded.
const operations = await import("./operations.mjs");

const homepage = "https://github.com/theupdateframework/tuf-js";
const { version } = createRequire(import.meta.url)("tuf-js/package.json");
const features = `artifact-cache consistent-snapshots consistent-snapshots:off delegations hash:sha512 hashed-bins
  metapath-hashes tap15 threshold`.split(/\s+/);
const identity = { protocol: 1, name: "tuf-js", version, language: "JavaScript", dialect: "default", clock: true };
Object.assign(identity, { homepage, issue_tracker: `${homepage}/issues` });
Object.assign(identity, { features, key_types: ["ecdsa", "ed25519", "rsa"] });
const SETTLED = { __proto__: null, initialize: identity, shutdown: {} };

/** The params of each method, and what those have to be that are not strings. */
const PLACE = ["now", "metadata_dir", "targets_dir", "metadata_url", "targets_url"];
const METHODS = { __proto__: null, initialize: ["protocol"], shutdown: [], refresh: PLACE };
Object.assign(METHODS, { trust: [...PLACE, "root"], download: [...PLACE, "targets"] });
const isString = (value) => typeof value === "string";
const CHECKS = {
  now: (value) => /^[\d-]{10}T[\d:]{8}Z$/.test(value) && !isNaN(new Date(value)),
  protocol: Number.isInteger,
  targets: (values) => Array.isArray(values) && values.every(isString),
};

/** The result that a request has. */
async function answer(method, params) {
  if (method in SETTLED) return SETTLED[method];
  try {
    await operations[method](params);
  } catch (error) {
    console.error(error);
    const text = `${error.constructor.name}: ${error.message}${error.cause ? `, because of ${error.cause}` : ""}`;
    // Messages can repeat what a repository served: not all of it, and no halves of surrogate pairs.
    const message = text.slice(0, 2000).toWellFormed();
    if (!operations.isRefusal(error)) return { outcome: "error", message };
    return { outcome: "rejected", reason: operations.reason(error), message };
  }
  return { outcome: "accepted" };
}

/** The response to a line. */
async function respond(line) {
  const response = { jsonrpc: "2.0", id: null };
  let request, code = -32700; // What it means if the next step fails.
  try {
    request = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(line));
    code = -32600;
    response.id = request.id ?? null;
    if (request.jsonrpc !== "2.0" || !isString(request.method)) throw new Error("this is no request of JSON-RPC 2.0");
    code = -32601;
    const names = METHODS[request.method];
    if (names === undefined) throw new Error("unknown method");
    code = -32602;
    const wrong = names.find((name) => !(CHECKS[name] ?? isString)(request.params[name]));
    if (wrong !== undefined) throw new Error(`\`${wrong}\` is missing or not what it has to be`);
  } catch (error) {
    return { ...response, error: { code, message: error.message } };
  }
  return { ...response, result: await answer(request.method, request.params) };
}

let rest = Buffer.alloc(0);
for await (const chunk of process.stdin) {
  rest = Buffer.concat([rest, chunk]);
  for (let end; (end = rest.indexOf("\n")) >= 0; rest = rest.subarray(end + 1)) {
    const response = await respond(rest.subarray(0, end));
    await new Promise((written) => process.stdout.write(`${JSON.stringify(response)}\n`, written));
    if (response.result === SETTLED.shutdown) process.exit();
  }
}
process.exit();
