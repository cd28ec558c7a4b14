//! A body on its way over HTTP.

use std::io::{Error, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body as HttpBody, Frame, SizeHint};
use tokio::time::{Sleep, sleep};

use crate::{Body, Piece};

/// How long the last bytes before a cut have to leave: what is still in a buffer when the connection breaks is lost.
const BEFORE_CUT: Duration = Duration::from_millis(5);

/// A body as the connection takes it: a piece when there is room for one.
#[derive(Debug)]
pub(crate) struct Sent {
    body: Body,
    pause: Option<Pin<Box<Sleep>>>,
    is_cut: bool,
}

impl Sent {
    /// A body that nobody has taken from.
    pub(crate) fn new(body: Body) -> Self {
        Self { body, pause: None, is_cut: false }
    }
}

impl Default for Sent {
    fn default() -> Self {
        Self::new(Body::whole(Bytes::new()))
    }
}

impl HttpBody for Sent {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        loop {
            if let Some(pause) = &mut self.pause {
                std::task::ready!(pause.as_mut().poll(context));
                self.pause = None;
            }
            if self.is_cut {
                return Poll::Ready(Some(Err(Error::from(ErrorKind::ConnectionAborted))));
            }
            match self.body.take() {
                None => return Poll::Ready(None),
                Some(Piece::Bytes(bytes)) => return Poll::Ready(Some(Ok(Frame::data(bytes)))),
                Some(Piece::Pause(pause)) => self.pause = Some(Box::pin(sleep(pause))),
                Some(Piece::Cut) => {
                    self.is_cut = true;
                    self.pause = Some(Box::pin(sleep(BEFORE_CUT)));
                }
            }
        }
    }

    /// What an answer states is in its head already, and need not be true.
    fn size_hint(&self) -> SizeHint {
        SizeHint::new()
    }

    fn is_end_stream(&self) -> bool {
        false
    }
}
