//! What `PROTOCOL.md` shows is what is spoken.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::collections::BTreeSet;

use protocol::{Answer, Introduction, Method, Reason, Reply, Request, Response, schemas};
use serde_json::Value;

const TEXT: &str = include_str!("../PROTOCOL.md");

/// Who wrote a line of the transcript.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Writer {
    Harness,
    Client,
}

/// The lines of the transcript, unfolded.
fn transcript() -> Vec<(Writer, String)> {
    let (_, rest) = TEXT.split_once("## A transcript\n").unwrap();
    let (_, rest) = rest.split_once("```text\n").unwrap();
    let (block, _) = rest.split_once("```\n").unwrap();
    let mut lines: Vec<(Writer, String)> = Vec::new();
    for line in block.lines() {
        if let Some(line) = line.strip_prefix("→ ") {
            lines.push((Writer::Harness, line.to_owned()));
        } else if let Some(line) = line.strip_prefix("← ") {
            lines.push((Writer::Client, line.to_owned()));
        } else {
            let further = line.strip_prefix("   ").unwrap_or_else(|| panic!("what is this: {line}"));
            lines.last_mut().unwrap().1.push_str(further);
        }
    }
    lines
}

fn assert_valid(name: &str, line: &str) {
    let (_, schema) = schemas().into_iter().find(|(file, _)| *file == name).unwrap();
    let value: Value = serde_json::from_str(line).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<_> =
        validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{line}: {errors:#?}");
}

#[test]
fn every_line_of_the_transcript_is_a_message_and_answers_the_one_before() {
    let mut asked: Option<Request> = None;
    let mut shown = Vec::new();
    for (writer, line) in transcript() {
        match (writer, asked.take()) {
            (Writer::Harness, None) => {
                let request = Request::parse(&line).unwrap();
                let method = request.call.method();
                assert_valid(&format!("session/{method}.request.json"), &line);
                let written: Value = serde_json::from_str(&request.to_line().unwrap()).unwrap();
                assert_eq!(written, serde_json::from_str::<Value>(&line).unwrap());
                shown.push(method.name());
                asked = Some(request);
            }
            (Writer::Client, Some(request)) => {
                let method = request.call.method();
                assert_valid(&format!("session/{method}.response.json"), &line);
                let response = Response::parse(line.as_bytes()).unwrap();
                assert_eq!(response.id, Some(request.id), "{line}");
                let Reply::Result(result) = response.reply else { panic!("an error: {line}") };
                match method {
                    Method::Initialize => drop(serde_json::from_value::<Introduction>(result).unwrap()),
                    Method::Shutdown => assert_eq!(result, serde_json::json!({})),
                    Method::Trust | Method::Refresh | Method::Download => {
                        drop(serde_json::from_value::<Answer>(result).unwrap());
                    }
                }
            }
            (writer, asked) => panic!("{writer:?} speaks out of turn after {asked:?}: {line}"),
        }
    }
    assert_eq!(asked, None, "the last request has no answer");
    assert_eq!(shown, Method::ALL.map(Method::name));
}

#[test]
fn every_member_of_every_message_is_explained() {
    let mut names = BTreeSet::new();
    for (_, schema) in schemas() {
        let parts = ["/properties/params", "/properties/result", "/properties/result/oneOf"];
        for part in parts.iter().filter_map(|part| schema.pointer(part)) {
            let objects: Vec<&Value> = part.as_array().map_or_else(|| vec![part], |parts| parts.iter().collect());
            let members = objects.iter().filter_map(|object| object["properties"].as_object());
            names.extend(members.flat_map(|members| members.keys().cloned()));
        }
    }
    assert!(names.len() > 15, "{names:?}");
    for name in names {
        assert!(TEXT.contains(&format!("`{name}`")), "{name}");
    }
}

#[test]
fn every_reason_is_listed() {
    let reasons = [
        Reason::Signature,
        Reason::Version,
        Reason::Expired,
        Reason::Hash,
        Reason::Length,
        Reason::Format,
        Reason::NotFound,
        Reason::UnknownTarget,
    ];
    let listed = reasons.map(|reason| format!("`{reason}`")).join(", ");
    assert!(TEXT.contains(&listed), "{listed}");
}

#[test]
fn it_is_short() {
    assert!(TEXT.lines().count() < 120, "{} lines", TEXT.lines().count());
}
