//! Connections to the repository that a well-behaved client would not make.

use std::io;
use std::net::TcpStream;

/// Connects to the server of a URL, and tells the path of the URL on it.
///
/// # Errors
/// If there is no server.
pub fn connect(url: &str) -> io::Result<(TcpStream, &str)> {
    let rest = url.strip_prefix("http://").ok_or(io::ErrorKind::InvalidInput)?;
    let slash = rest.find('/').unwrap_or(rest.len());
    Ok((TcpStream::connect(&rest[..slash])?, &rest[slash..]))
}
