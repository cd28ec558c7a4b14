//! The lines of the session protocol: each request goes to the client, and each answer back.

use std::ffi::{CStr, CString};
use std::io::{BufRead, Read, Write};
use std::str;

use serde::Deserialize;

use crate::failure::{Failure, Flaw};

/// The most bytes of a request or an answer, without the line break.
pub(crate) const LONGEST: usize = 1 << 20;

/// The most bytes of a request that are shown.
const SHOWN: usize = 200;

/// Carries requests and answers until `shutdown` was answered or there are no more requests.
///
/// Nothing that breaks the rules is repaired: who wrote it should hear of it.
pub(crate) fn serve(
    mut requests: impl BufRead,
    mut answers: impl Write,
    mut call: impl FnMut(&CStr) -> Option<Vec<u8>>,
) -> Result<(), Failure> {
    while let Some(request) = read(&mut requests)? {
        let mut answer = call(&request).ok_or_else(|| Failure::NoAnswer(beginning(&request)))?;
        check(&answer).map_err(Failure::Answer)?;
        answer.push(b'\n');
        answers.write_all(&answer).and_then(|()| answers.flush()).map_err(Failure::Channel)?;
        if is_shutdown(&request) {
            break;
        }
    }
    Ok(())
}

/// The next request, if there is one. The last may lack its line break.
fn read(requests: &mut impl BufRead) -> Result<Option<CString>, Failure> {
    let mut line = Vec::new();
    let limit = LONGEST as u64 + 1;
    let length = Read::take(requests, limit).read_until(b'\n', &mut line).map_err(Failure::Channel)?;
    if length == 0 {
        return Ok(None);
    }
    line.pop_if(|last| *last == b'\n');
    check(&line).map_err(Failure::Request)?;
    CString::new(line).map(Some).map_err(|_| Failure::Request(Flaw::Nul))
}

fn check(line: &[u8]) -> Result<(), Flaw> {
    if line.len() > LONGEST {
        Err(Flaw::Long)
    } else if line.contains(&b'\n') {
        Err(Flaw::LineBreak)
    } else if str::from_utf8(line).is_err() {
        Err(Flaw::NotUtf8)
    } else {
        Ok(())
    }
}

/// Whether this request ends the session. What is no request does not: the client will say so.
fn is_shutdown(request: &CStr) -> bool {
    #[derive(Deserialize)]
    struct Request {
        method: String,
    }
    serde_json::from_slice::<Request>(request.to_bytes()).is_ok_and(|request| request.method == "shutdown")
}

fn beginning(request: &CStr) -> String {
    let bytes = request.to_bytes();
    let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(SHOWN)]);
    let more = if bytes.len() > SHOWN { "…" } else { "" };
    format!("{}{more}", shown.escape_debug())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is written for these requests by a client that answers each with itself, and how it ends.
    fn echoed(requests: &[u8]) -> (Vec<u8>, Result<(), Failure>) {
        let mut answers = Vec::new();
        let end = serve(requests, &mut answers, |request| Some(request.to_bytes().to_vec()));
        (answers, end)
    }

    fn answered(answer: &[u8]) -> Flaw {
        match serve(b"{}\n".as_slice(), Vec::new(), |_| Some(answer.to_vec())) {
            Err(Failure::Answer(flaw)) => flaw,
            end => panic!("{end:?}"),
        }
    }

    fn asked(request: &[u8]) -> Flaw {
        match echoed(request) {
            (answers, Err(Failure::Request(flaw))) if answers.is_empty() => flaw,
            end => panic!("{end:?}"),
        }
    }

    #[test]
    fn each_request_is_answered_until_the_input_ends() {
        let (answers, end) = echoed(b"{\"method\":\"refresh\"}\nno JSON\n\n\xc3\xa9");
        assert_eq!(answers, b"{\"method\":\"refresh\"}\nno JSON\n\n\xc3\xa9\n");
        end.unwrap();
    }

    #[test]
    fn nothing_is_read_after_shutdown() {
        let (answers, end) = echoed(b"{\"id\":1,\"method\":\"shutdown\"}\n{\"method\":\"refresh\"}\n");
        assert_eq!(answers, b"{\"id\":1,\"method\":\"shutdown\"}\n");
        end.unwrap();
    }

    #[test]
    fn the_longest_line_passes_and_a_longer_one_does_not() {
        let longest = vec![b'x'; LONGEST];
        let line = |bytes: &[u8]| [bytes, b"\n"].concat();
        assert_eq!(echoed(&line(&longest)).0, line(&longest));
        let longer = [longest, b"x".to_vec()].concat();
        assert_eq!(asked(&line(&longer)), Flaw::Long);
        assert_eq!(answered(&longer), Flaw::Long);
    }

    #[test]
    fn what_is_no_line_of_text_is_not_repaired() {
        assert_eq!(asked(b"\xff\n"), Flaw::NotUtf8);
        assert_eq!(asked(b"a\0b\n"), Flaw::Nul);
        assert_eq!(answered(b"\xff"), Flaw::NotUtf8);
        assert_eq!(answered(b"{}\n"), Flaw::LineBreak);
    }

    #[test]
    fn the_request_without_an_answer_is_shown() {
        let request = format!("{{\"method\":\"{}\"}}\n", "x".repeat(SHOWN));
        let end = serve(request.as_bytes(), Vec::new(), |_| None).unwrap_err();
        assert!(end.to_string().ends_with("xxx…"), "{end}");
        assert_eq!(end.status(), 3);
    }
}
