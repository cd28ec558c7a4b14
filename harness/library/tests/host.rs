//! The host as a process, with libraries that behave well, badly and with malice.
//!
//! Those in C are compiled here, by the C compiler that a Rust toolchain links with. Those in Rust are the examples.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::io::{Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

const HOST: &str = env!("CARGO_BIN_EXE_library-host");
const HERE: &str = env!("CARGO_MANIFEST_DIR");

const REFRESH: &str = r#"{"jsonrpc":"2.0","id":1,"method":"refresh","params":{}}"#;
const SHUTDOWN: &str = r#"{"jsonrpc":"2.0","id":2,"method":"shutdown","params":{}}"#;

const SEGMENTATION_FAULT: End = End::Signal(11);
const ABORT: End = End::Signal(6);

/// How a host ended.
#[derive(Debug, PartialEq, Eq)]
enum End {
    Status(i32),
    Signal(i32),
}

/// What a host did with some requests.
#[derive(Debug)]
struct Seen {
    answers: Vec<String>,
    messages: String,
    end: End,
}

impl Seen {
    /// Compares the answers and the end, and looks for a part of the messages.
    #[track_caller]
    fn check(&self, answers: &[&str], end: &End, message: &str) {
        assert_eq!(self.answers, answers, "{self:#?}");
        assert_eq!(self.end, *end, "{self:#?}");
        assert!(self.messages.contains(message), "{message:?} is missing: {self:#?}");
    }
}

/// Compiles the library of this name.
fn compile(folder: &TempDir, name: &str) -> PathBuf {
    let library = folder.path().join(format!("lib{name}.so"));
    let mut compiler = Command::new("cc");
    compiler.args(["-std=c11", "-D_DEFAULT_SOURCE", "-Wall", "-Wextra", "-Werror", "-fPIC", "-shared", "-I", HERE]);
    compiler.arg("-o").arg(&library).arg(format!("{HERE}/tests/libraries/{name}.c"));
    let output = compiler.output().expect("cc is needed, as it is to link Rust");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    library
}

