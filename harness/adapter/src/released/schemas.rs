//! JSON Schemas of the data files of released clients.

use serde_json::Value;
use suite::schema_of;

use super::regression::RegressionFile;
use super::{Baseline, Manifest, Variant};

/// Each schema, with the name of its file.
pub fn schemas() -> Vec<(&'static str, Value)> {
    vec![
        ("manifest.json", schema_of::<Manifest>("The manifest of a client")),
        ("variant.json", schema_of::<Variant>("Another version of a client")),
        ("regressions.json", schema_of::<RegressionFile>("Regressions")),
        ("baseline.json", schema_of::<Baseline>("The known deviations of a client")),
    ]
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use suite::schema_text;

    use super::*;
    use crate::released;

    #[test]
    fn the_committed_schemas_are_those_of_the_types() {
        for (name, schema) in schemas() {
            let file = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas")).join(name);
            let committed = fs::read_to_string(&file).unwrap_or_default();
            assert_eq!(committed, schema_text(&schema), "write {name} anew with `cargo run -- schema --write`");
        }
    }

    #[test]
    fn the_files_of_every_released_client_have_the_form_of_their_schema() {
        let schemas = schemas();
        for client in released::list().unwrap() {
            let manifest = ("manifest.json", serde_json::to_value(&client.manifest).unwrap());
            let baseline = ("baseline.json", serde_json::to_value(&client.baseline).unwrap());
            for (name, value) in [manifest, baseline] {
                let (_, schema) = schemas.iter().find(|(known, _)| *known == name).unwrap();
                let error = jsonschema::validate(schema, &value).err().map(|error| error.to_string());
                assert_eq!(error, None, "{name} of {}", client.manifest.name);
            }
        }
    }
}
