//! Canonical JSON (section 4.1): the form over which identifiers and signatures are computed.
//!
//! Members sorted by code point, no white space, integers only. In text only the quotation mark and the backslash
//! are escaped; control characters and everything outside ASCII stand as they are, in UTF-8.

use crate::fault::{Fault, FaultSet};
use crate::json::Value;

/// The canonical form of a value.
pub(crate) fn encode(value: &Value, faults: FaultSet) -> Vec<u8> {
    let mut out = Vec::new();
    write(value, faults, &mut out);
    out
}

fn write(value: &Value, faults: FaultSet, out: &mut Vec<u8>) {
    match value {
        Value::Null => out.extend(b"null"),
        Value::Bool(true) => out.extend(b"true"),
        Value::Bool(false) => out.extend(b"false"),
        Value::Integer(integer) => out.extend(integer.to_string().bytes()),
        Value::Text(text) => write_text(text, faults, out),
        Value::List(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write(item, faults, out);
            }
            out.push(b']');
        }
        Value::Object(members) => {
            out.push(b'{');
            let mut members: Vec<_> = members.iter().collect();
            if faults.has(Fault::SortIgnoringCase) {
                members.sort_by_key(|(name, _)| name.to_ascii_lowercase());
            }
            for (index, (name, value)) in members.into_iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write_text(name, faults, out);
                out.push(b':');
                write(value, faults, out);
            }
            out.push(b'}');
        }
    }
}

fn write_text(text: &str, faults: FaultSet, out: &mut Vec<u8>) {
    out.push(b'"');
    for byte in text.bytes() {
        if matches!(byte, b'"' | b'\\') {
            out.push(b'\\');
        }
        if byte < 0x20 && faults.has(Fault::EscapeControlCharacters) {
            out.extend(format!("\\u{byte:04x}").bytes());
        } else {
            out.push(byte);
        }
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    fn canonical(text: &str) -> String {
        let value = json::read(text.as_bytes(), FaultSet::empty()).unwrap();
        String::from_utf8(encode(&value, FaultSet::empty())).unwrap()
    }

    #[test]
    fn members_are_sorted_and_white_space_is_gone() {
        assert_eq!(
            canonical("{ \"b\" : [ 1 , -2, true ],\n\"a\":null, \"B\": {} }"),
            r#"{"B":{},"a":null,"b":[1,-2,true]}"#
        );
    }

    #[test]
    fn members_outside_the_basic_plane_are_sorted_by_code_point() {
        assert_eq!(canonical("{\"\u{1F600}\": 1, \"\u{FFFD}\": 2}"), "{\"\u{FFFD}\":2,\"\u{1F600}\":1}");
    }

    #[test]
    fn only_quotation_mark_and_backslash_are_escaped() {
        assert_eq!(canonical(r#""a\"b\\c\nd\u0001é\/""#), "\"a\\\"b\\\\c\nd\u{1}é/\"");
    }
}
