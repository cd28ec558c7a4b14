//! Texts that are not what they should be, and the form of what is read.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should say where")]

use edition::{ReadError, Text};
use proptest::prelude::*;

const TEXT: &str = include_str!("texts/small.md");

fn addresses(text: &str) -> Vec<String> {
    Text::read(text.as_bytes()).unwrap().passages.into_iter().map(|passage| passage.address).collect()
}

#[test]
fn a_text_is_cut_into_passages_with_addresses_that_last() {
    let expected = [
        "metadata/settings",
        "front-matter/p1",
        "introduction",
        "introduction/p1",
        "introduction/i1",
        "introduction/i2",
        "update-root",
        "update-root/1",
        "update-root/2",
        "update-root/2/1",
        "update-root/3",
        "update-root/4",
        "update-root/p1",
        "formats",
        "formats/code1",
        "formats/keyid/term",
        "formats/keyid",
        "formats/threshold/term",
        "formats/threshold",
    ];
    assert_eq!(addresses(TEXT), expected);
}

#[test]
fn steps_have_the_numbers_that_the_text_refers_to() {
    let text = Text::read(TEXT.as_bytes()).unwrap();
    let numbers: Vec<_> = ["update-root/2/1", "formats", "front-matter/p1"]
        .map(|address| text.at(address).unwrap().number.clone())
        .into();
    assert_eq!(numbers, [Some("1.1.2.1".to_owned()), Some("1.2".to_owned()), None]);
}

#[test]
fn a_sentence_knows_its_lines() {
    let text = Text::read(TEXT.as_bytes()).unwrap();
    let step = text.at("update-root/1").unwrap();
    let lines: Vec<_> = step.sentences.iter().map(|sentence| sentence.lines).collect();
    let first = TEXT.lines().position(|line| line.starts_with("1. Let N")).unwrap() + 1;
    assert_eq!(lines, [(first, first), (first, first + 1)]);
}

#[test]
fn a_list_that_counts_by_itself_has_the_numbers_that_a_reader_sees() {
    let text = TEXT.replace("\n2. **", "\n1. **").replace("\n3. **", "\n1. **").replace("\n4. Stop", "\n1. Stop");
    assert_eq!(addresses(&text), addresses(TEXT));
}

#[test]
fn a_heading_without_words_is_no_passage() {
    let text = TEXT.replace("## Formats ## {#formats}", "## ## {#formats}");
    assert!(!addresses(&text).contains(&"formats".to_owned()));
    assert!(addresses(&text).contains(&"formats/keyid".to_owned()));
}

#[test]
fn what_is_not_the_specification_is_refused_with_the_reason() {
    let refused = |bytes: &[u8]| Text::read(bytes).unwrap_err();
    assert_eq!(refused(b""), ReadError::NoVersion);
    assert_eq!(refused(b"# Title # {#title}\n\nHello."), ReadError::NoVersion);
    let no_version = TEXT.replace("VERSION 1.0.34", "VERSION new");
    assert!(matches!(refused(no_version.as_bytes()), ReadError::Version { line: 4, .. }));
    assert_eq!(refused(TEXT.split("# Intro").next().unwrap().as_bytes()), ReadError::NoSections);
    assert!(matches!(refused(b"a\n\x00\x01"), ReadError::NotText { line: 2, what: "control characters" }));
    assert!(matches!(refused(b"a\nb\n\xff\xfe"), ReadError::NotText { line: 3, .. }));
    assert!(matches!(refused(&vec![b'a'; 100 << 10]), ReadError::LongLine { line: 1 }));
    assert!(matches!(refused(&vec![b'\n'; 5 << 20]), ReadError::TooLarge { .. }));
}

#[test]
fn a_text_that_is_cut_off_in_the_middle_of_code_is_refused() {
    let cut = TEXT.split("</pre>\n\n  :").next().unwrap();
    let error = Text::read(cut.as_bytes()).unwrap_err();
    let opened = TEXT.lines().position(|line| line.starts_with("<pre highlight")).unwrap() + 1;
    assert_eq!(error, ReadError::Unclosed { line: opened, what: "<pre".to_owned() });
}

#[test]
fn metadata_without_an_end_do_not_swallow_the_text() {
    let broken = TEXT.replacen("</pre>\n", "", 1);
    let error = Text::read(broken.as_bytes()).unwrap_err();
    let line = broken.lines().position(|line| line.starts_with("# Introduction")).unwrap() + 1;
    assert_eq!(error, ReadError::Metadata { line, opened: 1 });
    let twice = TEXT.replace("Text Macro: VERSION 1.0.34", "Text Macro: VERSION 1.0.34\nText Macro: VERSION 1.0.33");
    assert!(matches!(Text::read(twice.as_bytes()), Err(ReadError::Twice { line: 5, .. })));
}

#[test]
fn code_without_an_end_does_not_swallow_the_text() {
    for code in ["<pre>\na\n\nHello.\n\n<pre>\nb\n</pre>", "```\na\n\nHello.\n\n```json\nb\n```"] {
        let text = format!("{TEXT}\n\n{code}\n");
        assert!(matches!(Text::read(text.as_bytes()), Err(ReadError::Unclosed { .. })), "{code}");
    }
}

#[test]
fn characters_that_nobody_can_see_are_refused() {
    let text = TEXT.replace("MUST NOT", "MU\u{200b}ST NOT");
    assert!(matches!(Text::read(text.as_bytes()), Err(ReadError::NotText { .. })));
}

#[test]
fn lists_that_are_nested_without_end_are_refused() {
    let mut text = TEXT.to_owned();
    for depth in 0..100 {
        text += &format!("\n{:depth$}* x\n", "");
    }
    assert!(matches!(Text::read(text.as_bytes()), Err(ReadError::TooDeep { .. })));
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_fail(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = Text::read(&bytes);
    }

    #[test]
    fn addresses_are_unique_and_no_passage_is_empty_whatever_is_cut_out(start in 0..TEXT.len(), length in 0..60_usize) {
        let end = (start + length).min(TEXT.len());
        prop_assume!(TEXT.is_char_boundary(start) && TEXT.is_char_boundary(end));
        let text = format!("{}{}", &TEXT[..start], &TEXT[end..]);
        if let Ok(text) = Text::read(text.as_bytes()) {
            let addresses: std::collections::BTreeSet<_> = text.passages.iter().map(|passage| &passage.address).collect();
            prop_assert_eq!(addresses.len(), text.passages.len());
            for passage in &text.passages {
                prop_assert!(!passage.sentences.is_empty());
            }
        }
    }
}
