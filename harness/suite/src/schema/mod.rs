//! JSON Schemas of the data files, made from the types, for editors and for other tools.

mod placeholder;
mod tidy;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::dialect::DialectFile;
use crate::edition::Edition;
use crate::policy::PolicyFile;
use crate::profile::ProfileFile;
use crate::register::{AttackFile, FeatureFile, RequirementFile};
use crate::scenario::Scenario;

/// Each schema, with the name of its file. They are written in draft 7, which editors of TOML understand.
pub fn schemas() -> Vec<(&'static str, Value)> {
    let mut scenario = schema_of::<Scenario>("A scenario");
    tidy::describe_verbs(&mut scenario);
    placeholder::admit(&mut scenario);
    vec![
        ("scenario.json", scenario),
        ("requirements.json", schema_of::<RequirementFile>("Requirements")),
        ("features.json", schema_of::<FeatureFile>("Features")),
        ("attacks.json", schema_of::<AttackFile>("Attack classes")),
        ("policies.json", schema_of::<PolicyFile>("Policies")),
        ("dialects.json", schema_of::<DialectFile>("Dialects")),
        ("edition.json", schema_of::<Edition>("An edition of the text")),
        ("profile.json", schema_of::<ProfileFile>("A profile")),
    ]
}

/// The text of a schema file.
pub fn schema_text(schema: &Value) -> String {
    format!("{schema:#}\n")
}

/// The schema of a type that a data file is read into.
pub fn schema_of<T: JsonSchema>(title: &str) -> Value {
    let mut schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<T>().to_value();
    if let Some(members) = schema.as_object_mut() {
        members.insert("title".to_owned(), title.into());
    }
    tidy::tidy(&mut schema);
    schema
}
