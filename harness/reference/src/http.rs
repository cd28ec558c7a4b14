//! Fetching over plain HTTP: TUF needs no security of the transport (section 1.5.1).

use std::time::{Duration, Instant};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use suite::observation::Area;
use ureq::Agent;

use crate::transport::{Place, Redirect, Response, Transport};

/// How long one file may take, from the first to the last byte.
const DEADLINE: Duration = Duration::from_secs(20);

/// Everything but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Fetches files over HTTP. It uses no proxy and no other host, so that it talks to nobody but the server that it was
/// told.
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
            .accept_encoding("gzip")
            .user_agent("tuf-cookbook-reference")
            .build();
        let (metadata_url, targets_url) = (metadata_url.into(), targets_url.into());
        Self { agent: config.into(), metadata_url, targets_url }
    }

    fn url(&self, area: Area, path: &str) -> String {
        match area {
            // Metadata files lie directly below the base URL, whatever their roles are called (section 3.1.2.1).
            // Only rotate files have a folder of their own (TAP 8).
            Area::Metadata => {
                let (folder, name) = path.strip_prefix("rotate/").map_or(("", path), |name| ("rotate/", name));
                format!("{}/{folder}{}", self.metadata_url.trim_end_matches('/'), encode_segment(name))
            }
            Area::Targets => {
                let segments: Vec<String> = path.split('/').map(encode_segment).collect();
                format!("{}/{}", self.targets_url.trim_end_matches('/'), segments.join("/"))
            }
        }
    }
}

/// Segments of one or two dots are encoded too: nobody on the way shall take them for a way out.
pub(crate) fn encode_segment(segment: &str) -> String {
    match segment {
        "." | ".." => "%2E".repeat(segment.len()),
        _ => utf8_percent_encode(segment, RESERVED).to_string(),
    }
}

impl Transport for HttpTransport {
    fn ask(&self, place: &Place<'_>) -> Result<Response, String> {
        let url = match place {
            Place::File(area, path) => self.url(*area, path),
            Place::Elsewhere(url) => url.clone(),
        };
        if !url.starts_with("http://") {
            return Err("only http:// is supported".to_owned());
        }
        let start = Instant::now();
        let response = self.agent.get(&url).call().map_err(|error| error.to_string())?;
        let header = |name| Some(response.headers().get(name)?.to_str().ok()?.to_owned());
        let redirect = header("location").map(|location| redirect(&url, location));
        let (status, encoding) = (response.status().as_u16(), header("content-encoding"));
        let body = response.into_body();
        let length = body.content_length();
        let (body, elapsed) = (Box::new(body.into_reader()), Box::new(move || start.elapsed()));
        Ok(Response { status, redirect, length, encoding, body, elapsed })
    }
}

/// Where a redirect leads that is given as a URL or as a path from the root. Anything else is not looked into.
fn redirect(url: &str, location: String) -> Redirect {
    let path = url.match_indices('/').nth(2).map_or(url.len(), |(start, _)| start);
    let origin = &url[..path];
    if location.starts_with('/') && !location.starts_with("//") {
        return Redirect { to: format!("{origin}{location}"), is_away: false };
    }
    let is_away = !location.strip_prefix(origin).is_some_and(|rest| rest.starts_with('/'));
    Redirect { to: location, is_away }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread;

    use super::*;
    use crate::FetchError;

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
        assert_eq!(transport.url(Area::Metadata, "rotate/a/b.rotate.1"), "http://host/m/rotate/a%2Fb.rotate.1");
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
    fn only_two_statuses_mean_that_there_is_no_such_file() {
        for (status, error) in [
            ("404 Not Found", FetchError::NotFound),
            ("403 Forbidden", FetchError::NotFound),
            ("503 Service Unavailable", FetchError::Status(503)),
            ("204 No Content", FetchError::Status(204)),
        ] {
            let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n");
            let (transport, _) = serve(answer.leak().as_bytes());
            assert_eq!(transport.fetch(Area::Metadata, "2.root.json", 9), Err(error));
        }
    }

    #[test]
    fn redirects_are_known_for_ones_within_the_origin_or_away() {
        let url = "http://127.0.0.1:80/r/metadata/x";
        for (location, to, is_away) in [
            ("/r/y", "http://127.0.0.1:80/r/y", false),
            ("http://127.0.0.1:80/y", "http://127.0.0.1:80/y", false),
            ("http://127.0.0.1:8080/y", "http://127.0.0.1:8080/y", true),
            ("http://127.0.0.1:80.evil.example/y", "http://127.0.0.1:80.evil.example/y", true),
            ("//evil.example/y", "//evil.example/y", true),
            ("y", "y", true),
        ] {
            assert_eq!(redirect(url, location.to_owned()), Redirect { to: to.to_owned(), is_away });
        }
    }

    #[test]
    fn a_redirect_to_another_host_is_not_followed() {
        let (transport, _) = serve(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.2/x\r\nContent-Length: 0\r\n\r\n");
        assert!(matches!(transport.fetch(Area::Metadata, "2.root.json", 9), Err(FetchError::Failed(_))));
    }

    #[test]
    fn a_body_that_is_cut_off_is_not_taken_for_a_file() {
        let (transport, _) = serve(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbody");
        let error = transport.fetch(Area::Metadata, "a", 99).unwrap_err();
        assert!(matches!(error, FetchError::Broken { received, .. } if received == b"body"));
    }
}
