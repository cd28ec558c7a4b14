//! What a change of the text touches, for a person.

use edition::{Finding, Kind, Passage};

use super::{Gate, alarms, place, word};
use crate::Style;
use crate::terminal::page::{BOLD, DIM, GREEN, Page, RED, YELLOW};

/// The most ids that are shown of one kind, unless everything is asked for.
const SHOWN: usize = 12;

/// A passage with more sentences is not shown whole.
const LONG: usize = 8;

/// Lays out an examination.
pub fn render(gate: &Gate<'_>, style: Style) -> String {
    let mut page = Page::new(style);
    let examination = gate.examination;
    page.line(0, &format!("from {} to {}", examination.from, examination.to));
    let mut last = None;
    for finding in &examination.findings {
        // One line each.
        let is_short = finding.kind == Kind::Moved && finding.is_editorial();
        if !(is_short && last == Some(true)) {
            page.gap();
        }
        last = Some(is_short);
        write(&mut page, gate, finding);
    }
    page.gap();
    for wrong in gate.stamps() {
        let (paint, word) = if gate.goes_back() { (RED, "wrong") } else { (YELLOW, "note") };
        page.headed_paragraph(paint, word, word.len() + 2, &wrong);
    }
    page.headed_paragraph(DIM, "version", 9, &gate.version());
    page.gap();
    let paint = if gate.passes() { GREEN } else { RED };
    page.coloured_line(paint, 0, &gate.verdict());
    page.finish()
}

fn write(page: &mut Page, gate: &Gate<'_>, finding: &Finding) {
    let paint = if finding.is_editorial() { DIM } else { BOLD };
    let lines = gate.after(finding).map_or_else(String::new, |passage| {
        let (first, last) = passage.lines();
        format!("  {}:{first}-{last}", gate.file)
    });
    page.headed(paint, word(finding.kind), &format!("{}{lines}", place(finding)));
    for alarm in alarms(finding) {
        page.coloured_paragraph(RED, 2, 2, &alarm);
    }
    if finding.kind == Kind::Moved && finding.is_editorial() {
        return;
    }
    let before = gate.before(finding).map(|passage| sentences(passage, &finding.gone));
    let after = gate.after(finding).map(|passage| sentences(passage, &finding.come));
    let unknown = || vec![(false, "(only fingerprints are known: name the old text with --base)".to_owned())];
    let before = match (&finding.before, before) {
        (None, _) => Vec::new(),
        (Some(_), before) => before.unwrap_or_else(unknown),
    };
    page.columns(("before", RED, &before), ("now", GREEN, &after.unwrap_or_default()));
    let touched = &finding.touched;
    let lists = [
        ("states", &touched.requirements),
        ("beside", &finding.beside),
        ("scenarios", &touched.scenarios),
        ("questions", &touched.policies),
        ("profiles", &touched.profiles),
    ];
    for (name, ids) in lists.into_iter().filter(|(_, ids)| !ids.is_empty()) {
        let shown = if page.style.verbose { ids.len() } else { SHOWN };
        let mut text = ids.iter().take(shown).cloned().collect::<Vec<_>>().join(", ");
        if ids.len() > shown {
            text += &format!(" and {} more", ids.len() - shown);
        }
        page.field(name, &text);
    }
    match &finding.acknowledged {
        Some(change) => page.field("acknowledged", &change.note),
        None if finding.editorial => page.field("", "editorial: it states no requirement"),
        None if touched.requirements.is_empty() && finding.beside.is_empty() => {
            page.field("", "no requirement is known, but it is not only editorial");
        }
        None => {}
    }
}

/// The sentences of a passage, each with whether it differs. Of a long one, only those that do.
fn sentences(passage: &Passage, different: &[usize]) -> Vec<(bool, String)> {
    let is_long = passage.sentences.len() > LONG;
    let sentences = passage.sentences.iter().enumerate();
    let sentences = sentences.map(|(index, sentence)| (different.contains(&(index + 1)), sentence.text.clone()));
    sentences.filter(|(is_different, _)| *is_different || !is_long).collect()
}
