//! Tells a library for another processor. The dynamic linker says of one that there is no such file.

use std::env;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use crate::failure::Failure;

/// The beginning of an ELF file, up to the machine that it is for.
type Header = [u8; 20];

/// Refuses a library for another processor than this program's. Where programs are no ELF files, the linker is clear.
pub(crate) fn check(path: &Path) -> Result<(), Failure> {
    let library = header(path).map_err(|error| Failure::file(path, &error))?;
    let program = env::current_exe().and_then(|program| header(&program)).ok().flatten();
    match (library.as_ref().and_then(machine), program.as_ref().and_then(machine)) {
        (Some(theirs), Some(ours)) if theirs != ours => Err(Failure::OtherMachine(path.to_owned(), theirs, ours)),
        _ => Ok(()),
    }
}

fn header(path: &Path) -> io::Result<Option<Header>> {
    let mut header = Header::default();
    match File::open(path)?.read_exact(&mut header) {
        Ok(()) => Ok(Some(header)),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

/// Word size, byte order and number of the machine, as in `64-bit little-endian machine 62`. Nothing for another format.
fn machine(header: &Header) -> Option<String> {
    let (bits, order, number) = match header {
        [0x7f, b'E', b'L', b'F', class, 1, .., low, high] => (class, "little", u16::from_le_bytes([*low, *high])),
        [0x7f, b'E', b'L', b'F', class, 2, .., high, low] => (class, "big", u16::from_be_bytes([*high, *low])),
        _ => return None,
    };
    Some(format!("{}-bit {order}-endian machine {number}", 32 * u16::from(*bits)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_is_read_in_either_byte_order() {
        let mut header = Header::default();
        header[..6].copy_from_slice(b"\x7fELF\x02\x01");
        header[18] = 183;
        assert_eq!(machine(&header).unwrap(), "64-bit little-endian machine 183");
        header[4..6].copy_from_slice(b"\x01\x02");
        header[18..].copy_from_slice(&[0, 8]);
        assert_eq!(machine(&header).unwrap(), "32-bit big-endian machine 8");
    }

    #[test]
    fn what_is_no_elf_file_is_left_to_the_linker() {
        assert_eq!(machine(b"#!/bin/sh\nexit 0    "), None);
    }
}
