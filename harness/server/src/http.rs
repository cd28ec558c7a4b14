//! Answers HTTP requests from the mounted sites, on the loopback interface only.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::header::{ACCEPT_ENCODING, ALLOW, CONTENT_ENCODING, CONTENT_LENGTH, HeaderValue, LOCATION};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode, Uri};
use hyper_util::rt::{TokioIo, TokioTimer};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use suite::observation::Area;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore, oneshot};

use crate::guests::{Guest, Guests};
use crate::mount::Mounts;
use crate::sent::Sent;
use crate::{Answer, Location, Mount, Site};

/// Open connections. More of them wait until one is closed.
const CONNECTION_LIMIT: usize = 256;

/// How long a client may take to send the head of a request, and how long a connection may stay idle.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);

/// How long an answer may wait for the client to read it.
#[cfg(target_os = "linux")]
const UNREAD_TIMEOUT_MILLISECONDS: u32 = 30_000;

/// The most bytes of a request head that are kept in memory.
const HEAD_LIMIT: usize = 64 << 10;

/// The longest path that is looked up and logged.
const PATH_LIMIT: usize = 8 << 10;

/// How long a full house waits for somebody to leave before it looks whom it can ask to.
const CROWDED_PAUSE: Duration = Duration::from_millis(50);

/// How often a request that is not answered, or not yet, looks whether that is over.
const HALT_PAUSE: Duration = Duration::from_millis(20);

/// Everything but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A pause after a failed accept, which happens when the process runs out of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(10);

/// An HTTP server on an ephemeral port of 127.0.0.1. It stops when it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    mounts: Arc<Mounts>,
    /// The thread that answers ends when this is dropped.
    _running: oneshot::Sender<Infallible>,
}

impl Server {
    /// Starts a server that shows nothing yet.
    ///
    /// # Errors
    /// If there is no free port, or no thread can be started.
    pub fn start() -> io::Result<Self> {
        // One thread is enough: an answer is a look-up in memory.
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().enable_time().build()?;
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))?;
        let address = listener.local_addr()?;
        let mounts = Arc::new(Mounts::default());
        let (running, mut end) = oneshot::channel();
        let shown = Arc::clone(&mounts);
        thread::Builder::new().name("http".to_owned()).spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    () = accept(listener, address, shown) => {}
                    _ = &mut end => {}
                }
            });
        })?;
        Ok(Self { address, mounts, _running: running })
    }

    /// Shows a site at an address of its own until the mount is dropped.
    pub fn mount(&self, site: Arc<Site>) -> Mount {
        self.mounts.add(self.address, site)
    }
}

async fn accept(listener: TcpListener, address: SocketAddr, mounts: Arc<Mounts>) {
    let (connections, guests) = (Arc::new(Semaphore::new(CONNECTION_LIMIT)), Guests::default());
    while let Ok(permit) = room(&connections, &guests, &mounts).await {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(ACCEPT_PAUSE).await;
            continue;
        };
        let (mounts, guest) = (Arc::clone(&mounts), guests.welcome());
        tokio::spawn(async move {
            tokio::select! {
                () = serve(stream, address, &mounts, &guest) => {}
                () = guest.has_to_leave() => {}
            }
            drop(permit);
        });
    }
}

/// Waits until there is room for a connection.
async fn room(
    connections: &Arc<Semaphore>,
    guests: &Guests,
    mounts: &Mounts,
) -> Result<OwnedSemaphorePermit, AcquireError> {
    if let Ok(permit) = Arc::clone(connections).try_acquire_owned() {
        return Ok(permit);
    }
    loop {
        guests.thin_out(mounts);
        tokio::select! {
            permit = Arc::clone(connections).acquire_owned() => return permit,
            () = tokio::time::sleep(CROWDED_PAUSE) => {}
        }
    }
}

