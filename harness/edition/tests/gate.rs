//! What the gate says of small changes to a small text.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use edition::{Acknowledged, Acknowledgement, Effect, Examination, Kind, Text, examine, link};
use suite::{Edition, Keyword, Suite};

/// A text of our own with all that the specification's source has in it.
const TEXT: &str = include_str!("texts/small.md");

fn read(text: &str) -> Text {
    Text::read(text.as_bytes()).unwrap()
}

/// The edition of the small text, with links.
fn edition() -> Edition {
    let text = read(TEXT);
    let mut edition = link(&text, &Edition { version: text.version, date: None, passage: Vec::new() });
    let mut state = |at: &str, id: &str, sentences: &[usize]| {
        let entry = edition.passage.iter_mut().find(|entry| entry.at == at).unwrap();
        entry.requirements.insert(id.to_owned(), sentences.to_vec());
    };
    state("update-root/1", "root.chain.continuity", &[2]);
    state("update-root/2", "root.signature.old-quorum", &[2]);
    state("update-root/2", "root.signature.failure.abort", &[4]);
    state("update-root/2/1", "root.signature.key-counts-once", &[1]);
    state("update-root/3", "root.chain.version-increment", &[2]);
    state("formats/threshold", "root.threshold.positive", &[1]);
    edition
}

/// What the gate says when the small text is changed, with the old text at hand and without.
fn change(from: &str, to: &str) -> Examination {
    let changed = TEXT.replacen(from, to, 1);
    assert_ne!(changed, TEXT, "`{from}` is not in the text");
    let (old_text, new_text) = (read(TEXT), read(&changed));
    let old = edition();
    let new = link(&new_text, &old);
    let suite = Suite::embedded().unwrap();
    let acknowledged = Acknowledged::default();
    let examination = examine((&old, &new), Some((&old_text, &new_text)), &suite, &acknowledged);
    let without = examine((&old, &new), None, &suite, &acknowledged);
    assert_eq!(examination.editorial, without.editorial);
    assert_eq!(examination.findings.is_empty(), without.findings.is_empty());
    examination
}

/// The kind, the address and the requirements of each finding.
fn found(examination: &Examination) -> Vec<(Kind, &str, Vec<&str>)> {
    examination
        .findings
        .iter()
        .map(|finding| {
            let at = finding.after.as_deref().or(finding.before.as_deref()).unwrap();
            (finding.kind, at, finding.touched.requirements.iter().map(String::as_str).collect())
        })
        .collect()
}

#[test]
fn other_markup_and_other_line_breaks_are_no_change() {
    for (from, to) in [
        ("signed by a threshold of keys\n  that", "signed by\n  a threshold of keys that"),
        ("**Check the signatures.**", "<strong>Check the\n  signatures.</strong>"),
        ("`root.json`", "root.json"),
        ("## Update the root role ## {#update-root}", "##\u{a0}Update the root role\u{a0}## {#update-root}"),
        ("1. Let N", "1.   Let N"),
        ("  :: A positive", "  ::\n    A positive"),
        ("Something else follows", "_Something else_ follows"),
        ("## Formats ## {#formats}", "Formats {#formats}\n-----"),
        ("## Formats ## {#formats}", "<h3 id=\"formats\">Formats</h3>"),
        ("# Introduction # {#introduction}", "Introduction {#introduction}\n====="),
        ("This text is small.", "This text <!-- a > b\n\n1. It MUST stop. -->is small."),
    ] {
        assert_eq!(found(&change(from, to)), [], "{from}");
    }
}

#[test]
fn asterisks_and_underscores_are_the_same_markup() {
    let changed = TEXT.replace("**", "__");
    assert_ne!(changed, TEXT);
    let entries = |text: &str| read(text).passages.iter().map(edition::Passage::entry).collect::<Vec<_>>();
    assert_eq!(edition::compare(&entries(TEXT), &entries(&changed), None), []);
}

#[test]
fn a_keyword_that_is_new_anywhere_is_never_editorial() {
    for (from, to) in [
        (": <dfn>KEYID</dfn>", ": <dfn>KEYID</dfn> which SHALL be unique"),
        ("Title: A small text", "Title: A small text\nAbstract: Clients SHALL log."),
        ("<pre highlight=\"json\">\n", "<pre highlight=\"json\">\n// It MUST be one.\n"),
        ("Stop.", "Stop.\n\n```\nIt MUST be one.\n```"),
        ("## Formats ##", "## Clients SHALL log ## {#log}\n\n## Formats ##"),
        ("## Formats ##", "## Formats that clients MUST know ##"),
        ("</pre>\n\n  :", "</pre> It MUST be one.\n\n  :"),
        ("{ \"keyid\"", "MUST { \"keyid\""),
        ("Something else", "<!-- a\n--> Clients MUST log. Something else"),
        ("Something else", "<div> Clients MUST log.</div>\n\nSomething else"),
        ("Something else", "[Something](clients MUST log) else"),
        ("Something else", "<Clients MUST log> else"),
        ("Something else", "Clients M&#85;ST log. Something else"),
        ("Something else", "Clients \u{41c}UST log. Something else"),
        ("Something else", "Clients must log. Something else"),
    ] {
        let examination = change(from, to);
        assert!(!examination.editorial, "{to}: {:#?}", examination.findings);
    }
}

