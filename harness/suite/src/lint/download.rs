//! What a client downloads is compared with what it should have got.

use std::collections::BTreeSet;

use super::{Check, Finding, Inspect};
use crate::locate::Place;
use crate::{Action, Download, Suite, Variant};

/// See the module.
pub(super) const CHECK: Check = Check {
    code: "lint::download",
    summary: "`download.accept` states with `downloaded` what the client gets, of what it was told to download.",
    inspect: Inspect::Variant(inspect),
};

fn inspect(variant: &Variant, _: &Suite) -> Vec<Finding> {
    let (mut asked, mut findings) = (BTreeSet::new(), Vec::new());
    for step in &variant.plan.steps {
        let place = Place::step(step.number);
        if let Action::Download(download) = &step.action {
            let (verb, targets) = match download {
                Download::Accept(targets) => ("accept", targets),
                Download::Reject(targets) => ("reject", targets),
            };
            let list = place.clone().key("download").key(verb);
            if targets.is_empty() {
                findings.push(Finding::value(list, "nothing is downloaded", "name at least one target file"));
            } else if verb == "accept" && step.expect.downloaded.is_empty() {
                let help =
                    "add `downloaded = { \"path\" = \"content\" }`: a client that downloads nothing must not pass";
                findings.push(Finding::key(list, "what the client gets is not stated", help));
            }
            asked.extend(targets.iter());
        }
        for path in step.expect.downloaded.keys().filter(|path| !asked.contains(path)) {
            let message = format!("`{path}` has not been downloaded");
            let help = "name a file that this or an earlier step downloads";
            findings.push(Finding::key(place.clone().key("downloaded").key(path), message, help));
        }
        // Files are found by their content: what they are called is up to the client.
        let mut contents = BTreeSet::new();
        for (path, _) in step.expect.downloaded.iter().filter(|(_, content)| !contents.insert(content.as_str())) {
            let message = format!("another file has the content of `{path}`, so that one is taken for both");
            let help = "give each file a content of its own";
            findings.push(Finding::key(place.clone().key("downloaded").key(path), message, help));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::testing::{HONEST, REVOKED, accepts, caught, problems_of, tree};
    use super::*;

    const GOT: &str = "downloaded = { \"readme.txt\" = \"welcome\" }\n";

    #[test]
    fn a_download_of_which_nothing_is_compared_is_caught() {
        assert_eq!(caught(&CHECK, HONEST, GOT, ""), ["20: accept: what the client gets is not stated"]);
    }

    #[test]
    fn a_download_of_nothing_is_caught() {
        let found = caught(&CHECK, REVOKED, "download.reject = [\"project/new\"]", "download.reject = []");
        assert_eq!(found, ["42: []: nothing is downloaded"]);
    }

    #[test]
    fn a_file_that_was_never_asked_for_is_caught() {
        let found = caught(&CHECK, HONEST, GOT, "downloaded = { \"readme.md\" = \"welcome\" }\n");
        assert_eq!(found, ["21: \"readme.md\": `readme.md` has not been downloaded"]);
    }

    #[test]
    fn two_files_that_cannot_be_told_apart_are_caught() {
        let asked = "download.accept = [\"readme.txt\"]";
        let both = "download.accept = [\"readme.txt\", \"b.txt\"]\n\
            downloaded = { \"readme.txt\" = \"welcome\", \"b.txt\" = \"welcome\" }";
        let mut tree = tree();
        let text = tree[HONEST].replace(GOT, "").replace(asked, both);
        tree.insert(HONEST.to_owned(), text);
        let found: Vec<_> = problems_of(&CHECK, &tree).iter().map(|problem| problem.message.clone()).collect();
        assert_eq!(found, ["another file has the content of `readme.txt`, so that one is taken for both"]);
    }

    #[test]
    fn a_file_that_was_asked_for_earlier_is_accepted() {
        assert!(accepts(&CHECK, REVOKED, "reason =", "downloaded.\"readme.txt\" = \"welcome\"\nreason ="));
    }
}
