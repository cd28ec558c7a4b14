//! What a change of the text touches, for GitHub: annotations on the lines of the file, and a summary of the job.

use edition::Finding;

use super::{Gate, alarms, place, word};
use crate::escape::single_line;

/// The longest text in an annotation or in a cell.
const TEXT_LIMIT: usize = 4000;

/// The annotations, as commands for the runner of the job: a line each. What needs somebody to look at it is an error,
/// what somebody has looked at a notice.
pub fn annotations(gate: &Gate<'_>) -> String {
    let mut text = String::new();
    for finding in &gate.examination.findings {
        let (first, last) = gate.after(finding).map_or(gate.new.stamp_lines, edition::Passage::lines);
        let is_open = gate.open().any(|open| open == finding);
        let kind = if is_open { "error" } else { "notice" };
        let mut says = alarms(finding);
        says.push(match finding.touched.requirements.as_slice() {
            [] => "no requirement is stated by what differs".to_owned(),
            ids => format!("states {}", ids.join(", ")),
        });
        if is_open {
            says.push("not acknowledged".to_owned());
        }
        text += &format!(
            "::{kind} file={},line={first},endLine={last},title={}::{}\n",
            property(gate.file),
            property(&format!("{} {}", word(finding.kind), place(finding))),
            data(&says.join("\n")),
        );
    }
    for wrong in gate.stamps() {
        let (first, last) = gate.new.stamp_lines;
        let kind = if gate.goes_back() { "error" } else { "warning" };
        text += &format!("::{kind} file={},line={first},endLine={last}::{}\n", property(gate.file), data(&wrong));
    }
    text
}

/// The summary of the job, as Markdown.
pub fn summary(gate: &Gate<'_>) -> String {
    let examination = gate.examination;
    let mut text = format!(
        "## The specification, {} → {}\n\n**{}.**\n\n{}.\n\n",
        examination.from,
        examination.to,
        cell(&gate.verdict()),
        cell(&gate.version())
    );
    for wrong in gate.stamps() {
        text += &format!("> {}.\n\n", cell(&wrong));
    }
    if examination.findings.is_empty() {
        return text;
    }
    text +=
        "| | Passage | States | Scenarios | Open questions | Profiles | Looked at |\n|---|---|---|---|---|---|---|\n";
    for finding in &examination.findings {
        let touched = &finding.touched;
        let looked = match &finding.acknowledged {
            Some(change) => cell(&change.note),
            None if finding.editorial => "no (editorial)".to_owned(),
            None => "**no**".to_owned(),
        };
        text += &format!(
            "| {} | {} | {} | {} | {} | {} | {looked} |\n",
            word(finding.kind),
            cell(&place(finding)),
            list(&touched.requirements),
            list(&touched.scenarios),
            list(&touched.policies),
            list(&touched.profiles),
        );
    }
    for finding in &examination.findings {
        text += &detail(gate, finding);
    }
    text
}

fn detail(gate: &Gate<'_>, finding: &Finding) -> String {
    let words = |passage: Option<&edition::Passage>| passage.map(|passage| html(&passage.text()));
    let (before, after) = (words(gate.before(finding)), words(gate.after(finding)));
    let mut text = format!("\n<details><summary>{} {}</summary>\n\n", word(finding.kind), html(&place(finding)));
    for alarm in alarms(finding) {
        text += &format!("- **{}**\n", cell(&alarm));
    }
    if !finding.beside.is_empty() {
        text += &format!("- the passage also states {}\n", list(&finding.beside));
    }
    text += "\n<table><tr><th>before</th><th>now</th></tr><tr>";
    for column in [before, after] {
        text += &format!("<td>{}</td>", column.unwrap_or_default());
    }
    text + "</tr></table>\n\n</details>\n"
}

/// Ids in a cell.
fn list(ids: &[String]) -> String {
    ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join("<br>")
}

/// Text in a cell: no markup, no end of the cell.
fn cell(text: &str) -> String {
    let text = html(text);
    text.chars().flat_map(|c| if "\\|*_`[]#~".contains(c) { vec!['\\', c] } else { vec![c] }).collect()
}

fn html(text: &str) -> String {
    single_line(text, TEXT_LIMIT).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The text of a command of the runner.
fn data(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| single_line(line, TEXT_LIMIT).replace('%', "%25")).collect();
    lines.join("%0A")
}

/// The value of a property of a command of the runner.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_ends_a_command_or_a_cell() {
        assert_eq!(property("a,b:c%\n::error::x"), "a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3Ax");
        assert_eq!(cell("a|b <script> `c`"), "a\\|b &lt;script&gt; \\`c\\`");
    }
}
