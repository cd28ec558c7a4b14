//! `spec`: gating a change of the text, editions, and what follows for clients.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{Ended, tuf_cookbook};

/// A small text in the form of the specification's source.
const TEXT: &str = include_str!("../../../edition/tests/texts/small.md");

/// A folder with the small text before and after a change.
struct Change {
    folder: TempDir,
}

impl Change {
    fn new(from: &str, to: &str) -> Self {
        let change = Self { folder: tempfile::tempdir().unwrap() };
        let changed = TEXT.replacen(from, to, 1);
        assert!(from == to || changed != TEXT, "`{from}` is not in the text");
        fs::write(change.path("old.md"), TEXT).unwrap();
        fs::write(change.path("new.md"), changed).unwrap();
        change
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn spec(&self, command: &str, further: &[&str]) -> Ended {
        let (old, new) = (self.path("old.md"), self.path("new.md"));
        let named = ["spec", command, new.to_str().unwrap(), "--base", old.to_str().unwrap()];
        tuf_cookbook(&[&named, further].concat())
    }
}

#[test]
fn a_change_that_nobody_has_looked_at_does_not_pass_until_somebody_has() {
    let change = Change::new("MUST NOT count", "may count");
    let ended = change.spec("check", &[]);
    assert_eq!(ended.status, Some(1), "{ended:#?}");
    for said in ["changed  1.1.2.1 (update-root/2/1)", "MUST NOT is no longer said", "1 is not acknowledged"] {
        assert!(ended.stdout.contains(said), "not said: {said}\n{}", ended.stdout);
    }
    let arguments = ["--at", "update-root/2/1", "--effect", "requirement", "--note", "It is allowed now."];
    assert!(change.spec("acknowledge", &arguments).good().starts_with("1 acknowledged in "));
    assert!(change.path("new.acknowledged.toml").exists());
    assert!(change.spec("check", &[]).good().contains("all of it is acknowledged"));
    // Other words need another look.
    let text = fs::read_to_string(change.path("new.md")).unwrap();
    fs::write(change.path("new.md"), text.replace("may count", "might count")).unwrap();
    assert_eq!(change.spec("check", &[]).status, Some(1));
}

#[test]
fn an_editorial_change_passes_if_that_is_wanted() {
    let change = Change::new("This text is small.", "This text is tiny.");
    assert_eq!(change.spec("check", &[]).status, Some(1));
    let stdout = change.spec("check", &["--allow-editorial"]).good();
    assert!(stdout.contains("1 passage differs: only editorial"), "{stdout}");
}

#[test]
fn a_keyword_does_not_pass_as_editorial_wherever_it_stands() {
    let change = Change::new("## Formats ##", "## Clients SHALL log ## {#log}\n\n## Formats ##");
    let ended = change.spec("check", &["--allow-editorial"]);
    assert_eq!(ended.status, Some(1), "{ended:#?}");
    assert!(ended.stdout.contains("sentence 1 says SHALL and has no requirement"), "{}", ended.stdout);
}

#[test]
fn a_version_that_goes_back_does_not_pass() {
    let change = Change::new("VERSION 1.0.34", "VERSION 1.0.33");
    for format in [&["--allow-editorial"][..], &["--format", "github", "--summary", "/dev/null"]] {
        let ended = change.spec("check", format);
        assert_eq!(ended.status, Some(1), "{ended:#?}");
        assert!(ended.stdout.contains("the version goes back from 1.0.34 to 1.0.33"), "{}", ended.stdout);
    }
    assert_eq!(Change::new("x", "x").spec("check", &[]).status, Some(0));
}

#[test]
fn the_options_of_impact_stand_together() {
    let help = tuf_cookbook(&["spec", "impact", "--help"]).good();
    let at = |name: &str| help.find(&format!("\n      {name} ")).unwrap();
    assert!(
        at("--before") < at("--after") && at("--after") < at("--before-suite") && at("--before-suite") < at("--suite")
    );
}

#[test]
fn the_same_text_in_other_lines_is_no_change() {
    let change =
        Change::new("It has a sentence or two, e.g. this one.", "It has a\nsentence **or two**, e.g. this\none.");
    assert!(change.spec("check", &[]).good().contains("no passage differs"));
}

#[test]
fn what_was_found_is_told_to_programs_and_to_github() {
    let change = Change::new("4. Stop.", "4. Stop.\n\n5. The client SHALL <b>say</b> so | `loudly`.");
    let json: Value = serde_json::from_str(&change.spec("check", &["--format", "json"]).stdout).unwrap();
    let finding = &json["findings"][0];
    assert_eq!((&finding["kind"], &finding["after"]), (&"added".into(), &"update-root/5".into()));
    assert_eq!(finding["demands"][0]["keywords"], serde_json::json!(["shall"]));
    let summary = change.path("summary.md");
    let ended = change.spec("check", &["--format", "github", "--summary", summary.to_str().unwrap()]);
    let line = TEXT.lines().position(|line| line == "4. Stop.").unwrap() + 3;
    assert!(ended.stdout.starts_with("::error file="), "{}", ended.stdout);
    assert!(ended.stdout.contains(&format!(",line={line},endLine={line},title=added 1.1.5 (update-root/5)::")));
    let summary = fs::read_to_string(summary).unwrap();
    assert!(summary.contains("| added | 1.1.5 (update-root/5) |"), "{summary}");
    assert!(!summary.contains("<b>"), "{summary}");
}

#[test]
fn what_is_not_the_specification_is_refused_with_place_and_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let check = |bytes: &[u8]| {
        let path = folder.path().join("text.md");
        fs::write(&path, bytes).unwrap();
        tuf_cookbook(&["spec", "check", path.to_str().unwrap()])
    };
    check(b"\x7fELF\x00\x01").assert_refused(&["text.md: line 1: this is not a text", "tuf-spec.md"]);
    check(b"<pre class='metadata'>\nTitle: x").assert_refused(&["is opened here and never closed", "cut off"]);
    check(&vec![b'\n'; 5 << 20]).assert_refused(&["more than 4194304", "give the file `tuf-spec.md`"]);
    let cut = TEXT.replace("## Formats ## {#formats}", "## Last ## {#last}");
    let ended = check(cut.trim_end().as_bytes());
    ended.assert_refused(&["it ends in the middle of a line", "is missing: it is cut off"]);
    tuf_cookbook(&["spec", "check", folder.path().to_str().unwrap()]).assert_refused(&["it is not a file"]);
    tuf_cookbook(&["spec", "check", "no-such-file.md"])
        .assert_refused(&["no-such-file.md: there is no such file", "give the file `tuf-spec.md`"]);
    let path = folder.path().join("text.md");
    fs::write(&path, TEXT).unwrap();
    let ended = tuf_cookbook(&["spec", "check", path.to_str().unwrap(), "--edition", "9.9"]);
    ended.assert_refused(&["there is no edition `9.9`", "1.0.33, 1.0.34"]);
}