fn start(library: &Path) -> Child {
    let mut host = Command::new(HOST);
    host.arg(library).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Gives these requests to a host with this library, and then the end of input.
fn load(library: &Path, requests: &[&str]) -> Seen {
    let mut host = start(library);
    let mut input = host.stdin.take().unwrap();
    // A host that ends early does not read them all.
    let _ = requests.iter().try_for_each(|request| writeln!(input, "{request}"));
    drop(input);
    let output = host.wait_with_output().unwrap();
    let (code, signal) = (output.status.code(), output.status.signal());
    Seen {
        answers: String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect(),
        messages: String::from_utf8(output.stderr).unwrap(),
        end: code.map(End::Status).or(signal.map(End::Signal)).unwrap(),
    }
}

fn play(name: &str, requests: &[&str]) -> Seen {
    let folder = tempfile::tempdir().unwrap();
    load(&compile(&folder, name), requests)
}

/// The library of an example in Rust.
fn example(name: &str) -> PathBuf {
    let library = format!("examples/{}{name}{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let library = Path::new(HOST).with_file_name(library);
    assert!(library.exists(), "the examples are not built by `cargo test --test host`, but by `cargo test`");
    library
}

#[test]
fn requests_and_answers_pass_through_until_shutdown() {
    let seen = play("echoes", &[REFRESH, "\"é\"", SHUTDOWN, REFRESH]);
    seen.check(&[REFRESH, "\"é\"", SHUTDOWN], &End::Status(0), "freed after 3 answers");
    assert_eq!(seen.messages.matches("released").count(), 3);
}

#[test]
fn the_end_of_input_ends_the_client() {
    play("echoes", &[]).check(&[], &End::Status(0), "freed after 0 answers");
    play("echoes", &[REFRESH]).check(&[REFRESH], &End::Status(0), "freed after 1 answers");
}

#[test]
fn a_request_that_cannot_be_passed_on_is_not() {
    let seen = play("echoes", &["\0"]);
    seen.check(&[], &End::Status(2), "library-host: a request is not one text: it has a NUL");
}

#[test]
fn a_crash_is_a_signal() {
    play("segfaults", &[REFRESH]).check(&[], &SEGMENTATION_FAULT, "");
    play("segfaults-on-loading", &[REFRESH]).check(&[], &SEGMENTATION_FAULT, "");
    play("aborts", &[REFRESH]).check(&[], &ABORT, "");
}

#[test]
fn a_panic_is_a_signal_whether_it_is_let_out_or_not() {
    load(&example("panics"), &[REFRESH]).check(&[], &ABORT, "a client panics");
    load(&example("unwinds"), &[REFRESH]).check(&[], &ABORT, "a client unwinds");
}

#[test]
fn a_library_may_end_the_process_without_an_answer() {
    play("exits", &[REFRESH]).check(&[], &End::Status(0), "");
}

#[test]
fn a_library_that_does_not_answer_keeps_the_host_waiting() {
    let folder = tempfile::tempdir().unwrap();
    let mut host = start(&compile(&folder, "loops-for-ever"));
    writeln!(host.stdin.take().unwrap(), "{REFRESH}").unwrap();
    let mut output = host.stdout.take().unwrap();
    let (ended, end) = mpsc::channel();
    thread::spawn(move || ended.send(output.read(&mut [0])));
    assert!(end.recv_timeout(Duration::from_millis(500)).is_err(), "it answers, or closes its output");
    assert_eq!(host.try_wait().unwrap(), None);
    host.kill().unwrap();
    assert_eq!(host.wait().unwrap().signal(), Some(9));
}

#[test]
fn what_a_library_prints_is_no_answer() {
    let seen = play("prints-to-stdout", &[REFRESH, SHUTDOWN]);
    seen.check(&["{}", "{}"], &End::Status(0), "printed by the C library");
    assert_eq!(seen.messages.matches("written to descriptor 1").count(), 2);
}

#[test]
fn a_library_cannot_read_the_next_request() {
    let nothing = "\"nothing to read\"";
    play("reads-stdin", &[REFRESH, SHUTDOWN]).check(&[nothing, nothing], &End::Status(0), "");
}

#[test]
fn an_answer_that_is_no_line_of_text_ends_the_host() {
    let answer = "library-host: tuf_client_call returned an answer that is ";
    for (name, message) in [
        ("answers-with-a-line-break", "not one line: it has a line break"),
        ("answers-with-bytes", "not UTF-8"),
        ("answers-at-length", "longer than 1048576 bytes"),
    ] {
        play(name, &[REFRESH, SHUTDOWN]).check(&[], &End::Status(3), &format!("{answer}{message}"));
    }
    let message = format!("tuf_client_call returned NULL to the request {}", REFRESH.replace('"', "\\\""));
    play("answers-nothing", &[REFRESH]).check(&[], &End::Status(3), &message);
    play("gives-no-client", &[REFRESH]).check(&[], &End::Status(3), "library-host: tuf_client_new returned NULL");
}

#[test]
fn a_library_that_does_not_follow_the_header_is_not_used() {
    let seen = play("lacks-a-function", &[REFRESH]);
    seen.check(&[], &End::Status(2), "does not export the function tuf_client_release");
    play("needs-what-is-missing", &[REFRESH]).check(&[], &End::Status(2), "no_library_has_this");
}

#[test]
fn what_is_no_library_is_not_loaded() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("client.so");
    load(&file, &[]).check(&[], &End::Status(2), "client.so: No such file or directory");
    load(folder.path(), &[]).check(&[], &End::Status(2), "directory");
    for content in ["", "#!/bin/sh\necho this is a program\n"] {
        fs::write(&file, content).unwrap();
        load(&file, &[]).check(&[], &End::Status(2), "client.so: cannot be loaded: ");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_library_for_another_processor_is_told_from_a_missing_one() {
    let folder = tempfile::tempdir().unwrap();
    let library = compile(&folder, "echoes");
    let mut bytes = fs::read(&library).unwrap();
    bytes[18..20].copy_from_slice(&[0xff, 0xff]);
    fs::write(&library, bytes).unwrap();
    load(&library, &[]).check(&[], &End::Status(2), "is for another processor: ");
}

#[test]
fn a_name_without_a_slash_is_a_file_in_this_folder() {
    let folder = tempfile::tempdir().unwrap();
    compile(&folder, "echoes");
    let mut host = Command::new(HOST);
    host.arg("libechoes.so").current_dir(folder.path()).stdin(Stdio::null());
    let output = host.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn one_library_is_asked_for() {
    for arguments in [[].as_slice(), &["one", "two"]] {
        let output = Command::new(HOST).args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(output.stderr, b"usage: library-host PATH\n");
    }
}
