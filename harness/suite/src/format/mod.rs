//! The one way to write a data file: order of the head, blank lines and spaces. Comments, and the order of steps,
//! stay as they are, and so does the meaning.

mod decor;

use toml_edit::{DocumentMut, Item, Table};

use crate::Problem;
use crate::diagnose::diagnose;
use decor::{Width, comments, end_of_line, format_value};

/// The keys at the top of a scenario, in the order of a reader's questions.
const HEAD: [&str; 7] = ["title", "attack", "attacker", "covers", "needs", "policy", "story"];

/// The tables of a scenario that come before all others.
const TABLES: [&str; 2] = ["matrix", "repository"];

/// Writes a data file in the one way.
///
/// # Errors
/// If the text is not TOML, at the place where it goes wrong.
pub fn format(path: &str, text: &str) -> Result<String, Box<Problem>> {
    let meaning: toml::Table = toml::from_str(text).map_err(|error| {
        let diagnosis = diagnose(text, &error);
        let mut problem = Problem::new(path, text, "format::syntax", diagnosis.message);
        problem.span = diagnosis.span;
        Box::new(problem.help(diagnosis.help))
    })?;
    let unchanged = |message: &str| {
        let problem = Problem::new(path, text, "format::meaning", message);
        Box::new(problem.help("write the file in a simpler way; please report this"))
    };
    let mut document: DocumentMut = text.parse().map_err(|_| unchanged("the file cannot be laid out anew"))?;
    format_document(&mut document);
    let formatted = document.to_string();
    let formatted = format!("{}\n", formatted.trim_start_matches('\n').trim_end_matches('\n'));
    match toml::from_str::<toml::Table>(&formatted) {
        Ok(same) if same == meaning => Ok(if formatted == "\n" { String::new() } else { formatted }),
        _ => Err(unchanged("laying out the file anew would change its meaning")),
    }
}

fn format_document(document: &mut DocumentMut) {
    let trailing = raw(document.trailing());
    let preamble = take_preamble(document);
    let root = document.as_table_mut();
    let rank = |name: &str| HEAD.iter().position(|head| *head == name).unwrap_or(HEAD.len());
    root.sort_values_by(|a, _, b, _| rank(a.get()).cmp(&rank(b.get())));
    order_tables(root);
    format_table(root, true);
    let mut is_first = true;
    for_each_header(root, &mut |table| {
        let before = comments(&raw(table.decor().prefix().unwrap_or(&"".into())), 0);
        table.decor_mut().set_prefix(format!("\n{before}"));
        let after = end_of_line(&raw(table.decor().suffix().unwrap_or(&"".into())));
        table.decor_mut().set_suffix(after);
    });
    // The preamble stands before whatever comes first now.
    let first_key = root.iter().find(|(_, item)| is_line(item)).map(|(key, _)| key.to_owned());
    if let Some(mut key) = first_key.and_then(|key| first_line_key(root, &key)) {
        let before = raw(key.leaf_decor().prefix().unwrap_or(&"".into()));
        key.leaf_decor_mut().set_prefix(format!("{preamble}{}", before.trim_start_matches('\n')));
        is_first = false;
    }
    for_each_header(root, &mut |table| {
        if std::mem::take(&mut is_first) {
            let before = raw(table.decor().prefix().unwrap_or(&"".into()));
            table.decor_mut().set_prefix(format!("{preamble}{}", before.trim_start_matches('\n')));
        }
    });
    let trailing = comments(&trailing, 0);
    let separator = if trailing.is_empty() { "" } else { "\n" };
    let preamble = if is_first { preamble.as_str() } else { "" };
    document.set_trailing(format!("{preamble}{separator}{trailing}"));
}
