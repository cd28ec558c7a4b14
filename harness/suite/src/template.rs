//! The matrix: one file, several variants.
//!
//! Placeholders are replaced in the text of the file, before it is read, so that a placeholder can stand wherever
//! a string can: in a value, in a key, in the story. Each rendered text knows where its parts came from, so that an
//! error in a variant points into the file that was written.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// The parameters of one value of an axis, by name.
pub type Parameters = BTreeMap<String, toml::Value>;

/// An axis of the matrix: labels in order of appearance, each with parameters.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Axis(Vec<(String, AxisValue)>);

#[derive(Debug, Clone, PartialEq, Serialize)]
struct AxisValue {
    value: toml::Value,
    parameters: Parameters,
}

impl<'de> Deserialize<'de> for Axis {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AxisVisitor)
    }
}

struct AxisVisitor;

impl<'de> Visitor<'de> for AxisVisitor {
    type Value = Axis;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of values, or a table from labels to tables of parameters")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Axis, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = seq.next_element::<toml::Value>()? {
            let label = plain(&value).ok_or_else(|| A::Error::custom("a value of an axis is text or a number"))?;
            values.push((label, AxisValue { value, parameters: Parameters::new() }));
        }
        Ok(Axis(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Axis, A::Error> {
        let mut values = Vec::new();
        while let Some((label, parameters)) = map.next_entry::<String, Parameters>()? {
            values.push((label.clone(), AxisValue { value: toml::Value::String(label), parameters }));
        }
        Ok(Axis(values))
    }
}

impl JsonSchema for Axis {
    fn schema_name() -> Cow<'static, str> {
        "Axis".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A list of values, or a table from labels to tables of parameters.",
            "oneOf": [
                { "type": "array", "minItems": 1, "items": { "type": ["string", "number", "boolean"] } },
                { "type": "object", "minProperties": 1, "additionalProperties": { "type": "object" } }
            ]
        })
    }
}

/// What is wrong with a placeholder, and where in the file it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError {
    /// What is wrong.
    pub message: String,
    /// Where, in bytes.
    pub span: Option<Range<usize>>,
}

/// The text of one variant.
#[derive(Debug, Clone)]
pub struct Rendered {
    /// The label of each axis.
    pub labels: BTreeMap<String, String>,
    /// The text, without placeholders.
    pub text: String,
    /// Where text was replaced: (range in the rendered text, range in the file), in order.
    replaced: Vec<(Range<usize>, Range<usize>)>,
}

impl Rendered {
    /// The place in the file from which a place in the rendered text came.
    pub fn source_span(&self, span: &Range<usize>) -> Range<usize> {
        self.source_offset(span.start, false)..self.source_offset(span.end, true)
    }

    fn source_offset(&self, offset: usize, is_end: bool) -> usize {
        let (mut rendered_at, mut source_at) = (0, 0);
        for (rendered, source) in &self.replaced {
            if offset < rendered.start || (offset == rendered.start && is_end) {
                break;
            }
            if offset < rendered.end || (offset == rendered.end && is_end) {
                return if is_end { source.end } else { source.start };
            }
            (rendered_at, source_at) = (rendered.end, source.end);
        }
        source_at + (offset - rendered_at)
    }
}

/// Renders every variant of a scenario file. A file without matrix has one variant, with no labels.
///
/// Text that is not TOML, or that has no proper matrix, is passed on as it is: reading it tells what is wrong.
pub fn render_all(source: &str) -> Result<Vec<Rendered>, TemplateError> {
    let matrix = matrix(source);
    let mut combinations: Vec<BTreeMap<&str, (&str, &AxisValue)>> = vec![BTreeMap::new()];
    for (name, Axis(values)) in &matrix {
        combinations = combinations
            .iter()
            .flat_map(|combination| {
                values.iter().map(|(label, value)| {
                    let mut next = combination.clone();
                    next.insert(name.as_str(), (label.as_str(), value));
                    next
                })
            })
            .collect();
    }
    combinations.iter().map(|combination| render(source, combination)).collect()
}

fn matrix(source: &str) -> BTreeMap<String, Axis> {
    #[derive(Deserialize)]
    struct OnlyMatrix {
        #[serde(default)]
        matrix: BTreeMap<String, Axis>,
    }
    toml::from_str::<OnlyMatrix>(source).map(|file| file.matrix).unwrap_or_default()
}

