//! Editions and acknowledgements as files.

use suite::Edition;

use crate::{Acknowledged, Effect};

/// The text of an edition file.
pub fn edition_file(edition: &Edition) -> String {
    let mut text = "#:schema ../../harness/schemas/edition.json\n\n\
                    # The passages of one version of the text, by fingerprints of their sentences, with the requirements \
                    that they state.\n\
                    # Written by `tuf-cookbook spec edition`; the links are made by hand.\n"
        .to_owned();
    text += &format!("version = {}\n", quoted(&edition.version.to_string()));
    text.extend(edition.date.iter().map(|date| format!("date = {}\n", quoted(date))));
    for entry in &edition.passage {
        text += &format!("\n[[passage]]\nat = {}\n", quoted(&entry.at));
        text.extend(entry.number.iter().map(|number| format!("number = {}\n", quoted(number))));
        text += &format!("kind = {}\n", quoted(&kebab(entry.kind)));
        let sentences: Vec<String> = entry.sentences.iter().map(|print| quoted(print)).collect();
        text += &format!("sentences = [{}]\n", sentences.join(", "));
        text += &table("keywords", entry.keywords.iter().map(|(keyword, at)| (kebab(*keyword), at)));
        if !entry.loose.is_empty() {
            text += &format!("loose = [{}]\n", list(&entry.loose));
        }
        text += &table("requirements", entry.requirements.iter().map(|(id, at)| (quoted(id), at)));
        text += &table("without", entry.without.iter().map(|(reason, at)| (quoted(reason), at)));
    }
    text
}

/// The text of a file of acknowledged changes.
pub fn acknowledged_file(acknowledged: &Acknowledged) -> String {
    let mut text =
        "# Changes of the text that somebody has looked at: written by `tuf-cookbook spec acknowledge`.\n".to_owned();
    for change in &acknowledged.change {
        text += &format!("\n[[change]]\nat = {}\n", quoted(&change.at));
        text.extend(change.before.iter().map(|print| format!("before = {}\n", quoted(print))));
        text.extend(change.after.iter().map(|print| format!("after = {}\n", quoted(print))));
        let effect = match change.effect {
            Effect::Editorial => "editorial",
            Effect::Requirement => "requirement",
        };
        text += &format!("effect = {}\nnote = {}\n", quoted(effect), quoted(&change.note));
    }
    text
}

fn table<'a>(key: &str, links: impl Iterator<Item = (String, &'a Vec<usize>)>) -> String {
    let links: Vec<String> = links.map(|(name, at)| format!("{name} = [{}]", list(at))).collect();
    if links.is_empty() { String::new() } else { format!("{key} = {{ {} }}\n", links.join(", ")) }
}

fn list(at: &[usize]) -> String {
    at.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// The name of a keyword or of a kind of passage, as it is written in files.
fn kebab(name: impl serde::Serialize) -> String {
    toml::Value::try_from(name).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_acknowledgement_is_read_back_as_it_was() {
        let change = crate::Acknowledgement {
            at: "update-root/4".to_owned(),
            before: Some("00".to_owned()),
            after: None,
            effect: Effect::Editorial,
            note: "It says \"threshold\"\nin capitals.".to_owned(),
        };
        let acknowledged = Acknowledged { change: vec![change] };
        assert_eq!(toml::from_str::<Acknowledged>(&acknowledged_file(&acknowledged)).unwrap(), acknowledged);
    }
}
