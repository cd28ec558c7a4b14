//! The message in which a client answers.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::JSON_RPC;

/// JSON-RPC: not JSON.
pub const PARSE_ERROR: i64 = -32_700;
/// JSON-RPC: not a request.
pub const INVALID_REQUEST: i64 = -32_600;
/// JSON-RPC: no such method.
pub const METHOD_NOT_FOUND: i64 = -32_601;
/// JSON-RPC: wrong params.
pub const INVALID_PARAMS: i64 = -32_602;
/// JSON-RPC: the receiver broke.
pub const INTERNAL_ERROR: i64 = -32_603;

/// An answer of a client.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// The number of the request. `None` if the client could not even read that.
    pub id: Option<u64>,
    /// What is answered.
    pub reply: Reply,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// The result of the call.
    Result(Value),
    /// That the request was wrong.
    Error(RpcError),
}

/// That a request was wrong, as JSON-RPC says it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RpcError {
    /// Its kind.
    pub code: i64,
    /// For a person.
    pub message: String,
    /// Anything more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Value>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope {
    jsonrpc: String,
    id: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    result: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    error: Option<RpcError>,
}

/// A member that is there counts as such even if it is null.
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

impl Response {
    /// The line that it is, without the line break.
    ///
    /// # Errors
    /// None that is known: a response holds no map whose keys are not text.
    pub fn to_line(&self) -> serde_json::Result<String> {
        let (result, error) = match self.reply.clone() {
            Reply::Result(result) => (Some(result), None),
            Reply::Error(error) => (None, Some(error)),
        };
        serde_json::to_string(&Envelope { jsonrpc: JSON_RPC.to_owned(), id: self.id, result, error })
    }

    /// Reads a line.
    ///
    /// # Errors
    /// What keeps it from being a response.
    pub fn parse(line: &[u8]) -> Result<Self, String> {
        let text = std::str::from_utf8(line).map_err(|_| "not UTF-8".to_owned())?;
        let value: Value = serde_json::from_str(text).map_err(|error| format!("not JSON: {error}"))?;
        let Envelope { jsonrpc, id, result, error } =
            serde_json::from_value(value).map_err(|error| format!("not a response of JSON-RPC: {error}"))?;
        if jsonrpc != JSON_RPC {
            return Err(format!("not a response of JSON-RPC: `jsonrpc` is not {JSON_RPC:?}"));
        }
        let reply = match (result, error) {
            (Some(result), None) => Reply::Result(result),
            (None, Some(error)) => Reply::Error(error),
            _ => return Err("not a response of JSON-RPC: it needs either `result` or `error`".to_owned()),
        };
        Ok(Self { id, reply })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{Answer, Reason};

    #[test]
    fn every_outcome_reads_back_the_same() {
        for answer in [
            Answer::ACCEPTED,
            Answer::rejected(Some(Reason::NotFound), "no"),
            Answer::Rejected { reason: None, message: None },
            Answer::Unsupported { feature: "tap15".to_owned(), message: None },
            Answer::error("a\nb"),
        ] {
            let reply = Reply::Result(serde_json::to_value(&answer).unwrap());
            let line = Response { id: Some(7), reply }.to_line().unwrap();
            assert!(!line.contains('\n'), "{line}");
            let Reply::Result(result) = Response::parse(line.as_bytes()).unwrap().reply else { panic!("{line}") };
            assert_eq!(serde_json::from_value::<Answer>(result).unwrap(), answer);
        }
    }

    #[test]
    fn an_outcome_with_a_member_that_is_not_its_own_is_refused() {
        for wrong in [
            json!({"outcome": "accepted", "reason": "expired"}),
            json!({"outcome": "unsupported"}),
            json!({"outcome": "error"}),
            json!({"outcome": "passed"}),
            json!({"outcome": "rejected", "reason": "because"}),
        ] {
            assert!(serde_json::from_value::<Answer>(wrong.clone()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_no_response_is_told() {
        let told = |line: &[u8]| Response::parse(line).unwrap_err();
        assert_eq!(told(b"\xff"), "not UTF-8");
        assert!(told(b"{\"jsonrpc\"").starts_with("not JSON: EOF"));
        assert!(told(br#"{"jsonrpc":"2.0","id":1,"result":{},"more":1}"#).contains("unknown field `more`"));
        assert!(told(br#"{"jsonrpc":"2.0","id":"1","result":{}}"#).contains("invalid type"));
        let neither = "not a response of JSON-RPC: it needs either `result` or `error`";
        assert_eq!(told(br#"{"jsonrpc":"2.0","id":1}"#), neither);
        let both = br#"{"jsonrpc":"2.0","id":1,"result":{},"error":{"code":1,"message":""}}"#;
        assert_eq!(told(both), neither);
    }
}
