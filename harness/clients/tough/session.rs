//! A client under test: the session protocol on top of the public API of tough.

use std::io::{self, BufRead};

/// Answers lines with lines until `shutdown` or the end of the input. A panic ends it with 101, from Rust itself.
fn main() -> io::Result<()> {
    for line in io::stdin().lock().split(b'\n') {
        let (answer, last) = client::exchange::answer(&line?);
        println!("{answer}");
        if last {
            break;
        }
    }
    Ok(())
}
