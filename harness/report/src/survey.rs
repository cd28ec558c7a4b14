//! Who answers what to the questions that the text leaves open. It never calls an answer wrong.

use std::collections::BTreeMap;

use judge::Answered;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use suite::{Register, Subject};

use crate::terminal::page::{BOLD, DIM, Page};
use crate::{Report, Style, escape};

/// The answers of clients to the open questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Survey {
    /// The clients, with their versions.
    pub clients: Vec<String>,
    /// The questions that clients can answer.
    pub questions: Vec<Question>,
}

/// One question, with the answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Question {
    /// The id of the policy.
    pub policy: String,
    /// The question.
    pub question: String,
    /// The sections between which it is open.
    pub sections: Vec<String>,
    /// Where it is discussed.
    pub discussed: Vec<String>,
    /// The known answers: id and meaning, the stricter or more literal reading first.
    pub answers: Vec<(String, String)>,
    /// What each client answers, in the order of the clients.
    pub given: Vec<Answered>,
}

impl Survey {
    /// Reads the answers off the results of clients.
    pub fn new(register: &Register, reports: &[Report]) -> Self {
        let results: Vec<_> = reports.iter().map(|report| judge::by_id(&report.results)).collect();
        let policies = register.policies.values().filter(|policy| policy.subject == Subject::Client);
        let questions = policies.map(|policy| Question {
            policy: policy.id.clone(),
            question: policy.question.clone(),
            sections: policy.sections.clone(),
            discussed: policy.discussed.clone(),
            answers: policy.answer.iter().map(|answer| (answer.id.clone(), answer.means.clone())).collect(),
            given: results.iter().map(|results| judge::answer(policy, results)).collect(),
        });
        Self {
            clients: reports.iter().map(|report| report.client.full_name()).collect(),
            questions: questions.collect(),
        }
    }

    /// How many questions at least this many clients answer.
    pub fn answered_by(&self, clients: usize) -> usize {
        let is_answer = |given: &&Answered| matches!(given, Answered::Answer { .. });
        self.questions.iter().filter(|question| question.given.iter().filter(is_answer).count() >= clients).count()
    }
}

impl Question {
    /// The clients that give each answer; those of which nothing is known come last.
    fn groups<'a>(&'a self, clients: &'a [String]) -> Vec<(&'a str, &'a str, Vec<&'a str>)> {
        let mut by_answer: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (client, given) in clients.iter().zip(&self.given) {
            by_answer.entry(word(given)).or_default().push(client);
        }
        let mut groups = Vec::new();
        for (id, means) in &self.answers {
            groups.push((id.as_str(), means.as_str(), by_answer.remove(id.as_str()).unwrap_or_default()));
        }
        groups.extend(by_answer.into_iter().map(|(word, clients)| (word, "", clients)));
        groups
    }
}

/// An answer in a word or two.
fn word(given: &Answered) -> &str {
    match given {
        Answered::Answer { id } => id,
        Answered::NoneOfThese => "none of these",
        Answered::NotSeen => "not seen",
    }
}

/// Lays it out for a person.
pub fn terminal(survey: &Survey, style: Style) -> String {
    let mut page = Page::new(style);
    for question in &survey.questions {
        page.gap();
        page.coloured_line(BOLD, 0, &question.policy);
        page.paragraph(2, 0, &question.question);
        page.paragraph(2, 0, &format!("sections {}", question.sections.join(", ")));
        for link in &question.discussed {
            page.coloured_line(DIM, 2, link);
        }
        for (answer, means, clients) in question.groups(&survey.clients) {
            let clients = if clients.is_empty() { "nobody".to_owned() } else { clients.join(", ") };
            page.item(answer, 2, &clients);
            if !means.is_empty() {
                page.under_field(0, means);
            }
        }
    }
    page.gap();
    page.line(0, &closing(survey));
    page.finish()
}

/// Lays it out as Markdown, for the book.
pub fn markdown(survey: &Survey) -> String {
    let mut text = format!("{}\n", closing(survey));
    for question in &survey.questions {
        text += &format!("\n## `{}`\n\n{}\n\n", question.policy, plain(&question.question));
        text += &format!("Sections {}.", question.sections.join(", "));
        for (number, link) in question.discussed.iter().enumerate() {
            text += &format!(" [Discussion {}]({}).", number + 1, link.replace(['(', ')', ' '], ""));
        }
        text += "\n\n| answer | what it means | who gives it |\n|---|---|---|\n";
        for (answer, means, clients) in question.groups(&survey.clients) {
            text += &format!("| {} | {} | {} |\n", plain(answer), plain(means), plain(&clients.join(", ")));
        }
    }
    text
}

/// Writes it as JSON, indented.
///
/// # Errors
/// None that is known.
pub fn json(survey: &Survey) -> Result<String, serde_json::Error> {
    Ok(escape::json(&serde_json::to_string_pretty(survey)?) + "\n")
}

fn closing(survey: &Survey) -> String {
    format!(
        "{} questions to clients; {} are answered by at least one of {} clients, {} by at least five. No answer is wrong: \
         the text leaves each of these open.",
        survey.questions.len(),
        survey.answered_by(1),
        survey.clients.len(),
        survey.answered_by(5),
    )
}

/// Text in a cell of a table.
fn plain(text: &str) -> String {
    escape::single_line(text, 2_000).replace('|', "\\|").replace('<', "&lt;").replace('*', "\\*")
}
