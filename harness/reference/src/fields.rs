//! Reading typed fields out of JSON values, with errors that tell the place.

use std::collections::BTreeMap;
use std::panic::resume_unwind;

use suite::observation::Reason;

use crate::Refusal;
use crate::fault::{Fault, FaultSet};
use crate::json::Value;

/// What is not of the form that the specification gives, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Malformed {
    requirement: &'static str,
    place: String,
    cause: String,
    /// Whether something is of another type than it has to be.
    is_of_another_type: bool,
}

impl Malformed {
    pub(crate) fn new(requirement: &'static str, cause: impl Into<String>) -> Self {
        Self { requirement, place: String::new(), cause: cause.into(), is_of_another_type: false }
    }

    fn expected(what: &str) -> Self {
        Self { is_of_another_type: true, ..Self::new("format.parse.unambiguous", format!("has to be {what}")) }
    }

    /// The same, one level further up: in the member with this name.
    pub(crate) fn within(mut self, member: &str) -> Self {
        self.place.insert_str(0, &format!("/{member}"));
        self
    }

    /// The refusal of the file of this role.
    pub(crate) fn refuse(self, role: &str, faults: FaultSet) -> Refusal {
        if self.is_of_another_type {
            let is_whole = self.place.is_empty();
            crash_with(if is_whole { Fault::CrashOnNoObject } else { Fault::CrashOnAnotherType }, faults);
        }
        let place = if self.place.is_empty() { String::new() } else { format!(" at {:?}", self.place) };
        Refusal::new(Reason::Format, self.requirement, format_args!("metadata of {role:?}{place}: {}", self.cause))
    }
}

/// Crashes, for a fault of not expecting this.
pub(crate) fn crash_with(fault: Fault, faults: FaultSet) {
    if faults.has(fault) {
        resume_unwind(Box::new("something is not what it was taken for"));
    }
}

/// The members of an object.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields<'a>(pub(crate) &'a BTreeMap<String, Value>);

impl<'a> Fields<'a> {
    pub(crate) fn of(value: &'a Value) -> Result<Self, Malformed> {
        match value {
            Value::Object(members) => Ok(Self(members)),
            _ => Err(Malformed::expected("an object")),
        }
    }

    /// The member with this name, if there is one.
    pub(crate) fn optional<T>(
        self,
        name: &str,
        read: impl FnOnce(&'a Value) -> Result<T, Malformed>,
    ) -> Result<Option<T>, Malformed> {
        self.0.get(name).map(read).transpose().map_err(|error| error.within(name))
    }

    /// Refuses members beside these, for the fault of not tolerating any.
    pub(crate) fn no_others(self, known: &[&str], faults: FaultSet) -> Result<(), Malformed> {
        if faults.has(Fault::RejectUnknownInnerFields) && self.0.keys().any(|name| !known.contains(&name.as_str())) {
            return Err(Malformed::new("format.unknown-fields.tolerated", "has an unknown member"));
        }
        Ok(())
    }

    /// The member with this name.
    pub(crate) fn required<T>(
        self,
        name: &str,
        read: impl FnOnce(&'a Value) -> Result<T, Malformed>,
    ) -> Result<T, Malformed> {
        let missing = || Malformed::new("format.fields.required", "is missing").within(name);
        self.optional(name, read)?.ok_or_else(missing)
    }

    /// Every member, read alike.
    pub(crate) fn each<T>(
        self,
        mut read: impl FnMut(&str, &'a Value) -> Result<T, Malformed>,
    ) -> Result<BTreeMap<String, T>, Malformed> {
        let entry = |(name, value): (&String, _)| {
            Ok((name.clone(), read(name, value).map_err(|error: Malformed| error.within(name))?))
        };
        self.0.iter().map(entry).collect()
    }
}

pub(crate) fn text(value: &Value) -> Result<&str, Malformed> {
    match value {
        Value::Text(text) => Ok(text),
        _ => Err(Malformed::expected("text")),
    }
}

pub(crate) fn boolean(value: &Value) -> Result<bool, Malformed> {
    match value {
        Value::Bool(boolean) => Ok(*boolean),
        _ => Err(Malformed::expected("true or false")),
    }
}

/// An integer that is not negative: a length or a count.
pub(crate) fn natural(value: &Value) -> Result<u64, Malformed> {
    let natural = match value {
        Value::Integer(integer) => u64::try_from(*integer).ok(),
        _ => None,
    };
    natural.ok_or_else(|| Malformed::expected("an integer that is not negative"))
}

pub(crate) fn list<'a, T>(
    value: &'a Value,
    mut read: impl FnMut(&'a Value) -> Result<T, Malformed>,
) -> Result<Vec<T>, Malformed> {
    let Value::List(items) = value else { return Err(Malformed::expected("a list")) };
    let read = |(index, item): (usize, &'a Value)| read(item).map_err(|error| error.within(&index.to_string()));
    items.iter().enumerate().map(read).collect()
}

pub(crate) fn texts(value: &Value) -> Result<Vec<String>, Malformed> {
    list(value, |item| text(item).map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[test]
    fn a_malformed_field_is_refused_with_its_place() {
        let value = json::read(br#"{"roles": [{}, {"threshold": -1}]}"#, FaultSet::empty()).unwrap();
        let roles = Fields::of(&value)
            .unwrap()
            .required("roles", |roles| list(roles, |role| Fields::of(role)?.optional("threshold", natural)));
        let refusal = roles.unwrap_err().refuse("root", FaultSet::empty());
        assert_eq!(refusal.reason, Reason::Format);
        assert_eq!(
            refusal.message,
            "metadata of \"root\" at \"/roles/1/threshold\": has to be an integer that is not negative"
        );
    }

    #[test]
    fn a_missing_member_is_named() {
        let value = json::read(b"{}", FaultSet::empty()).unwrap();
        let error = Fields::of(&value).unwrap().required("version", natural).unwrap_err();
        assert_eq!(error.refuse("root", FaultSet::empty()).message, "metadata of \"root\" at \"/version\": is missing");
    }
}