#[test]
fn what_takes_weight_or_sense_away_is_never_editorial() {
    for (from, to) in [
        ("4. Stop.", "<div class=\"note\">\n\n4. Stop.\n\n</div>"),
        ("It MUST have been", "<del>It MUST have been</del>"),
        ("## Formats ##", "## Formats (informative) ##"),
        ("4. Stop.", "4. Stop.\n\n5. Go on."),
        ("4. Stop.", "4. Stop.\n\n  Then go on."),
        ("4. Stop.\n\n", ""),
        (": <dfn>THRESHOLD</dfn>", ": <dfn>QUORUM</dfn>"),
        ("Title: A small text", "Title: A small text\nMarkup Shorthands: markdown no"),
        ("This text is small.", "This is so, unless it is not."),
        ("This text is small.", "<style>dd { display: none }</style> This text is small."),
        ("This text is small.", "This text is small.  This section is not binding."),
    ] {
        let examination = change(from, to);
        assert!(!examination.editorial, "{to}: {:#?}", examination.findings);
    }
    let paragraphs = "The client MUST stop.\n\nThe others too.\n\nThe rest is free.";
    let text = TEXT.replace("Something else follows.", paragraphs);
    let swapped = text.replace("The others too.\n\nThe rest is free.", "The rest is free.\n\nThe others too.");
    let old = link(&read(&text), &edition());
    let examination =
        examine((&old, &link(&read(&swapped), &old)), None, &Suite::embedded().unwrap(), &Acknowledged::default());
    assert!(!examination.findings.is_empty() && !examination.editorial, "{examination:#?}");
}

#[test]
fn the_advice_on_the_version_goes_by_the_strongest_passage() {
    use edition::Bump::{Major, Minor, Patch};
    for (from, to, bump, said) in [
        ("Something else follows.", "A client MAY rest.", Minor, "no duty does, by our reading"),
        ("Something else follows.", "A client MUST rest.", Major, "MUST is new at update-root/p1"),
        ("MUST NOT count", "should not count", Major, "MUST NOT is no longer said at update-root/2/1"),
        ("exactly N+1", "precisely N+1", Major, "a sentence with MUST has other words at update-root/3"),
        ("A positive number", "Some number", Major, "without a keyword has other words at formats/threshold"),
        ("This text is small.", "This text is tiny.", Patch, "editorial"),
    ] {
        let examination = change(from, to);
        assert_eq!(examination.bump, bump, "{to}: {}", examination.bump_reason);
        assert!(examination.bump_reason.contains(said), "{to}: {}", examination.bump_reason);
    }
    let changed = TEXT.replace("Something else follows.", "A client MUST rest.").replace("* First", "* It MAY rest");
    let old = edition();
    let examination =
        examine((&old, &link(&read(&changed), &old)), None, &Suite::embedded().unwrap(), &Acknowledged::default());
    assert!(examination.bump_reason.contains("update-root/p1"), "{}", examination.bump_reason);
}

#[test]
fn a_must_not_that_is_dropped_is_caught_with_its_requirement() {
    let examination = change("MUST NOT count", "may count");
    assert_eq!(found(&examination), [(Kind::Changed, "update-root/2/1", vec!["root.signature.key-counts-once"])]);
    assert_eq!(examination.findings[0].dropped, [Keyword::MustNot]);
    assert!(!examination.editorial);
}

#[test]
fn a_not_that_is_dropped_is_caught() {
    let examination = change("MUST NOT count", "MUST count");
    assert_eq!(examination.findings[0].dropped, [Keyword::MustNot]);
    let demands: Vec<_> = examination.findings[0].demands.iter().map(|demand| demand.keywords.clone()).collect();
    assert_eq!(demands, [[Keyword::Must]]);
}

#[test]
fn a_sentence_that_is_added_with_a_keyword_has_no_requirement() {
    for (from, to, at) in [
        ("discard it.\n", "discard it.  The client SHALL tell the user.\n", "update-root/2"),
        ("discard it.\n", "discard it.\n\n  The client SHALL tell the user.\n", "update-root/2/p1"),
        ("## Formats", "A client SHALL be kind.\n\n## Formats", "update-root/p2"),
    ] {
        let examination = change(from, to);
        let [finding] = examination.findings.as_slice() else { panic!("{from}: {:?}", examination.findings) };
        assert_eq!(finding.after.as_deref(), Some(at));
        assert_eq!(
            finding.demands.iter().map(|demand| demand.keywords.clone()).collect::<Vec<_>>(),
            [[Keyword::Shall]]
        );
        assert!(!examination.editorial);
    }
}

