//! What a change of the specification's text touches: to a person, as JSON, and for GitHub.

pub mod github;
pub mod terminal;

use edition::{Examination, Finding, Kind, Passage, Text};

/// An examination, with the texts that it is about.
#[derive(Debug, Clone, Copy)]
pub struct Gate<'a> {
    /// What was found.
    pub examination: &'a Examination,
    /// The text before. Absent if only its edition is known.
    pub old: Option<&'a Text>,
    /// The text now.
    pub new: &'a Text,
    /// The file of the text now, as it was named.
    pub file: &'a str,
    /// Whether findings that are only editorial need nobody who has looked at them.
    pub allow_editorial: bool,
}

impl Gate<'_> {
    /// The findings that keep the change from passing.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        self.examination.open().filter(|finding| !(self.allow_editorial && finding.editorial))
    }

    /// Whether the change passes.
    pub fn passes(&self) -> bool {
        self.open().next().is_none() && !self.goes_back()
    }

    /// Whether the text states an earlier version than before. No acknowledgement makes that right.
    const fn goes_back(&self) -> bool {
        self.examination.bumped.is_none()
    }

    fn before(&self, finding: &Finding) -> Option<&Passage> {
        self.old?.at(finding.before.as_deref()?)
    }

    fn after(&self, finding: &Finding) -> Option<&Passage> {
        self.new.at(finding.after.as_deref()?)
    }

    /// What is to be said of the change as a whole.
    fn verdict(&self) -> String {
        let examination = self.examination;
        let found = match examination.findings.len() {
            0 if self.goes_back() => return "no passage differs, but the version goes back".to_owned(),
            0 => return "no passage differs".to_owned(),
            1 => "1 passage differs".to_owned(),
            many => format!("{many} passages differ"),
        };
        let kind = if examination.editorial { "only editorial" } else { "not only editorial" };
        let unseen = examination.open().count();
        let open = match self.open().count() {
            0 if unseen == 0 => "all of it is acknowledged".to_owned(),
            0 => format!("{unseen} of these pass without an acknowledgement"),
            1 => "1 is not acknowledged".to_owned(),
            many => format!("{many} are not acknowledged"),
        };
        let back = if self.goes_back() { "; the version goes back" } else { "" };
        format!("{found}: {kind}; {open}{back}")
    }

    /// What the rules ask of the version, and what was done.
    fn version(&self) -> String {
        let examination = self.examination;
        let made = match examination.bumped {
            Some(edition::Bump::None) => format!("the text still states {}", examination.to),
            Some(bump) => format!("the text goes from {} to {}: {bump}", examination.from, examination.to),
            None => format!("the text goes back from {} to {}", examination.from, examination.to),
        };
        format!("semantic versioning asks for: {} ({}); {made}", examination.bump, examination.bump_reason)
    }

    /// What is wrong with the date and the version that the text states: what is due if something differs, and what is
    /// wrong in any case.
    fn stamps(&self) -> Vec<String> {
        let examination = self.examination;
        let mut wrong = Vec::new();
        if self.goes_back() {
            wrong.push(format!(
                "the version goes back from {} to {}, so the change does not pass: state a later one",
                examination.from, examination.to
            ));
        }
        if examination.to_date < examination.from_date {
            let date = |date: &Option<String>| date.clone().unwrap_or_else(|| "none".to_owned());
            wrong.push(format!(
                "the date goes back from {} to {}",
                date(&examination.from_date),
                date(&examination.to_date)
            ));
        }
        if examination.findings.is_empty() || self.goes_back() {
            return wrong;
        }
        if !matches!(examination.bumped, Some(bump) if bump > edition::Bump::None) {
            wrong.push("the version is not raised; that is due before the change is merged".to_owned());
        }
        if examination.to_date == examination.from_date {
            wrong.push("the date is not later; that is due before the change is merged".to_owned());
        }
        wrong
    }
}

/// One word for what happened to a passage.
const fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Added => "added",
        Kind::Removed => "removed",
        Kind::Changed => "changed",
        Kind::Moved => "moved",
    }
}

/// Where a finding is, in words: number and address.
fn place(finding: &Finding) -> String {
    let address = match (&finding.before, &finding.after) {
        (Some(before), Some(after)) if before != after => format!("{before} → {after}"),
        (before, after) => after.clone().or(before.clone()).unwrap_or_default(),
    };
    finding.number.as_ref().map_or_else(|| address.clone(), |number| format!("{number} ({address})"))
}

/// What a finding says about keywords, a sentence each.
fn alarms(finding: &Finding) -> Vec<String> {
    let mut alarms = Vec::new();
    if !finding.dropped.is_empty() {
        let keywords: Vec<String> = finding.dropped.iter().map(ToString::to_string).collect();
        alarms.push(format!("{} is no longer said", keywords.join(", ")));
    }
    for demand in &finding.demands {
        let keywords: Vec<String> = demand.keywords.iter().map(ToString::to_string).collect();
        alarms.push(format!("sentence {} says {} and has no requirement", demand.sentence, keywords.join(", ")));
    }
    if finding.loose {
        alarms.push("it says without a keyword what has to be done, may be left, or does not hold".to_owned());
    }
    alarms
}

/// Writes an examination as JSON, indented.
///
/// # Errors
/// None that is known.
pub fn json(examination: &Examination) -> Result<String, serde_json::Error> {
    Ok(crate::escape::json(&serde_json::to_string_pretty(examination)?) + "\n")
}
