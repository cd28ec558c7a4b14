//! The body of an answer, made piece by piece while it is taken, so that none has to be kept.

use std::collections::VecDeque;
use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use suite::ENDLESS;

/// White space. It means nothing before and after a JSON document.
static PADDING: &[u8] = &[b' '; 32 << 10];

/// In how many pieces a second's worth of a slow answer comes.
const PIECES_PER_SECOND: u32 = 5;

/// What comes next of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Some bytes.
    Bytes(Bytes),
    /// Nothing for a while.
    Pause(Duration),
    /// Nothing more, because the connection is closed although it is not complete.
    Cut,
}

/// The body of an answer.
#[derive(Debug)]
pub struct Body {
    pieces: VecDeque<Piece>,
    rest: Rest,
    /// How many bytes were taken.
    taken: Arc<AtomicU64>,
}

/// What comes after the pieces.
#[derive(Debug)]
enum Rest {
    Nothing,
    /// So many bytes of white space.
    Padding(u64),
    /// A file, so many bytes at a time.
    Slow {
        bytes: Bytes,
        portion: usize,
        pause: Duration,
    },
    /// So many bytes of white space, compressed.
    Compressed {
        encoder: Option<GzEncoder<Vec<u8>>>,
        left: u64,
    },
}

impl Body {
    /// These bytes.
    pub(crate) fn whole(bytes: Bytes) -> Self {
        Self::of(bytes, Rest::Nothing)
    }

    /// These bytes, and then white space for ever.
    pub(crate) fn endless(bytes: Bytes) -> Self {
        let left = ENDLESS.saturating_sub(bytes.len() as u64);
        Self::of(bytes, Rest::Padding(left))
    }

    /// These bytes, so many per second.
    pub(crate) fn slow(bytes: Bytes, rate: u32) -> Self {
        let portion = (rate / PIECES_PER_SECOND).max(1);
        let pause = Duration::from_secs(portion.into()) / rate.max(1);
        let portion = usize::try_from(portion).unwrap_or(usize::MAX);
        Self::of(Bytes::new(), Rest::Slow { bytes, portion, pause })
    }

    /// These bytes after a pause.
    pub(crate) fn late(bytes: Bytes, pause: Duration) -> Self {
        let mut body = Self::whole(bytes);
        body.pieces.push_front(Piece::Pause(pause));
        body
    }

    /// These bytes, after which the connection is closed.
    pub(crate) fn cut(bytes: Bytes) -> Self {
        let mut body = Self::whole(bytes);
        body.pieces.push_back(Piece::Cut);
        body
    }

    /// These bytes and so many bytes of white space, compressed.
    pub(crate) fn compressed(bytes: &[u8], padding: u64) -> Self {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        // Writing to a list of bytes does not fail.
        let _ = encoder.write_all(bytes);
        Self::of(Bytes::new(), Rest::Compressed { encoder: Some(encoder), left: padding })
    }

    fn of(bytes: Bytes, rest: Rest) -> Self {
        let pieces = if bytes.is_empty() { VecDeque::new() } else { VecDeque::from([Piece::Bytes(bytes)]) };
        Self { pieces, rest, taken: Arc::default() }
    }

    /// The number of bytes that are taken by and by.
    pub(crate) fn counter(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.taken)
    }

    /// The number of bytes in it, if it is known before.
    pub(crate) fn length(&self) -> Option<u64> {
        let lengths = self.pieces.iter().map(|piece| match piece {
            Piece::Bytes(bytes) => Some(bytes.len() as u64),
            Piece::Pause(_) => Some(0),
            Piece::Cut => None,
        });
        let rest = match &self.rest {
            Rest::Nothing => Some(0),
            Rest::Slow { bytes, .. } => Some(bytes.len() as u64),
            Rest::Padding(_) | Rest::Compressed { .. } => None,
        };
        lengths.chain([rest]).sum()
    }

    /// Takes the next piece. `None` at the end.
    pub fn take(&mut self) -> Option<Piece> {
        let piece = self.pieces.pop_front().or_else(|| self.make())?;
        if let Piece::Bytes(bytes) = &piece {
            self.taken.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        }
        Some(piece)
    }

    fn make(&mut self) -> Option<Piece> {
        match &mut self.rest {
            Rest::Nothing => None,
            Rest::Padding(left) => padding(left).map(|padding| Piece::Bytes(Bytes::from_static(padding))),
            Rest::Slow { bytes, portion, pause } => {
                let next = bytes.split_to(bytes.len().min(*portion));
                self.pieces.push_back(Piece::Bytes(next.clone()));
                if next.is_empty() {
                    self.pieces.clear();
                    return None;
                }
                Some(Piece::Pause(*pause))
            }
            Rest::Compressed { encoder, left } => loop {
                let writer = encoder.as_mut()?;
                let Some(padding) = padding(left) else {
                    return encoder.take()?.finish().ok().map(|end| Piece::Bytes(end.into()));
                };
                let _ = writer.write_all(padding);
                if !writer.get_ref().is_empty() {
                    return Some(Piece::Bytes(std::mem::take(writer.get_mut()).into()));
                }
            },
        }
    }
}

/// The next piece of white space, of which so many bytes are left.
fn padding(left: &mut u64) -> Option<&'static [u8]> {
    let length = usize::try_from(*left).unwrap_or(usize::MAX).min(PADDING.len());
    *left -= length as u64;
    (length > 0).then(|| &PADDING[..length])
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    /// How much of a body there is, and what it is without bytes.
    fn drain(mut body: Body) -> (u64, Vec<Piece>) {
        let mut others = Vec::new();
        while let Some(piece) = body.take() {
            if !matches!(piece, Piece::Bytes(_)) {
                others.push(piece);
            }
        }
        (body.taken.load(Ordering::Relaxed), others)
    }

    #[test]
    fn an_endless_body_ends_at_its_bound_and_is_counted_as_far_as_it_is_taken() {
        let mut body = Body::endless(Bytes::from("{}"));
        let counter = body.counter();
        assert_eq!((body.take(), counter.load(Ordering::Relaxed)), (Some(Piece::Bytes(Bytes::from("{}"))), 2));
        assert_eq!(body.length(), None);
        assert_eq!(drain(body).0, ENDLESS);
    }

    #[test]
    fn a_slow_body_takes_as_long_as_its_rate_says() {
        let body = Body::slow(Bytes::from(vec![0; 100]), 20);
        assert_eq!(body.length(), Some(100));
        let (bytes, pauses) = drain(body);
        let pauses = pauses.into_iter().map(|piece| match piece {
            Piece::Pause(pause) => pause,
            other => panic!("{other:?}"),
        });
        assert_eq!((bytes, pauses.sum()), (100, Duration::from_secs(5)));
    }

    #[test]
    fn a_bomb_is_small_and_unpacks_to_what_it_should() {
        let mut body = Body::compressed(b"{}", 10 << 20);
        let mut packed = Vec::new();
        while let Some(Piece::Bytes(bytes)) = body.take() {
            packed.extend_from_slice(&bytes);
        }
        assert!(packed.len() < 100 << 10, "{}", packed.len());
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut unpacked).unwrap();
        assert_eq!((unpacked.len(), &unpacked[..3]), ((10 << 20) + 2, b"{} ".as_slice()));
    }
}
