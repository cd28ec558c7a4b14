//! JSON Schemas of the messages, made from the types.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::{Answer, Initialize, Introduction, JSON_RPC, Method, Place};

/// A schema for each message, with the name of its file below `harness/schemas`.
pub fn schemas() -> Vec<(&'static str, Value)> {
    let outcome = || schema_of::<Answer>();
    vec![
        ("session/initialize.request.json", request(Method::Initialize, &schema_of::<Initialize>())),
        ("session/initialize.response.json", response(Method::Initialize, &schema_of::<Introduction>())),
        ("session/trust.request.json", request(Method::Trust, &place_with("root", &json!({"type": "string"})))),
        ("session/trust.response.json", response(Method::Trust, &outcome())),
        ("session/refresh.request.json", request(Method::Refresh, &schema_of::<Place>())),
        ("session/refresh.response.json", response(Method::Refresh, &outcome())),
        ("session/download.request.json", request(Method::Download, &place_with("targets", &target_paths()))),
        ("session/download.response.json", response(Method::Download, &outcome())),
        ("session/shutdown.request.json", request(Method::Shutdown, &nothing())),
        ("session/shutdown.response.json", response(Method::Shutdown, &nothing())),
        ("session/error.response.json", error_response()),
    ]
}

/// The schema of a type, without references, so that it can be part of another.
fn schema_of<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

fn target_paths() -> Value {
    json!({"type": "array", "items": {"type": "string"}, "minItems": 1})
}

fn nothing() -> Value {
    json!({"type": "object", "additionalProperties": false})
}

fn place_with(name: &str, schema: &Value) -> Value {
    let mut place = schema_of::<Place>();
    place["properties"][name] = schema.clone();
    if let Some(required) = place["required"].as_array_mut() {
        required.push(name.into());
    }
    place
}

fn request(method: Method, params: &Value) -> Value {
    message(
        &format!("`{method}`, as the harness asks it"),
        &json!({
            "jsonrpc": {"const": JSON_RPC},
            "id": {"type": "integer", "minimum": 0},
            "method": {"const": method.name()},
            "params": params,
        }),
    )
}

fn response(method: Method, result: &Value) -> Value {
    let id = json!({"type": "integer", "minimum": 0});
    message(
        &format!("`{method}`, as a client answers it"),
        &json!({"jsonrpc": {"const": JSON_RPC}, "id": id, "result": result}),
    )
}

fn error_response() -> Value {
    let error = json!({
        "type": "object",
        "properties": {"code": {"type": "integer"}, "message": {"type": "string"}, "data": true},
        "required": ["code", "message"],
        "additionalProperties": false,
    });
    let id = json!({"type": ["integer", "null"], "minimum": 0});
    message(
        "A wrong request, as a client answers it",
        &json!({"jsonrpc": {"const": JSON_RPC}, "id": id, "error": error}),
    )
}

fn message(title: &str, properties: &Value) -> Value {
    let required: Vec<_> = properties.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}
