//! Everything in the register has an id of its own.

use super::names::is_kebab_case;
use super::register_file::{Entries, RegisterFile};
use super::{Check, Finding, Inspect};
use crate::Suite;

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::register-ids",
    summary: "Ids in the register are well formed, and no two things of one kind have the same.",
    inspect: Inspect::Register(inspect),
};

fn inspect(file: &RegisterFile<'_>, files: &[RegisterFile<'_>], _: &Suite) -> Vec<Finding> {
    let key = file.entries.key();
    let mut findings = Vec::new();
    for (index, id) in file.entries.ids().into_iter().enumerate() {
        let place = file.entries.place(index).key("id");
        if !is_well_formed(id, &file.entries) {
            let message = format!("`{id}` is not the form of an id of a {key}");
            findings.push(Finding::value(place, message, form(&file.entries)));
        } else if let Some(first) = first_with(id, file, index, files) {
            let message = format!("there is another {key} `{id}`, in {first}");
            findings.push(Finding::value(place, message, "give one of the two another id"));
        }
    }
    findings
}

/// The file with an earlier entry of the same kind and id.
fn first_with<'a>(id: &str, file: &RegisterFile<'_>, index: usize, files: &[RegisterFile<'a>]) -> Option<&'a str> {
    let same_kind = files.iter().filter(|other| other.entries.key() == file.entries.key());
    same_kind
        .take_while(|other| other.path <= file.path)
        .find(|other| {
            let ids = other.entries.ids();
            let earlier = if other.path == file.path { index } else { ids.len() };
            ids[..earlier].contains(&id)
        })
        .map(|other| other.path)
}

fn is_well_formed(id: &str, entries: &Entries) -> bool {
    match entries {
        Entries::Requirements(_) => id.contains('.') && id.split('.').all(is_kebab_case),
        Entries::Features(_) => id.split(':').count() <= 2 && id.split(':').all(is_kebab_case),
        Entries::Attacks(_) | Entries::Policies(_) | Entries::Dialects(_) => is_kebab_case(id),
    }
}

const fn form(entries: &Entries) -> &'static str {
    match entries {
        Entries::Requirements(_) => "write lower-case words joined by hyphens and dots, such as `root.chain.no-skip`",
        Entries::Features(_) => "write lower-case words joined by hyphens, such as `consistent-snapshots:off`",
        _ => "write lower-case words joined by hyphens",
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{REQUIREMENTS, caught, problems_of, tree};
    use super::*;

    #[test]
    fn an_id_in_another_form_is_caught() {
        for id in ["timestamp", "timestamp.Rollback", "timestamp..version", "a_b.c"] {
            let found = caught(&CHECK, REQUIREMENTS, "timestamp.rollback.lower-version", id);
            assert_eq!(found, [format!("4: \"{id}\": `{id}` is not the form of an id of a requirement")]);
        }
        let found = caught(&CHECK, "spec/features.toml", "\"delegations\"", "\"a:b:c\"");
        assert_eq!(found, ["4: \"a:b:c\": `a:b:c` is not the form of an id of a feature"]);
    }

    #[test]
    fn an_id_that_is_given_twice_in_one_file_is_caught_at_the_second() {
        let found = caught(&CHECK, "spec/attacks.toml", "id = \"wrong-software\"", "id = \"rollback\"");
        assert_eq!(found, ["10: \"rollback\": there is another attack `rollback`, in spec/attacks.toml"]);
    }

    #[test]
    fn an_id_that_is_given_in_two_files_is_caught_in_the_second() {
        let mut tree = tree();
        let text = tree[REQUIREMENTS].clone();
        tree.insert("spec/requirements/again.toml".to_owned(), text);
        let problems = problems_of(&CHECK, &tree);
        assert_eq!(problems.len(), 3);
        assert!(problems.iter().all(|problem| problem.file == REQUIREMENTS));
    }

    #[test]
    fn things_of_different_kinds_may_share_an_id() {
        let found = caught(&CHECK, "spec/dialects.toml", "\"default\"", "\"rollback\"");
        assert!(found.is_empty());
    }
}
