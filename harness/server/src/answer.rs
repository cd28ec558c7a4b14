//! What a request is answered with.

use bytes::Bytes;
use suite::Serving;

use crate::Body;
use crate::body::Piece;

/// The status of a redirect.
const FOUND: u16 = 302;

/// The answer to a request.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Where a redirect leads.
    pub location: Option<Location>,
    /// The name of the encoding of the body, if it has one.
    pub encoding: Option<&'static str>,
    /// The length that the answer states, be it right or not. An answer that states none ends when it is over.
    pub length: Option<u64>,
    /// The body.
    pub body: Body,
    /// Whether it has to wait until the site [releases](crate::Site::wait_for_release) it.
    pub is_held: bool,
}

/// Where a redirect leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The area and the path of a file, such as `metadata/2.snapshot.json`.
    pub path: String,
    /// Whether the host is called otherwise than the one that was asked.
    pub is_away: bool,
}

impl Answer {
    /// The answer that a server is told to give, about a file if there is one. `None`: the connection is closed without
    /// an answer. `takes_gzip` tells whether an honest server may compress for this client.
    pub(crate) fn make(serving: &Serving, file: Option<Bytes>, takes_gzip: bool) -> Option<Self> {
        let ordinary = |file: Option<Bytes>| match file {
            Some(bytes) => Self::new(200, Body::whole(bytes)),
            None => Self::new(404, Body::whole(Bytes::new())),
        };
        let redirect = |path: &String, is_away| {
            let location = Some(Location { path: path.clone(), is_away });
            Self { location, ..Self::new(FOUND, Body::whole(Bytes::new())) }
        };
        let bytes = file.clone().unwrap_or_default();
        Some(match serving {
            Serving::Ordinary => ordinary(file),
            Serving::Status(status) => Self::new(*status, Body::whole(Bytes::new())),
            Serving::Page(page) => {
                let content = Bytes::copy_from_slice(page.content.as_bytes());
                Self::new(page.status, if page.endless { Body::endless(content) } else { Body::whole(content) })
            }
            Serving::Redirect(path) => redirect(path, false),
            Serving::RedirectAway(path) => redirect(path, true),
            Serving::Endless => Self::new(200, Body::endless(bytes)),
            Serving::Slow(rate) => Self::new(200, Body::slow(bytes, *rate)),
            Serving::Pause(milliseconds) => {
                Self::new(200, Body::late(bytes, std::time::Duration::from_millis((*milliseconds).into())))
            }
            Serving::Cut(0) => return None,
            Serving::Cut(length) => Self::stating(bytes.len() as u64, Body::cut(start(&bytes, *length))),
            Serving::Length(length) if *length > bytes.len() as u64 => Self::stating(*length, Body::cut(bytes)),
            Serving::Length(length) => Self::new(200, Body::whole(start(&bytes, *length))),
            Serving::Gzip if !takes_gzip => ordinary(file),
            Serving::Gzip => Self::encoded("gzip", Body::compressed(&bytes, 0)),
            Serving::GzipBomb(padding) => Self::encoded("gzip", Body::compressed(&bytes, *padding)),
        })
    }

    fn new(status: u16, body: Body) -> Self {
        Self { status, location: None, encoding: None, length: body.length(), body, is_held: false }
    }

    fn stating(length: u64, body: Body) -> Self {
        Self { length: Some(length), ..Self::new(200, body) }
    }

    fn encoded(encoding: &'static str, body: Body) -> Self {
        Self { encoding: Some(encoding), ..Self::new(200, body) }
    }

    /// The whole body, if it comes at once.
    pub fn into_bytes(mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        while let Some(piece) = self.body.take() {
            match piece {
                Piece::Bytes(piece) => bytes.extend_from_slice(&piece),
                Piece::Pause(_) => {}
                Piece::Cut => break,
            }
        }
        bytes
    }
}

/// The first bytes of a file, at most all of it.
fn start(bytes: &Bytes, length: u64) -> Bytes {
    bytes.slice(..usize::try_from(length).unwrap_or(usize::MAX).min(bytes.len()))
}