#[test]
fn a_list_that_is_numbered_anew_is_caught_from_there_on() {
    let step = "**Check the version.** The version MUST be exactly N+1.";
    let examination = change(&format!("3. {step}\n\n4. Stop."), &format!("4. {step}\n\n5. Stop."));
    let expected =
        [(Kind::Moved, "update-root/4", vec!["root.chain.version-increment"]), (Kind::Moved, "update-root/5", vec![])];
    assert_eq!(found(&examination), expected);
    assert!(!examination.editorial);
}

#[test]
fn a_step_that_is_put_in_moves_those_below_it() {
    let steps = "3. **Check the version.** The version MUST be exactly N+1.\n\n4. Stop.";
    let examination =
        change(steps, &format!("3. Wait.\n\n{}", steps.replace("4. Stop", "5. Stop").replace("3. **", "4. **")));
    let moved: Vec<_> = found(&examination).into_iter().map(|(kind, at, _)| (kind, at.to_owned())).collect();
    let expected = [(Kind::Added, "update-root/3"), (Kind::Moved, "update-root/4"), (Kind::Moved, "update-root/5")];
    assert_eq!(moved, expected.map(|(kind, at)| (kind, at.to_owned())));
}

#[test]
fn steps_that_change_places_are_caught() {
    let text = TEXT.replace("4. Stop.", "4. Let M be nothing.\n\n5. Stop.");
    let (old, new) =
        (read(&text), read(&text.replace("4. Let M be nothing.\n\n5. Stop.", "4. Stop.\n\n5. Let M be nothing.")));
    let changes = edition::compare(
        &old.passages.iter().map(edition::Passage::entry).collect::<Vec<_>>(),
        &new.passages.iter().map(edition::Passage::entry).collect::<Vec<_>>(),
        None,
    );
    assert_eq!(changes.len(), 2, "{changes:?}");
}

#[test]
fn words_that_state_nothing_are_editorial() {
    let examination = change("This text is small.", "This text is tiny.");
    assert_eq!(found(&examination), [(Kind::Changed, "introduction/p1", vec![])]);
    assert!(examination.editorial);
    assert_eq!(examination.bump, edition::Bump::Patch);
}

#[test]
fn other_requirements_of_the_passage_are_told_apart_from_those_that_changed() {
    let examination = change("  If it is not, discard it.", "  If not, discard it.");
    let finding = &examination.findings[0];
    assert_eq!(finding.touched.requirements, ["root.signature.failure.abort"]);
    assert_eq!(finding.beside, ["root.signature.old-quorum"]);
    assert!(!finding.touched.scenarios.is_empty());
}

#[test]
fn a_passage_that_is_removed_or_put_elsewhere_is_told() {
    let threshold = "  : <dfn>THRESHOLD</dfn>\n  :: A positive number of keys.\n";
    let examination = change(threshold, "");
    let removed = |at| (Kind::Removed, at, vec!["root.threshold.positive"]);
    assert_eq!(found(&examination), [removed("formats/threshold/term"), removed("formats/threshold")]);
    let moved =
        TEXT.replace(threshold, "").replace("## Update the root", &format!("Then:\n\n{threshold}\n## Update the root"));
    let (old, new_text) = (edition(), read(&moved));
    let examination =
        examine((&old, &link(&new_text, &old)), None, &Suite::embedded().unwrap(), &Acknowledged::default());
    let moved = (Kind::Moved, "introduction/threshold", vec!["root.threshold.positive"]);
    let term = (Kind::Moved, "introduction/threshold/term", vec!["root.threshold.positive"]);
    assert_eq!(found(&examination), [(Kind::Added, "introduction/p2", vec![]), term, moved]);
    // The words are the same, but it is said in another section.
    assert!(!examination.editorial);
}

#[test]
fn an_acknowledgement_holds_for_the_words_that_it_was_given_for() {
    let suite = Suite::embedded().unwrap();
    let old = edition();
    let at = |words: &str| link(&read(&TEXT.replace("exactly N+1", words)), &old);
    let new = at("precisely N+1");
    let entry = |edition: &Edition| edition.passage.iter().find(|entry| entry.at == "update-root/3").cloned();
    let change =
        Acknowledgement::new(entry(&old).as_ref(), entry(&new).as_ref(), Effect::Editorial, "the same").unwrap();
    let acknowledged = Acknowledged { change: vec![change] };
    let examination = examine((&old, &new), None, &suite, &acknowledged);
    assert_eq!((examination.open().count(), examination.editorial), (0, true));
    let examination = examine((&old, &at("about N+1")), None, &suite, &acknowledged);
    assert_eq!((examination.open().count(), examination.editorial), (1, false));
}
