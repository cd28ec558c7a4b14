//! A client that says of a good request that its params are wrong.

use std::process::ExitCode;

use broken_clients::{Then, misbehave_once};
use protocol::{INVALID_PARAMS, Reply, Response, RpcError};

fn main() -> ExitCode {
    misbehave_once(|moment| {
        let error = RpcError { code: INVALID_PARAMS, message: "`now` is in the future".to_owned(), data: None };
        let response = Response { id: Some(moment.id), reply: Reply::Error(error) };
        moment.write(response.to_line().unwrap_or_default() + "\n");
        Then::Nothing
    })
}