fn render(source: &str, combination: &BTreeMap<&str, (&str, &AxisValue)>) -> Result<Rendered, TemplateError> {
    let mut rendered = Rendered { labels: BTreeMap::new(), text: String::new(), replaced: Vec::new() };
    rendered.labels.extend(combination.iter().map(|(axis, (label, _))| ((*axis).to_owned(), (*label).to_owned())));
    let mut at = 0;
    while let Some(found) = source[at..].find("${") {
        let start = at + found;
        let Some(length) = source[start..].find('}') else {
            return Err(TemplateError { message: "`${` without `}`".to_owned(), span: Some(start..start + 2) });
        };
        let name = &source[start + 2..start + length];
        let mut span = start..start + length + 1;
        let value = lookup(name, combination).ok_or_else(|| TemplateError {
            message: unknown_placeholder(name, combination),
            span: Some(span.clone()),
        })?;
        let replacement = if is_whole_string(source, &span) {
            span = span.start - 1..span.end + 1;
            value.to_string()
        } else {
            plain(value).ok_or_else(|| TemplateError {
                message: format!("`${{{name}}}` is a list or a table and cannot stand inside a text"),
                span: Some(span.clone()),
            })?
        };
        rendered.text.push_str(&source[at..span.start]);
        let rendered_start = rendered.text.len();
        rendered.text.push_str(&replacement);
        rendered.replaced.push((rendered_start..rendered.text.len(), span.clone()));
        at = span.end;
    }
    rendered.text.push_str(&source[at..]);
    Ok(rendered)
}

fn lookup<'a>(name: &str, combination: &BTreeMap<&str, (&str, &'a AxisValue)>) -> Option<&'a toml::Value> {
    match name.split_once('.') {
        None => combination.get(name).map(|(_, axis)| &axis.value),
        Some((axis, parameter)) => combination.get(axis)?.1.parameters.get(parameter),
    }
}

fn unknown_placeholder(name: &str, combination: &BTreeMap<&str, (&str, &AxisValue)>) -> String {
    let mut known = Vec::new();
    for (axis, (_, value)) in combination {
        known.push(format!("`${{{axis}}}`"));
        known.extend(value.parameters.keys().map(|parameter| format!("`${{{axis}.{parameter}}}`")));
    }
    match known.is_empty() {
        true => format!("`${{{name}}}` stands for nothing: the file has no matrix"),
        false => format!("`${{{name}}}` stands for nothing: the matrix has {}", known.join(", ")),
    }
}

/// Whether a placeholder is all there is in a string on one line, so that it may become a number or a list.
fn is_whole_string(source: &str, span: &Range<usize>) -> bool {
    let (before, after) = (&source[..span.start], &source[span.end..]);
    before.ends_with('"') && after.starts_with('"') && !before.ends_with("\"\"\"") && !after.starts_with("\"\"\"")
}

/// A scalar as plain text.
fn plain(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(_) | toml::Value::Float(_) | toml::Value::Boolean(_) => Some(value.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = r#"
title = "An unsigned ${role} is refused"
version = "${role.version}"
"${role}" = ["x"]
[matrix.role]
snapshot = { version = 3 }
targets = { version = 4 }
"#;

    #[test]
    fn a_variant_has_its_values_in_texts_in_keys_and_as_numbers() {
        let rendered = render_all(SOURCE).unwrap();
        assert_eq!(rendered.len(), 2);
        assert_eq!(rendered[1].labels["role"], "targets");
        assert!(rendered[1].text.contains("title = \"An unsigned targets is refused\"\nversion = 4\n\"targets\" = "));
    }

    #[test]
    fn a_place_in_a_variant_is_traced_to_the_file() {
        let rendered = &render_all(SOURCE).unwrap()[0];
        for needle in ["[matrix.role]", "title"] {
            let at = rendered.text.find(needle).unwrap();
            let span = rendered.source_span(&(at..at + needle.len()));
            assert_eq!(&SOURCE[span], needle);
        }
        let at = rendered.text.find("= 3").unwrap() + 2;
        assert_eq!(&SOURCE[rendered.source_span(&(at..at + 1))], "\"${role.version}\"");
    }

    #[test]
    fn a_placeholder_that_stands_for_nothing_is_an_error_at_its_place() {
        let error = render_all("title = \"${rôle}\"").unwrap_err();
        assert_eq!(error.span, Some(9..17));
        assert!(error.message.contains("the file has no matrix"));
    }
}
