//! Has a client in Rust speak the protocol.

use std::fs;
use std::io::{self, BufRead, Read, Write};

use serde::Serialize;
use serde_json::{Map, Value};

use crate::call::CallError;
use crate::response::{INTERNAL_ERROR, INVALID_PARAMS, INVALID_REQUEST, METHOD_NOT_FOUND, PARSE_ERROR};
use crate::{Answer, Call, LINE_LIMIT, Reply, Request, RequestError, Response, RpcError, TufClient};

/// Answers requests until `shutdown`, or until there are no more.
///
/// # Errors
/// If a line cannot be read, is longer than [`LINE_LIMIT`], or an answer cannot be written.
pub fn serve(client: &mut dyn TufClient, mut input: impl BufRead, mut output: impl Write) -> io::Result<()> {
    let mut handler = LineHandler::new(client);
    loop {
        let mut line = Vec::new();
        let limit = LINE_LIMIT as u64 + 1;
        if input.by_ref().take(limit).read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        if line.len() > LINE_LIMIT && !line.ends_with(b"\n") {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a request is too long"));
        }
        let answer = handler.answer(&String::from_utf8_lossy(&line));
        writeln!(output, "{answer}")?;
        output.flush()?;
        if handler.is_over() {
            return Ok(());
        }
    }
}

/// Answers requests one by one.
pub struct LineHandler<'a> {
    client: &'a mut dyn TufClient,
    is_over: bool,
}

impl<'a> LineHandler<'a> {
    /// Answers for a client.
    pub fn new(client: &'a mut dyn TufClient) -> Self {
        Self { client, is_over: false }
    }

    /// Whether `shutdown` was answered.
    pub const fn is_over(&self) -> bool {
        self.is_over
    }

    /// The answer to a line, without a line break.
    pub fn answer(&mut self, line: &str) -> String {
        let response = match Request::parse(line) {
            Ok(Request { id, call }) => Response { id: Some(id), reply: self.reply(call) },
            Err(error) => {
                let (id, code) = match &error {
                    RequestError::Json(_) => (None, PARSE_ERROR),
                    RequestError::Form(_) => (None, INVALID_REQUEST),
                    RequestError::Call { id, error: CallError::Method(_) } => (Some(*id), METHOD_NOT_FOUND),
                    RequestError::Call { id, error: CallError::Params { .. } } => (Some(*id), INVALID_PARAMS),
                };
                Response { id, reply: Reply::Error(RpcError { code, message: error.to_string(), data: None }) }
            }
        };
        // What was read from JSON or made of texts can be written as JSON.
        response.to_line().unwrap_or_default()
    }

    fn reply(&mut self, call: Call) -> Reply {
        match call {
            Call::Initialize(_) => result(&self.client.introduction()),
            Call::Trust { place, root } => result(&match fs::read(&root) {
                Ok(root) => self.client.trust(&place, &root),
                Err(error) => Answer::error(format!("{}: {error}", root.display())),
            }),
            Call::Refresh { place } => result(&self.client.refresh(&place)),
            Call::Download { place, targets } => result(&self.client.download(&place, &targets)),
            Call::Shutdown => {
                self.is_over = true;
                Reply::Result(Value::Object(Map::new()))
            }
        }
    }
}

fn result(value: &impl Serialize) -> Reply {
    match serde_json::to_value(value) {
        Ok(value) => Reply::Result(value),
        Err(error) => Reply::Error(RpcError { code: INTERNAL_ERROR, message: error.to_string(), data: None }),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{Introduction, Place, VERSION};

    /// Refuses everything but the root that is a `{`.
    struct Refuser;

    impl TufClient for Refuser {
        fn introduction(&self) -> Introduction {
            let text = || "refuser".to_owned();
            Introduction {
                protocol: VERSION,
                name: text(),
                version: text(),
                language: text(),
                homepage: text(),
                issue_tracker: text(),
                features: BTreeSet::new(),
                key_types: BTreeSet::new(),
                clock: true,
                dialect: "default".to_owned(),
            }
        }

        fn trust(&mut self, _: &Place, root: &[u8]) -> Answer {
            if root == b"{" { Answer::ACCEPTED } else { no() }
        }

        fn refresh(&mut self, _: &Place) -> Answer {
            no()
        }

        fn download(&mut self, _: &Place, targets: &[String]) -> Answer {
            Answer::rejected(None, targets.join(" "))
        }
    }

    fn no() -> Answer {
        Answer::rejected(None, "no")
    }

    const PLACE: &str = r#""now":"2030-03-17T17:46:40Z","metadata_dir":"/m","targets_dir":"/t","metadata_url":"http://127.0.0.1/m","targets_url":"http://127.0.0.1/t""#;

    fn request(id: u64, method: &str, params: &str) -> String {
        format!("{{\"jsonrpc\":\"2.0\",\"id\":{id},\"method\":\"{method}\",\"params\":{{{params}}}}}\n")
    }

    fn served(input: &str) -> Vec<String> {
        let mut output = Vec::new();
        serve(&mut Refuser, input.as_bytes(), &mut output).unwrap();
        String::from_utf8(output).unwrap().lines().map(str::to_owned).collect()
    }

    #[test]
    fn requests_are_answered_in_order_until_the_shutdown() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("root.json");
        fs::write(&root, "{").unwrap();
        let trust = format!("{PLACE},\"root\":{root:?}");
        let input = [
            request(1, "trust", &trust),
            request(2, "trust", &trust.replace("root.json", "gone.json")),
            request(3, "download", &format!("{PLACE},\"targets\":[\"a\",\"b\"]")),
            request(4, "shutdown", ""),
            request(5, "refresh", PLACE),
        ];
        let answers = served(&input.concat());
        let [trusted, lost, refused, over] = answers.as_slice() else { panic!("{answers:?}") };
        assert_eq!(trusted, r#"{"jsonrpc":"2.0","id":1,"result":{"outcome":"accepted"}}"#);
        assert!(lost.contains(r#""outcome":"error""#) && lost.contains("gone.json"), "{lost}");
        assert_eq!(refused, r#"{"jsonrpc":"2.0","id":3,"result":{"message":"a b","outcome":"rejected"}}"#);
        assert_eq!(over, r#"{"jsonrpc":"2.0","id":4,"result":{}}"#);
    }

    #[test]
    fn a_wrong_request_gets_the_error_of_its_kind_and_the_next_is_answered() {
        let input =
            ["garbage\n", "[]\n", &request(1, "dance", ""), &request(2, "refresh", ""), &request(3, "shutdown", "")];
        let answers = served(&input.concat());
        let codes: Vec<_> = answers.iter().map(|line| Response::parse(line.as_bytes()).unwrap()).collect();
        let code = |response: &Response| match &response.reply {
            Reply::Error(error) => (response.id, error.code),
            Reply::Result(_) => (response.id, 0),
        };
        let expected = [(None, -32_700), (None, -32_600), (Some(1), -32_601), (Some(2), -32_602), (Some(3), 0)];
        assert_eq!(codes.iter().map(code).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_request_without_end_is_not_read_to_its_end() {
        let error = serve(&mut Refuser, io::repeat(b' ').take(1 << 40).chain(io::empty()).buffered(), Vec::new());
        assert_eq!(error.unwrap_err().kind(), io::ErrorKind::InvalidData);
    }

    /// `BufRead` around any reader.
    trait Buffered: Read + Sized {
        fn buffered(self) -> io::BufReader<Self> {
            io::BufReader::new(self)
        }
    }

    impl<T: Read> Buffered for T {}
}
