//! The steps in which a client is tried.

use super::stage::{Stage, State, accepted, rejected, version};

/// A step.
pub struct Step {
    /// What the client has to do.
    pub title: &'static str,
    /// Where to look if it does not.
    pub hint: &'static str,
    /// Tries it; what went wrong.
    pub run: fn(&mut Stage<'_>) -> Result<(), String>,
}

/// The file that the repository has.
const TARGET: &str = "greeting.txt";

/// What is in it.
const CONTENT: &[u8] = b"hello";

/// All steps, in order.
pub const STEPS: [Step; 12] = [
    Step {
        title: "starts, and says who it is and what it can do",
        hint: "answer `initialize` on one line of standard output, and flush it; log to standard error",
        run: |stage| stage.introduce(),
    },
    Step {
        title: "trusts a root without asking the repository",
        hint: "`trust` checks and stores the file in `root`; it fetches nothing",
        run: |stage| {
            stage.show(State::First);
            let (at, root) = (stage.endpoint(), stage.root());
            accepted(&stage.client()?.trust(&at, &root).outcome)?;
            match stage.requests().as_slice() {
                [] => Ok(()),
                [first, ..] => Err(format!("it asked for {}", first.path)),
            }
        },
    },
    Step {
        title: "keeps it as root.json in its store",
        hint: "store metadata as ROLE.json in `metadata_dir` (`--metadata-dir`), without a version in the name",
        run: |stage| match version(&stage.client()?.store()?, "root")? {
            1 => Ok(()),
            other => Err(format!("root.json has version {other}, expected 1")),
        },
    },
    Step {
        title: "refreshes its metadata from the repository",
        hint: "`refresh` follows sections 5.3 to 5.6, from `metadata_url` and the root in the store",
        run: |stage| {
            stage.show(State::First);
            let at = stage.endpoint();
            accepted(&stage.client()?.refresh(&at).outcome)?;
            let requests = stage.requests();
            let asked = |name: &str| requests.iter().any(|request| request.path == name);
            match ["2.root.json", "timestamp.json"].into_iter().find(|name| !asked(name)) {
                None => Ok(()),
                Some(name) => Err(format!("it accepted, but never asked for {name}")),
            }
        },
    },
    Step {
        title: "keeps the four top-level roles in its store",
        hint: "store timestamp.json, snapshot.json and targets.json beside root.json, each once it is verified",
        run: |stage| {
            let store = stage.client()?.store()?;
            ["root", "timestamp", "snapshot", "targets"].iter().try_for_each(|role| version(&store, role).map(drop))
        },
    },
    Step {
        title: "refreshes again when nothing is new",
        hint: "make a new updater for each request; that the timestamp is the one it has already is no error (5.4.3.1)",
        run: |stage| {
            let at = stage.endpoint();
            accepted(&stage.client()?.refresh(&at).outcome)
        },
    },
    Step {
        title: "follows the repository to a new version",
        hint: "look for answers from a cache: the URLs stay the same, and what they lead to changes",
        run: |stage| {
            stage.show(State::Second);
            let at = stage.endpoint();
            accepted(&stage.client()?.refresh(&at).outcome)?;
            match version(&stage.client()?.store()?, "targets")? {
                2 => Ok(()),
                other => Err(format!("targets.json has version {other}, expected 2")),
            }
        },
    },
    Step {
        title: "downloads a target",
        hint: "`download` refreshes, then fetches from `targets_url` into `targets_dir`, under any name",
        run: |stage| {
            stage.show(State::Second);
            let at = stage.endpoint();
            accepted(&stage.client()?.download(&at, &[TARGET.to_owned()]).outcome)?;
            let store = stage.client()?.store()?;
            if store.targets.values().any(|content| content == CONTENT) {
                return Ok(());
            }
            Err(format!("no file in targets_dir has the content of {TARGET}; there are {} files", store.targets.len()))
        },
    },
    Step {
        title: "rejects a timestamp that nobody signed, and keeps what it had",
        hint: "answer `rejected` (exit with status 1) for what the client refuses on purpose, and `error` for the rest",
        run: |stage| {
            stage.show(State::Unsigned);
            let at = stage.endpoint();
            rejected(&stage.client()?.refresh(&at).outcome)?;
            version(&stage.client()?.store()?, "timestamp").map(drop)
        },
    },
    Step {
        title: "rejects a timestamp that has expired",
        hint: "if `clock` is true, the time of the client has to be `now`; if it cannot be set, answer `initialize` so",
        run: |stage| {
            let at = if stage.has_clock() {
                stage.show(State::Second);
                stage.endpoint_later()?
            } else {
                stage.show(State::Expired);
                stage.endpoint()
            };
            rejected(&stage.client()?.refresh(&at).outcome)
        },
    },
    Step {
        title: "works with another store, and remembers nothing of the first",
        hint: "keep nothing in memory from one request to the next: what a client knows is in its store",
        run: |stage| {
            stage.show(State::First);
            let (at, root) = (stage.endpoint(), stage.root());
            let mut other = stage.start()?;
            accepted(&other.trust(&at, &root).outcome)?;
            accepted(&other.refresh(&at).outcome)?;
            match version(&other.store()?, "targets")? {
                1 => Ok(()),
                other => Err(format!("targets.json has version {other}, but the repository has 1")),
            }
        },
    },
    Step {
        title: "ends when it is told to, and starts again",
        hint: "answer `shutdown` with {}, exit with status 0, and leave nothing behind that keeps it from starting",
        run: |stage| {
            stage.end();
            stage.introduce()
        },
    },
];