#[test]
fn an_edition_is_written_with_the_links_of_the_one_before() {
    let change = Change::new("VERSION 1.0.34", "VERSION 1.0.35");
    let (text, edition) = (change.path("new.md"), change.path("edition.toml"));
    let arguments = ["spec", "edition", text.to_str().unwrap(), "--output", edition.to_str().unwrap()];
    let stdout = tuf_cookbook(&arguments).good();
    assert!(stdout.starts_with("19 passages of 1.0.35 written to "), "{stdout}");
    assert!(stdout.contains("update-root/2/1, sentence 1: MUST NOT and no requirement"), "{stdout}");
    let edition = fs::read_to_string(edition).unwrap();
    assert!(edition.contains("at = \"update-root/2/1\"") && !edition.contains("count a key twice"));
}

#[test]
fn a_tailored_specification_has_what_applies_and_nothing_else() {
    let core = tuf_cookbook(&["spec", "render", "--profile", "core"]).good();
    assert!(core.contains("## For the implementer of a client") && core.contains("root.chain.version-increment"));
    assert!(!core.contains("`tap15.bins.all-exist`"));
    let html = tuf_cookbook(&["spec", "render", "--profile", "rstuf", "--format", "html"]).good();
    assert!(html.starts_with("<!doctype html>") && html.contains("<code>tap15.bins.all-exist</code>"));
    let ended = tuf_cookbook(&["spec", "render", "--profile", "cor"]);
    ended.assert_refused(&["there is no profile `cor`", "did you mean `core`?"]);
}

fn report(folder: &Path, name: &str, arguments: &[&str]) -> String {
    let path = folder.join(name);
    let named = ["run", "rollback/*", "--format", "json", "--output", path.to_str().unwrap()];
    tuf_cookbook(&[&named, arguments].concat());
    path.to_str().unwrap().to_owned()
}

#[test]
fn who_conforms_no_longer_is_told_with_the_scenarios_and_the_profiles() {
    let folder = tempfile::tempdir().unwrap();
    let client = ["--client", crate::program::PROGRAM, "--client-arg", "reference-client"];
    let faulty = [&client[..], &["--client-arg", "--fault", "--client-arg", "skip-timestamp-rollback"]].concat();
    let (before, after) = (report(folder.path(), "before.json", &client), report(folder.path(), "after.json", &faulty));
    let same = tuf_cookbook(&["spec", "impact", "--before", &before, "--after", &before]).good();
    assert!(same.contains("nothing changes for any of 1 clients"), "{same}");
    let ended = tuf_cookbook(&["spec", "impact", "--before", &before, "--after", &after]);
    assert_eq!(ended.status, Some(1));
    for said in ["no longer conforms", "core: conformant → not conformant", "rollback/timestamp-replay: pass → fail"]
    {
        assert!(ended.stdout.contains(said), "not said: {said}\n{}", ended.stdout);
    }
    tuf_cookbook(&["spec", "impact", "--before", &before, "--after", "Cargo.toml"]).assert_refused(&["Cargo.toml"]);
}
