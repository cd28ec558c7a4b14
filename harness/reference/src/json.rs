//! Strict reading of JSON (section 4.1): what two readers could understand differently is refused.
//!
//! Refused are: a member that appears twice, anything after the document, floating-point numbers, integers that do
//! not fit into 64 bits, text that is not UTF-8, and nesting deeper than 128 levels.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::fault::{Fault, FaultSet};

/// A JSON value as metadata may contain it. Members are sorted by code point, as canonical JSON wants them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Integer(i128),
    Text(String),
    List(Vec<Self>),
    Object(BTreeMap<String, Self>),
}

/// Reads one JSON document. The error says what is wrong and where.
pub(crate) fn read(bytes: &[u8], faults: FaultSet) -> Result<Value, String> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let reader = Reader { duplicates: faults.has(Fault::AcceptDuplicateMembers) };
    let value = reader.deserialize(&mut deserializer).map_err(|error| error.to_string())?;
    if !faults.has(Fault::AcceptTrailingData) {
        deserializer.end().map_err(|error| error.to_string())?;
    }
    Ok(value)
}

#[derive(Clone, Copy)]
struct Reader {
    duplicates: bool,
}

impl<'de> DeserializeSeed<'de> for Reader {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object, a list, text, an integer, true, false or null")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Integer(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Integer(value.into()))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        Ok(Value::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = BTreeMap::new();
        while let Some(name) = members.next_key::<String>()? {
            if !self.duplicates && object.contains_key(&name) {
                return Err(A::Error::custom(format_args!("member {name:?} appears twice")));
            }
            let value = members.next_value_seed(self)?;
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        read(text.as_bytes(), FaultSet::empty()).unwrap_err()
    }

    #[test]
    fn a_document_is_read_with_its_members_sorted() {
        let value = read(br#" {"b": [1, -2, null], "a": true} "#, FaultSet::empty()).unwrap();
        let list = vec![Value::Integer(1), Value::Integer(-2), Value::Null];
        let members = [("a".to_owned(), Value::Bool(true)), ("b".to_owned(), Value::List(list))];
        assert_eq!(value, Value::Object(members.into_iter().collect()));
    }

    #[test]
    fn a_member_that_appears_twice_is_refused_at_any_depth() {
        assert!(refused(r#"{"a": {"v": 1, "v": 1}}"#).starts_with("member \"v\" appears twice"));
    }

    #[test]
    fn what_follows_the_document_is_refused() {
        assert!(refused("{} {}").contains("trailing characters"));
    }

    #[test]
    fn a_number_that_is_no_64_bit_integer_is_refused() {
        for text in ["1.5", "1.0", "1e3", "18446744073709551616", "-0"] {
            assert!(refused(text).contains("floating point"), "{text}");
        }
        assert_eq!(read(b"18446744073709551615", FaultSet::empty()), Ok(Value::Integer(u64::MAX.into())));
    }

    #[test]
    fn deep_nesting_is_refused() {
        assert!(refused(&"[".repeat(100_000)).contains("recursion limit"));
    }

    #[test]
    fn a_client_with_the_fault_takes_the_last_of_two_members() {
        let value = read(br#"{"v": 1, "v": 2}"#, FaultSet::of(Fault::AcceptDuplicateMembers)).unwrap();
        assert_eq!(value, Value::Object([("v".to_owned(), Value::Integer(2))].into_iter().collect()));
    }
}
