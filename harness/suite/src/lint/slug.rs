//! The name of a scenario file is the last part of its id.

use super::names::is_kebab_case;
use super::{Check, Finding, Inspect};
use crate::{ScenarioFile, Suite};

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::slug",
    summary: "The name of a scenario file is written in lower-case words joined by hyphens.",
    inspect: Inspect::File(inspect),
};

fn inspect(file: &ScenarioFile, _: &Suite) -> Vec<Finding> {
    if is_kebab_case(file.slug()) {
        return Vec::new();
    }
    let message = format!("`{}` is not a name in lower-case words joined by hyphens", file.slug());
    vec![Finding::bytes(0..0, message, "rename the file, such as `replayed-timestamp.toml`")]
}

#[cfg(test)]
mod tests {
    use super::super::testing::{REPLAY, problems_of, tree};
    use super::*;

    #[test]
    fn a_file_name_with_capitals_or_underscores_is_caught() {
        for slug in ["Replay", "timestamp_replay", ""] {
            let mut tree = tree();
            let text = tree[REPLAY].clone();
            tree.insert(format!("scenarios/rollback/{slug}.toml"), text);
            let message = format!("`{slug}` is not a name in lower-case words joined by hyphens");
            let found: Vec<_> = problems_of(&CHECK, &tree).iter().map(ToString::to_string).collect();
            assert_eq!(found, if slug.is_empty() { Vec::new() } else { vec![message] });
        }
    }
}
