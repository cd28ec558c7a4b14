//! Taking what a server sends, be it hostile: bounds on bytes and on time, encodings, redirects.

use std::io::Read;
use std::time::Duration;

use flate2::read::MultiGzDecoder;
use suite::observation::Area;

use crate::fault::{Fault, FaultSet};
use crate::transport::{FetchError, Place, Response, Transport};

/// How many redirects are followed for one file.
const REDIRECTS: usize = 3;

/// As many redirects, or attempts, as a client makes that has no bound on them. Somewhere even this has to end.
const UNBOUNDED: usize = 500;

/// How long an answer may take before its rate counts.
const GRACE: Duration = Duration::from_secs(2);

/// The bytes per second that an answer must bring from then on.
const LOWEST_RATE: u64 = 1000;

/// How long a client waits that has no patience.
const NO_PATIENCE: Duration = Duration::from_millis(100);

/// How much longer than its content compressed data can be, beside a hundredth of it.
const ENCODING_OVERHEAD: u64 = 1 << 10;

/// Fetches a file of at most `limit` bytes.
pub(crate) fn fetch(
    transport: &impl Transport,
    area: Area,
    path: &str,
    limit: u64,
    faults: FaultSet,
) -> Result<Vec<u8>, FetchError> {
    let attempts = if faults.has(Fault::RetryWithoutEnd) { UNBOUNDED } else { 1 };
    let mut outcome = attempt(transport, area, path, limit, faults);
    for _ in 1..attempts {
        if !matches!(outcome, Err(FetchError::Status(_) | FetchError::Broken { .. } | FetchError::Failed(_))) {
            break;
        }
        outcome = attempt(transport, area, path, limit, faults);
    }
    outcome
}

/// Asks once, and follows redirects within the repository.
fn attempt(
    transport: &impl Transport,
    area: Area,
    path: &str,
    limit: u64,
    faults: FaultSet,
) -> Result<Vec<u8>, FetchError> {
    let redirects = if faults.has(Fault::FollowRedirectsWithoutEnd) { UNBOUNDED } else { REDIRECTS };
    let mut place = Place::File(area, path);
    for _ in 0..=redirects {
        let mut response =
            transport.ask(&place).map_err(|message| FetchError::Broken { message, received: Vec::new() })?;
        match response.status {
            200 => {
                let is_redirected = matches!(place, Place::Elsewhere(_));
                let unlimited = is_redirected && faults.has(Fault::RedirectedWithoutLimit);
                return receive(response, if unlimited { u64::MAX } else { limit }, faults);
            }
            301 | 302 | 303 | 307 | 308 => match response.redirect {
                Some(redirect) if !redirect.is_away => place = Place::Elsewhere(redirect.to),
                _ => return Err(FetchError::Failed("the server redirects to another host".to_owned())),
            },
            403 if faults.has(Fault::ForbiddenRootIsFatal) => return Err(FetchError::Status(403)),
            status => {
                if faults.has(Fault::ReadErrorPages) {
                    // How that ends does not matter to such a client either.
                    let _ = std::io::copy(&mut response.body, &mut std::io::sink());
                }
                return Err(if matches!(status, 403 | 404) {
                    FetchError::NotFound
                } else {
                    FetchError::Status(status)
                });
            }
        }
    }
    Err(FetchError::Failed("the server redirects too often".to_owned()))
}

/// Takes a body, decoded, as far as the bounds allow.
fn receive(response: Response, limit: u64, faults: FaultSet) -> Result<Vec<u8>, FetchError> {
    if response.encoding.is_none() && response.length.is_some_and(|length| length > limit) {
        return Err(FetchError::TooLong);
    }
    let limit = if faults.has(Fault::LimitByStatedLength) { u64::MAX } else { limit };
    let elapsed = response.elapsed;
    match response.encoding.as_deref().filter(|_| !faults.has(Fault::IgnoreEncoding)) {
        None | Some("identity") => read(response.body, limit, elapsed.as_ref(), faults),
        Some("gzip" | "x-gzip") => {
            // Data can be compressed to nothing but not blown up: what is longer than its content is no honest file.
            let encoded = limit.saturating_add(limit / 100).saturating_add(ENCODING_OVERHEAD);
            let decoded = if faults.has(Fault::DecodeWithoutLimit) { u64::MAX } else { limit };
            read(MultiGzDecoder::new(response.body.take(encoded)), decoded, elapsed.as_ref(), faults)
        }
        Some(other) => Err(FetchError::Failed(format!("the encoding {other:?} is not supported"))),
    }
}

fn read(
    mut body: impl Read,
    limit: u64,
    elapsed: &dyn Fn() -> Duration,
    faults: FaultSet,
) -> Result<Vec<u8>, FetchError> {
    let (mut received, mut buffer) = (Vec::new(), [0; 16 << 10]);
    loop {
        let length = match body.read(&mut buffer) {
            Ok(0) => return Ok(received),
            Ok(length) => length,
            Err(error) => return Err(FetchError::Broken { message: error.to_string(), received }),
        };
        received.extend_from_slice(&buffer[..length]);
        if received.len() as u64 > limit {
            return Err(FetchError::TooLong);
        }
        let time = elapsed();
        let is_slow = time > GRACE && (received.len() as u64) < time.as_secs().saturating_mul(LOWEST_RATE);
        if is_slow && !faults.has(Fault::WaitWithoutEnd) || time > NO_PATIENCE && faults.has(Fault::NoPatience) {
            return Err(FetchError::Failed("the server is too slow".to_owned()));
        }
    }
}