async fn serve(stream: TcpStream, address: SocketAddr, mounts: &Mounts, guest: &Guest) {
    // Without it, small answers wait for the client's delayed acknowledgements. Slow is all that it can cost.
    let _ = stream.set_nodelay(true);
    // A client that does not read its answer must not keep the connection. On other systems it does, until it ends.
    #[cfg(target_os = "linux")]
    let _ = rustix::net::sockopt::set_tcp_user_timeout(&stream, UNREAD_TIMEOUT_MILLISECONDS);
    let service = service_fn(|request| respond(mounts, guest, address, request));
    // What goes wrong on a connection is the client's business: it sees the connection close.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(HEAD_LIMIT)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

/// The connection is closed without an answer.
#[derive(Debug, thiserror::Error)]
#[error("no answer")]
struct NoAnswer;

async fn respond(
    mounts: &Mounts,
    guest: &Guest,
    address: SocketAddr,
    request: Request<Incoming>,
) -> Result<Response<Sent>, NoAnswer> {
    let is_head = match *request.method() {
        Method::GET => false,
        Method::HEAD => true,
        _ => {
            let mut refusal = empty(StatusCode::METHOD_NOT_ALLOWED);
            refusal.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
            return Ok(refusal);
        }
    };
    if request.uri().path().len() > PATH_LIMIT {
        return Ok(empty(StatusCode::URI_TOO_LONG));
    }
    let Some((site, area, path)) = resolve(mounts, guest, request.uri()) else {
        return Ok(empty(StatusCode::NOT_FOUND));
    };
    let answer =
        if is_head { site.answer_head(area, &path) } else { site.answer_to(area, &path, takes_gzip(&request)) };
    let Some(answer) = answer else {
        // Whoever waits is killed meanwhile.
        while site.has_to_wait() {
            tokio::time::sleep(HALT_PAUSE).await;
        }
        return Err(NoAnswer);
    };
    while answer.is_held && site.holds() {
        tokio::time::sleep(HALT_PAUSE).await;
    }
    let prefix = request.uri().path().split('/').nth(1).unwrap_or_default();
    response(answer, address, prefix).map_err(|_| NoAnswer)
}

fn takes_gzip(request: &Request<Incoming>) -> bool {
    let named = request.headers().get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    named.flat_map(|names| names.split(',')).any(|name| name.split(';').next().unwrap_or_default().trim() == "gzip")
}

/// The site, the area and the decoded path that a URI names. A path is the name of a file and nothing else: `..` and
/// empty segments have no meaning, so that what a client asked for is logged as it is.
fn resolve(mounts: &Mounts, guest: &Guest, uri: &Uri) -> Option<(Arc<Site>, Area, String)> {
    let (prefix, rest) = uri.path().strip_prefix('/')?.split_once('/')?;
    guest.asks(prefix);
    let (first, rest) = rest.split_once('/')?;
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let (area, path) = if let Some(area) = area(first) {
        (area, decoded(rest))
    } else {
        // Of several repositories each has a URL of its own, and its files are in a folder of its name.
        let (second, path) = rest.split_once('/')?;
        (area(second)?, format!("{}/{}", decoded(first), decoded(path)))
    };
    Some((mounts.find(prefix)?, area, path))
}

fn area(segment: &str) -> Option<Area> {
    match segment {
        "metadata" => Some(Area::Metadata),
        "targets" => Some(Area::Targets),
        _ => None,
    }
}

fn response(answer: Answer, address: SocketAddr, prefix: &str) -> Result<Response<Sent>, hyper::http::Error> {
    let mut response = Response::builder().status(answer.status);
    if let Some(Location { path, is_away }) = &answer.location {
        let host = if *is_away { format!("localhost:{}", address.port()) } else { address.to_string() };
        let segments: Vec<String> =
            path.split('/').map(|segment| utf8_percent_encode(segment, RESERVED).to_string()).collect();
        response = response.header(LOCATION, format!("http://{host}/{prefix}/{}", segments.join("/")));
    }
    if let Some(encoding) = answer.encoding {
        response = response.header(CONTENT_ENCODING, encoding);
    }
    if let Some(length) = answer.length {
        response = response.header(CONTENT_LENGTH, length);
    }
    response.body(Sent::new(answer.body))
}

fn empty(status: StatusCode) -> Response<Sent> {
    let mut response = Response::new(Sent::default());
    *response.status_mut() = status;
    response
}
