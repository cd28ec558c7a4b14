//! Profiles build on others, and not on themselves.

use super::{Check, Finding, Inspect};
use crate::locate::Place;
use crate::{ProfileFile, Suite};

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::profile-extends",
    summary: "No profile builds on itself, whatever is between.",
    inspect: Inspect::Profile(inspect),
};

fn inspect(id: &str, file: &ProfileFile, suite: &Suite) -> Vec<Finding> {
    let positions = file.extends.iter().enumerate().filter(|(_, base)| reaches(base, id, suite, &mut Vec::new()));
    let finding = |(position, base): (usize, &String)| {
        let message = if base == id { "it builds on itself".to_owned() } else { format!("`{base}` builds on it") };
        Finding::value(Place::top("extends").index(position), message, "remove one of the two")
    };
    positions.map(finding).collect()
}

fn reaches<'a>(from: &'a str, to: &str, suite: &'a Suite, seen: &mut Vec<&'a str>) -> bool {
    if from == to {
        return true;
    }
    if seen.contains(&from) {
        return false;
    }
    seen.push(from);
    let bases = suite.profiles.get(from).map(|profile| &profile.file.extends);
    bases.into_iter().flatten().any(|base| reaches(base, to, suite, seen))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{PROFILE, caught, problems_of, tree};
    use super::*;

    #[test]
    fn a_circle_is_caught() {
        assert!(caught(&CHECK, PROFILE, "[\"base\"]", "[\"base\", \"strict\"]")[0].contains("it builds on itself"));
        let mut tree = tree();
        let base = tree["cookbook/profiles/base.toml"].replace("situation", "extends = [\"strict\"]\nsituation");
        tree.insert("cookbook/profiles/base.toml".to_owned(), base);
        assert_eq!(problems_of(&CHECK, &tree).len(), 2);
    }
}
