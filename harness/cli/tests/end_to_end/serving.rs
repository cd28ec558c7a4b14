//! `serve`: a scenario for a client that is run by hand.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Stdio};

use serde_json::Value;

use crate::program::command;

/// A scenario that is being served, and the person at the keyboard.
struct Served {
    program: Child,
    output: BufReader<ChildStdout>,
}

impl Served {
    fn start(id: &str) -> Self {
        let mut program = command(&["serve", id]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let output = BufReader::new(program.stdout.take().unwrap());
        Self { program, output }
    }

    /// Reads up to and with the line that contains a text.
    fn read_until(&mut self, text: &str) -> String {
        let mut read = String::new();
        loop {
            let before = read.len();
            assert!(self.output.read_line(&mut read).unwrap() > 0, "{text} was never said:\n{read}");
            if read[before..].contains(text) {
                return read;
            }
        }
    }

    fn press_enter(&mut self) {
        self.program.stdin.as_mut().unwrap().write_all(b"\n").unwrap();
    }
}

fn get(url: &str, file: &str) -> String {
    let (host, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET /{path}/{file} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

fn timestamp_version(url: &str) -> u64 {
    let answer = get(url, "timestamp.json");
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    let value: Value = serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap();
    value["signed"]["version"].as_u64().unwrap()
}

#[test]
fn each_state_is_served_until_enter_is_pressed_and_requests_are_shown() {
    let mut served = Served::start("rollback/timestamp-replay");
    let head = served.read_until("press Enter");
    let url = head.lines().find_map(|line| line.strip_prefix("metadata: ")).unwrap().to_owned();
    assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    assert!(head.contains("2. client: refresh"), "{head}");
    assert_eq!(timestamp_version(&url), 2);
    assert!(get(&url, "9.root.json").starts_with("HTTP/1.1 404 "));

    served.press_enter();
    let middle = served.read_until("press Enter");
    assert!(middle.contains("timestamp.json -> 200\n") && middle.contains("9.root.json -> 404\n"), "{middle}");
    assert!(middle.contains("3. attack: replay timestamp (version 1)"), "{middle}");
    assert_eq!(timestamp_version(&url), 1);

    served.press_enter();
    served.read_until("timestamp.json -> 200");
    assert_eq!(served.program.wait().unwrap().code(), Some(0));
}

#[test]
fn the_end_of_input_ends_it() {
    let mut served = Served::start("rollback/timestamp-replay");
    served.read_until("press Enter");
    drop(served.program.stdin.take());
    assert_eq!(served.program.wait().unwrap().code(), Some(0));
}
