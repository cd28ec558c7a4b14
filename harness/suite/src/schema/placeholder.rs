//! In a file with a matrix, `"${…}"` can stand for every value and every key.

use serde_json::{Map, Value, json};

const REFERENCE: &str = "#/definitions/Placeholder";
const PATTERN: &str = r"\$\{[^}]+\}";

/// Admits placeholders wherever a scenario has something else than free text.
pub(super) fn admit(scenario: &mut Value) {
    inside(scenario);
    // The matrix itself is read before placeholders are replaced.
    if let Some(matrix) = scenario.pointer_mut("/properties/matrix") {
        *matrix = plain(matrix);
    }
    let placeholder = json!({
        "description": "A placeholder for a value of the matrix: `${axis}` or `${axis.parameter}`.",
        "type": "string",
        "pattern": PATTERN,
    });
    if let Some(definitions) = scenario.get_mut("definitions").and_then(Value::as_object_mut) {
        definitions.insert("Placeholder".to_owned(), placeholder);
    }
}

/// Goes through the places of a schema at which other schemas stand.
fn inside(schema: &mut Value) {
    let Some(members) = schema.as_object_mut() else { return };
    for (key, member) in members.iter_mut() {
        match key.as_str() {
            "properties" => values(member).for_each(position),
            "definitions" => {
                let named = member.as_object_mut().into_iter().flatten();
                named.filter(|(name, _)| *name != "Axis").for_each(|(_, definition)| inside(definition));
            }
            "items" | "additionalProperties" if member.is_object() => position(member),
            "oneOf" | "anyOf" | "allOf" => {
                member.as_array_mut().into_iter().flatten().for_each(inside);
            }
            _ => {}
        }
    }
    if members.get("additionalProperties") == Some(&Value::Bool(false)) {
        members.insert("patternProperties".to_owned(), json!({ PATTERN: true }));
    }
    if let Some(choices) = members.get_mut("oneOf").and_then(Value::as_array_mut)
        && choices.iter().any(|choice| choice.get("required").is_some())
    {
        choices.push(json!({
            "description": "One of the names, given by a placeholder.",
            "type": "object",
            "patternProperties": { PATTERN: true },
            "additionalProperties": false,
            "minProperties": 1,
            "maxProperties": 1,
        }));
    }
}

/// A place at which a value stands: the value that it was made for, or a placeholder.
fn position(schema: &mut Value) {
    inside(schema);
    let Some(members) = schema.as_object_mut() else { return };
    let is_free_text = members.get("type").is_some_and(|name| name == "string")
        && !["pattern", "enum", "const"].into_iter().any(|key| members.contains_key(key));
    if is_free_text {
        return;
    }
    let mut outer = Map::new();
    for key in ["description", "default"] {
        outer.extend(members.remove(key).map(|value| (key.to_owned(), value)));
    }
    if members.is_empty() {
        return members.extend(outer);
    }
    outer.insert("anyOf".to_owned(), json!([schema.take(), { "$ref": REFERENCE }]));
    *schema = Value::Object(outer);
}

/// The schema of a place as it was before a placeholder was admitted.
fn plain(schema: &Value) -> Value {
    let mut before = schema.pointer("/anyOf/0").cloned().unwrap_or_else(|| schema.clone());
    if let (Some(members), Some(outer)) = (before.as_object_mut(), schema.as_object()) {
        members
            .extend(outer.iter().filter(|(key, _)| *key != "anyOf").map(|(key, value)| (key.clone(), value.clone())));
        members.insert("additionalProperties".to_owned(), json!({ "$ref": "#/definitions/Axis" }));
    }
    before
}

fn values(member: &mut Value) -> impl Iterator<Item = &mut Value> {
    member.as_object_mut().into_iter().flatten().map(|(_, value)| value)
}
