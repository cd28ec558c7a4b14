//! What the generated schemas say in terms of Rust, said in terms of TOML.

use serde_json::Value;

/// Removes what TOML does not have (null, the sizes of numbers) and the marks of links from descriptions.
pub(super) fn tidy(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(tidy),
        Value::Object(members) => {
            members.values_mut().for_each(tidy);
            members.remove("format");
            if members.get("default").is_some_and(Value::is_null) {
                members.remove("default");
            }
            if let Some(Value::String(description)) = members.get_mut("description") {
                *description = description.replace("[`", "`").replace("`]", "`").replace('\n', " ");
            }
            if let Some(Value::Array(types)) = members.get_mut("type") {
                types.retain(|name| name != "null");
                if let [single] = types.as_slice() {
                    let single = single.clone();
                    members.insert("type".to_owned(), single);
                }
            }
            if let Some(Value::Array(choices)) = members.get_mut("anyOf") {
                choices.retain(|choice| choice.get("type").is_none_or(|name| name != "null"));
            }
        }
        _ => {}
    }
}

/// Gives the verbs of a step, which refer to the changes, the descriptions of these.
pub(super) fn describe_verbs(scenario: &mut Value) {
    let Some(changes) = scenario.pointer("/definitions/Change/oneOf").and_then(Value::as_array) else { return };
    let described = changes.iter().filter_map(|change| {
        let verb = change.get("properties")?.as_object()?.keys().next()?;
        Some((verb.clone(), change.get("description")?.clone()))
    });
    let described: Vec<_> = described.collect();
    for (verb, description) in described {
        if let Some(step) = scenario.pointer_mut(&format!("/definitions/Step/properties/{verb}"))
            && let Some(members) = step.as_object_mut()
        {
            members.insert("description".to_owned(), description);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nothing_in_a_schema_may_be_null_and_no_description_has_links() {
        let mut schema = json!({
            "description": "See [`Change`],\nor not.",
            "type": ["integer", "null"],
            "format": "uint64",
            "default": null,
            "anyOf": [{ "$ref": "#/a" }, { "type": "null" }],
        });
        tidy(&mut schema);
        let expected =
            json!({ "description": "See `Change`, or not.", "type": "integer", "anyOf": [{ "$ref": "#/a" }] });
        assert_eq!(schema, expected);
    }

    #[test]
    fn each_verb_of_a_step_says_what_it_does() {
        let schemas = crate::schemas();
        let step = schemas[0].1.pointer("/definitions/Step/properties").unwrap().as_object().unwrap();
        for (name, property) in step {
            let description = property["description"].as_str().unwrap();
            assert!(!description.starts_with("See "), "{name}: {description}");
        }
    }
}
