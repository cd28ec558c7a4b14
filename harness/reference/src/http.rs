//! Fetching over plain HTTP: TUF needs no security of the transport (section 1.5.1).

use std::io::Read;
use std::time::Duration;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use suite::observation::Area;
use ureq::Agent;

use crate::transport::{FetchError, Transport};

/// How long one file may take, from the first to the last byte.
const DEADLINE: Duration = Duration::from_secs(20);

/// Everything but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Fetches files over HTTP. It follows no redirect and uses no proxy, so that it talks to nobody but the server that
/// it was told.
#[derive(Debug)]
pub struct HttpTransport {
    agent: Agent,
    metadata_url: String,
    targets_url: String,
}

impl HttpTransport {
    /// A transport for the repository at these base URLs.
    pub fn new(metadata_url: impl Into<String>, targets_url: impl Into<String>) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .timeout_global(Some(DEADLINE))
            .user_agent("tuf-cookbook-reference")
            .build();
        let (metadata_url, targets_url) = (metadata_url.into(), targets_url.into());
        Self { agent: config.into(), metadata_url, targets_url }
    }

    fn url(&self, area: Area, path: &str) -> String {
        match area {
            // Metadata files lie directly below the base URL, whatever their roles are called (section 3.1.2.1).
            Area::Metadata => format!("{}/{}", self.metadata_url.trim_end_matches('/'), encode_segment(path)),
            Area::Targets => {
                let segments: Vec<String> = path.split('/').map(encode_segment).collect();
                format!("{}/{}", self.targets_url.trim_end_matches('/'), segments.join("/"))
            }
        }
    }
}

/// Segments of one or two dots are encoded too: nobody on the way shall take them for a way out.
fn encode_segment(segment: &str) -> String {
    match segment {
        "." | ".." => "%2E".repeat(segment.len()),
        _ => utf8_percent_encode(segment, RESERVED).to_string(),
    }
}

impl Transport for HttpTransport {
    fn fetch(&self, area: Area, path: &str, limit: u64) -> Result<Vec<u8>, FetchError> {
        let failed = |error: &dyn ToString| FetchError::Failed(error.to_string());
        let url = self.url(area, path);
        if !url.starts_with("http://") {
            return Err(FetchError::Failed("only http:// is supported".to_owned()));
        }
        let response = self.agent.get(&url).call().map_err(|error| failed(&error))?;
        match response.status().as_u16() {
            200 => {}
            404 => return Err(FetchError::NotFound),
            status => return Err(FetchError::Failed(format!("the server answers with status {status}"))),
        }
        let body = response.into_body();
        if body.content_length().is_some_and(|length| length > limit) {
            return Err(FetchError::TooLong);
        }
        let mut bytes = Vec::new();
        let mut reader = body.into_reader().take(limit.saturating_add(1));
        reader.read_to_end(&mut bytes).map_err(|error| failed(&error))?;
        if bytes.len() as u64 > limit { Err(FetchError::TooLong) } else { Ok(bytes) }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    /// A server that gives one answer; what it was asked is returned.
    fn serve(answer: &'static [u8]) -> (HttpTransport, thread::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = vec![0; 4096];
            let length = stream.read(&mut request).unwrap();
            stream.write_all(answer).unwrap();
            String::from_utf8_lossy(&request[..length]).lines().next().unwrap().to_owned()
        });
        (HttpTransport::new(format!("{url}/metadata/"), format!("{url}/targets")), server)
    }

    #[test]
    fn a_role_name_is_one_segment_and_a_target_path_is_several() {
        let transport = HttpTransport::new("http://host/m", "http://host/t/");
        assert_eq!(transport.url(Area::Metadata, "1.a/../b é.json"), "http://host/m/1.a%2F..%2Fb%20%C3%A9.json");
        assert_eq!(transport.url(Area::Targets, "a b/../c%2Fd?e#f"), "http://host/t/a%20b/%2E%2E/c%252Fd%3Fe%23f");
    }

    #[test]
    fn a_file_is_fetched_up_to_its_limit() {
        let (transport, server) = serve(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody");
        assert_eq!(transport.fetch(Area::Metadata, "timestamp.json", 4).unwrap(), b"body");
        assert_eq!(server.join().unwrap(), "GET /metadata/timestamp.json HTTP/1.1");
        let (transport, _) = serve(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody");
        assert_eq!(transport.fetch(Area::Targets, "a", 3), Err(FetchError::TooLong));
        let (transport, _) = serve(b"HTTP/1.1 200 OK\r\n\r\nbody without length");
        assert_eq!(transport.fetch(Area::Targets, "a", 3), Err(FetchError::TooLong));
    }

    #[test]
    fn only_status_404_means_that_there_is_no_such_file() {
        let (transport, _) = serve(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        assert_eq!(transport.fetch(Area::Metadata, "2.root.json", 9), Err(FetchError::NotFound));
        let (transport, _) = serve(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
        assert!(matches!(transport.fetch(Area::Metadata, "2.root.json", 9), Err(FetchError::Failed(_))));
        let (transport, _) = serve(b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n");
        assert!(matches!(transport.fetch(Area::Metadata, "2.root.json", 9), Err(FetchError::Failed(_))));
    }

    #[test]
    fn a_body_that_is_cut_off_is_not_taken_for_a_file() {
        let (transport, _) = serve(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbody");
        assert!(matches!(transport.fetch(Area::Metadata, "a", 99), Err(FetchError::Failed(_))));
    }
}
