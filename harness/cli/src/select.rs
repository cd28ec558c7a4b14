//! Which scenarios are meant.

use suite::{IdPattern, Suite, Variant, nearest};

use crate::failure::Failure;

/// The scenarios that one of these patterns means, sorted by id; all of them if there is no pattern.
///
/// A pattern is an id, with or without its variant in brackets, or a glob over ids: `*` stands for anything, brackets
/// for themselves.
///
/// # Errors
/// If a pattern means nothing.
pub fn select<'a>(suite: &'a Suite, patterns: &[String]) -> Result<Vec<&'a Variant>, Failure> {
    let read = patterns.iter().map(|pattern| IdPattern::parse(pattern)).collect::<Result<Vec<_>, _>>();
    let read = read.map_err(Failure::plain)?;
    for (text, pattern) in patterns.iter().zip(&read) {
        if !suite.variants().any(|variant| pattern.means(variant.id.as_str())) {
            return Err(nothing(suite, text));
        }
    }
    let is_meant =
        |variant: &&Variant| read.is_empty() || read.iter().any(|pattern| pattern.means(variant.id.as_str()));
    let mut meant: Vec<_> = suite.variants().filter(is_meant).collect();
    meant.sort_by_key(|variant| &variant.id);
    Ok(meant)
}

/// The one scenario that a pattern means.
///
/// # Errors
/// If it means none or several.
pub fn select_one<'a>(suite: &'a Suite, pattern: &str) -> Result<&'a Variant, Failure> {
    match select(suite, &[pattern.to_owned()])?.as_slice() {
        [variant] => Ok(variant),
        several => {
            let ids: Vec<_> = several.iter().take(5).map(|variant| variant.id.as_str()).collect();
            let more = if several.len() > 5 { ", …" } else { "" };
            Err(Failure::new(
                format!("`{pattern}` means {} scenarios", several.len()),
                format!("name one of them: {}{more}", ids.join(", ")),
            ))
        }
    }
}

fn nothing(suite: &Suite, pattern: &str) -> Failure {
    let ids = suite.variants().flat_map(|variant| {
        let id = variant.id.as_str();
        [id, id.split('[').next().unwrap_or_default()]
    });
    let help = match nearest(pattern, ids) {
        Some(id) => format!("did you mean `{id}`? `tuf-cookbook list` shows all ids"),
        None => "`tuf-cookbook list` shows all ids".to_owned(),
    };
    Failure::new(format!("no scenario is meant by `{pattern}`"), help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_nothing_is_told_with_the_nearest_id() {
        let suite = Suite::embedded().unwrap();
        let Err(Failure::Message { help, .. }) = select(&suite, &["rollback/timestamp-repaly".to_owned()]) else {
            panic!("it means nothing")
        };
        assert!(help.unwrap().contains("`rollback/timestamp-replay`"));
    }
}
