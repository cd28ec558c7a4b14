//! Plays scenarios against one of the programs and looks what is left of it.
#![allow(dead_code, reason = "no test needs all of it")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::{Duration, Instant};

use adapter::{Adapter, BuiltIn, ClientInfo, ProcessAdapter, ProgramOptions, SessionAdapter, Trace, Transport};
use judge::ScenarioResult;
use reference::FaultSet;
use runner::{Options, Venue};
use server::Server;
use suite::{Suite, Variant};

/// What is played, in this order. None of them sets the clock: over the command-line protocol a client has its own.
pub const SCENARIOS: [&str; 3] = ["honest/first-refresh", "rollback/timestamp-replay", "honest/no-change"];

/// A deadline that is not meant to be reached.
pub const PLENTY: Duration = Duration::from_mins(1);

pub static SUITE: LazyLock<Suite> = LazyLock::new(|| Suite::embedded().unwrap());

/// What came of it.
pub struct Played {
    pub results: Vec<ScenarioResult>,
    pub elapsed: Duration,
    /// How many bytes the client says that it wrote.
    pub written: Option<u64>,
    /// What was said to the client and what it answered.
    pub trace: Vec<String>,
}

/// The scenarios with these ids.
pub fn scenarios(ids: &[&str]) -> Vec<&'static Variant> {
    let find = |id: &&str| SUITE.variants().find(|variant| variant.id.as_str() == *id).unwrap();
    ids.iter().map(find).collect()
}

/// How a program is run, with its mark in this folder.
pub fn program(name: &str, folder: &Path, trace: Trace) -> ProgramOptions {
    let mut options = ProgramOptions::new(Path::new(env!("CARGO_BIN_EXE_behaves-well")).with_file_name(name));
    options.arguments = vec![folder.join("mark").to_str().unwrap().to_owned()];
    options.deadline = PLENTY;
    options.trace = trace;
    options
}

/// Plays the usual scenarios one after the other, and looks whether anything is left of the client.
pub fn play(name: &str, transport: Transport, change: impl FnOnce(&mut ProgramOptions)) -> Played {
    let folder = tempfile::tempdir().unwrap();
    let trace: Arc<Mutex<Vec<String>>> = Arc::default();
    let heard = Arc::clone(&trace);
    let mut options = program(name, folder.path(), Trace::new(move |line| heard.lock().unwrap().push(line.to_owned())));
    change(&mut options);
    let started = Instant::now();
    let results = run(adapter(options, transport).as_ref(), &scenarios(&SCENARIOS), 1, None);
    let elapsed = started.elapsed();
    let trace = std::mem::take(&mut *trace.lock().unwrap());
    assert_nothing_is_left(name, folder.path(), &trace);
    let notes = fs::read_to_string(folder.path().join("mark.written")).ok();
    let written = notes.map(|notes| notes.lines().last().unwrap().parse().unwrap());
    Played { results, elapsed, written, trace }
}

fn adapter(options: ProgramOptions, transport: Transport) -> Box<dyn Adapter> {
    if transport == Transport::Session {
        return Box::new(SessionAdapter::new(options, transport).unwrap());
    }
    let info = ClientInfo::of_program("broken", SUITE.register.default_features(), transport);
    Box::new(ProcessAdapter::new(options, info).unwrap())
}

/// Plays scenarios.
pub fn run(client: &dyn Adapter, variants: &[&Variant], jobs: usize, shuffle: Option<u64>) -> Vec<ScenarioResult> {
    let server = Server::start().unwrap();
    let referee = BuiltIn::new(&SUITE.register, FaultSet::empty()).direct();
    let options = Options {
        dialect: SUITE.dialect("default").unwrap(),
        register: &SUITE.register,
        venue: Venue::Http(&server),
        referee: Some(&referee),
        jobs,
        dared: &runner::NONE,
        timelines: None,
        give_up_after: 3,
        shuffle,
    };
    runner::run(variants, client, options, &|_| ())
}

/// Looks for processes and folders of a client that has been dropped.
pub fn assert_nothing_is_left(name: &str, folder: &Path, trace: &[String]) {
    let processes = fs::read_to_string(folder.join("mark.processes")).unwrap();
    let left: Vec<_> = processes.lines().filter(|id| is_running(id, name)).collect();
    assert!(left.is_empty(), "still there: {left:?}");
    let folders = folders(trace);
    assert!(!folders.is_empty(), "no folder is named in {trace:#?}");
    for path in folders {
        assert!(!path.exists(), "still there: {}", path.display());
    }
}

/// Whether a process is there and is, or was until it ended, this program.
fn is_running(id: &str, name: &str) -> bool {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    // The system keeps only the start of the name.
    stat.contains(&format!("({})", &name[..name.len().min(15)]))
}

/// The temporary folders that are named somewhere.
fn folders(trace: &[String]) -> BTreeSet<PathBuf> {
    let top = std::env::temp_dir().join("tuf-cookbook-");
    let top = top.to_str().unwrap();
    let names = trace.iter().flat_map(|line| line.match_indices(top).map(|(start, _)| &line[start..]));
    let is_end = |c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_');
    names
        .map(|rest| {
            let end = rest[top.len()..].find(is_end).map_or(rest.len(), |end| top.len() + end);
            PathBuf::from(&rest[..end])
        })
        .collect()
}
