//! Edits of JSON values at places given by JSON pointers (RFC 6901).

use serde_json::Value;

/// Sets the value at a pointer. The last member may be new; everything before it has to exist. In a list, `-` or the
/// index one past the end adds an element.
///
/// Returns whether the place exists.
pub fn set(root: &mut Value, pointer: &str, value: Value) -> bool {
    if pointer.is_empty() {
        *root = value;
        return true;
    }
    match parent(root, pointer) {
        Some((Value::Object(members), name)) => {
            members.insert(name, value);
            true
        }
        Some((Value::Array(elements), name)) => {
            let index = if name == "-" { Some(elements.len()) } else { name.parse().ok() };
            match index {
                Some(index) if index < elements.len() => elements[index] = value,
                Some(index) if index == elements.len() => elements.push(value),
                _ => return false,
            }
            true
        }
        _ => false,
    }
}

/// Removes the value at a pointer. Returns whether it existed.
pub fn remove(root: &mut Value, pointer: &str) -> bool {
    match parent(root, pointer) {
        Some((Value::Object(members), name)) => members.remove(&name).is_some(),
        Some((Value::Array(elements), name)) => match name.parse::<usize>() {
            Ok(index) if index < elements.len() => {
                elements.remove(index);
                true
            }
            _ => false,
        },
        _ => false,
    }
}

fn parent<'a>(root: &'a mut Value, pointer: &str) -> Option<(&'a mut Value, String)> {
    let (before, last) = pointer.rsplit_once('/')?;
    Some((root.pointer_mut(before)?, last.replace("~1", "/").replace("~0", "~")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_member_is_set_added_and_removed() {
        let mut value = json!({ "meta": { "a/b.json": { "version": 1 } }, "list": [1] });
        assert!(set(&mut value, "/meta/a~1b.json/version", json!(2)));
        assert!(set(&mut value, "/list/-", json!(2)));
        assert!(set(&mut value, "/new", json!(true)));
        assert!(!set(&mut value, "/none/x", json!(1)));
        assert!(remove(&mut value, "/list/0"));
        assert!(!remove(&mut value, "/list/5"));
        assert_eq!(value, json!({ "meta": { "a/b.json": { "version": 2 } }, "list": [2], "new": true }));
    }
}
