//! The matrix: one file, several variants.
//!
//! Placeholders are replaced in the text of the file, before it is read, so that a placeholder can stand wherever
//! a string can: in a value, in a key, in the story. Each rendered text knows where its parts came from, so that an
//! error in a variant points into the file that was written.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use toml_parser::lexer::TokenKind;

use crate::diagnose::diagnose;
use crate::locate::{Part, Place};
use crate::nearest::nearest;

/// The most variants that one file may have.
const VARIANT_LIMIT: usize = 256;

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

impl Axis {
    /// Every parameter, with the label of the value that has it.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().flat_map(|(label, value)| value.parameters.keys().map(|name| (label.as_str(), name.as_str())))
    }
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
        f.write_str("a list of values, or a table of labels with their parameters,")
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

/// One value of each axis, with its label.
type Combination<'a> = BTreeMap<&'a str, (&'a str, &'a AxisValue)>;

/// What is wrong with a placeholder or the matrix, and where in the file it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
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
    /// How the variant is called: `[role=snapshot]`.
    pub fn name(&self) -> String {
        variant_name(&self.labels)
    }

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
/// Text that is not TOML is passed on as it is: reading it tells what is wrong.
pub fn render_all(source: &str) -> Result<Vec<Rendered>, TemplateError> {
    let Ok(document) = toml_edit::Document::parse(source) else {
        return Ok(vec![Rendered { labels: BTreeMap::new(), text: source.to_owned(), replaced: Vec::new() }]);
    };
    let matrix = matrix(source)?;
    check_matrix(&matrix, &document)?;
    let mut combinations: Vec<Combination<'_>> = vec![BTreeMap::new()];
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

fn matrix(source: &str) -> Result<BTreeMap<String, Axis>, TemplateError> {
    #[derive(Deserialize)]
    struct OnlyMatrix {
        #[serde(default)]
        matrix: BTreeMap<String, Axis>,
    }
    toml::from_str::<OnlyMatrix>(source).map(|file| file.matrix).map_err(|error| {
        let diagnosis = diagnose(source, &error);
        TemplateError { message: diagnosis.message, help: diagnosis.help, span: diagnosis.span }
    })
}

/// Each axis has values, each with a label of its own, and there are not more variants than can be played.
fn check_matrix(matrix: &BTreeMap<String, Axis>, document: &toml_edit::Document<&str>) -> Result<(), TemplateError> {
    let error = |place: Place, message: String, help: &str| {
        Err(TemplateError { message, help: help.to_owned(), span: place.find_in(document, Part::Key) })
    };
    let mut variants = 1_usize;
    for (name, Axis(values)) in matrix {
        let place = Place::top("matrix").key(name);
        if values.is_empty() {
            return error(place, format!("the axis `{name}` has no values"), "give it values, or remove it");
        }
        let mut labels = BTreeSet::new();
        if let Some((label, _)) = values.iter().find(|(label, _)| !labels.insert(label)) {
            return error(place, format!("the axis `{name}` has the value `{label}` twice"), "remove one of the two");
        }
        variants = variants.saturating_mul(values.len());
        if variants > VARIANT_LIMIT {
            let help = "split the file, or leave out combinations that show nothing new";
            return error(place, format!("the matrix has more than {VARIANT_LIMIT} variants"), help);
        }
    }
    Ok(())
}

fn render(source: &str, combination: &Combination<'_>) -> Result<Rendered, TemplateError> {
    let mut rendered = Rendered { labels: labels(combination), text: String::new(), replaced: Vec::new() };
    let mut at = 0;
    for start in placeholders(source) {
        if start < at {
            continue;
        }
        let Some(length) = source[start..].find(['}', '"', '\n']).filter(|end| source[start + end..].starts_with('}'))
        else {
            let (message, help) = ("`${` without `}`".to_owned(), "close the placeholder: `${name}`".to_owned());
            return Err(TemplateError { message, help, span: Some(start..start + 2) });
        };
        let name = &source[start + 2..start + length];
        let mut span = start..start + length + 1;
        let value = lookup(name, combination).ok_or_else(|| unknown_placeholder(name, span.clone(), combination))?;
        let replacement = if is_whole_string(source, &span) {
            span = span.start - 1..span.end + 1;
            value.to_string()
        } else {
            plain(value).ok_or_else(|| TemplateError {
                message: format!("`${{{name}}}` is a list or a table and cannot stand inside a text"),
                help: "let it stand alone in its quotes, or use another parameter".to_owned(),
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

/// Where placeholders start. In comments they are only spoken of.
fn placeholders(source: &str) -> impl Iterator<Item = usize> {
    let comments: Vec<_> = toml_parser::Source::new(source)
        .lex()
        .filter(|token| token.kind() == TokenKind::Comment)
        .map(|token| token.span().start()..token.span().end())
        .collect();
    let is_in_comment = move |at: usize| {
        let next = comments.partition_point(|comment| comment.end <= at);
        comments.get(next).is_some_and(|comment| comment.contains(&at))
    };
    source.match_indices("${").map(|(at, _)| at).filter(move |at| !is_in_comment(*at))
}

fn lookup<'a>(name: &str, combination: &Combination<'a>) -> Option<&'a toml::Value> {
    match name.split_once('.') {
        None => combination.get(name).map(|(_, axis)| &axis.value),
        Some((axis, parameter)) => combination.get(axis)?.1.parameters.get(parameter),
    }
}

fn unknown_placeholder(name: &str, span: Range<usize>, combination: &Combination<'_>) -> TemplateError {
    let mut known = Vec::new();
    for (axis, (_, value)) in combination {
        known.push((*axis).to_owned());
        known.extend(value.parameters.keys().map(|parameter| format!("{axis}.{parameter}")));
    }
    let help = match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `${{{near}}}`?"),
        None if known.is_empty() => format!("declare it: `[matrix]` with `{name} = [\"one\", \"another\"]`"),
        None => format!("the matrix has `${{{}}}`", known.join("}`, `${")),
    };
    let message = if combination.is_empty() {
        format!("`${{{name}}}` stands for nothing: the file has no matrix")
    } else {
        format!("`${{{name}}}` stands for nothing in the variant {}", variant_name(&labels(combination)))
    };
    TemplateError { message, help, span: Some(span) }
}

fn labels(combination: &Combination<'_>) -> BTreeMap<String, String> {
    combination.iter().map(|(axis, (label, _))| ((*axis).to_owned(), (*label).to_owned())).collect()
}

fn variant_name(labels: &BTreeMap<String, String>) -> String {
    let pairs: Vec<_> = labels.iter().map(|(axis, label)| format!("{axis}={label}")).collect();
    format!("[{}]", pairs.join(","))
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
    fn a_comment_may_speak_of_placeholders() {
        let rendered = render_all("# ${role} and ${\ntitle = \"a # ${b}\" # ${c}\n[matrix]\nb = [1]\n").unwrap();
        assert_eq!(rendered[0].text, "# ${role} and ${\ntitle = \"a # 1\" # ${c}\n[matrix]\nb = [1]\n");
    }

    #[test]
    fn an_axis_without_values_or_with_one_twice_is_refused() {
        for (axis, message) in
            [("[]", "the axis `a` has no values"), ("[1, 1]", "the axis `a` has the value `1` twice")]
        {
            let error = render_all(&format!("[matrix]\na = {axis}\n")).unwrap_err();
            assert_eq!((error.message.as_str(), error.span), (message, Some(9..10)));
        }
    }

    #[test]
    fn a_matrix_cannot_grow_without_bound() {
        let axes: Vec<_> = (0..30).map(|axis| format!("a{axis} = [1, 2, 3, 4, 5, 6, 7, 8, 9]")).collect();
        let error = render_all(&format!("[matrix]\n{}", axes.join("\n"))).unwrap_err();
        assert_eq!(error.message, "the matrix has more than 256 variants");
    }

    #[test]
    fn a_placeholder_that_stands_for_nothing_is_an_error_at_its_place() {
        let error = render_all("title = \"${rôle}\"").unwrap_err();
        assert_eq!(error.span, Some(9..17));
        assert!(error.message.contains("the file has no matrix"));
    }
}
