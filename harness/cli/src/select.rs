//! Which scenarios are meant.

use globset::{GlobBuilder, GlobMatcher};
use suite::{Suite, Variant, nearest};

use crate::failure::Failure;

/// The scenarios that one of these patterns means, sorted by id; all of them if there is no pattern.
///
/// A pattern is an id, with or without its variant in brackets, or a glob over ids: `*` stands for anything, brackets
/// for themselves.
///
/// # Errors
/// If a pattern means nothing.
pub fn select<'a>(suite: &'a Suite, patterns: &[String]) -> Result<Vec<&'a Variant>, Failure> {
    let matchers = patterns.iter().map(|pattern| matcher(pattern)).collect::<Result<Vec<_>, _>>()?;
    for (pattern, matcher) in patterns.iter().zip(&matchers) {
        if !suite.variants().any(|variant| means(matcher, variant.id.as_str())) {
            return Err(nothing(suite, pattern));
        }
    }
    let is_meant =
        |variant: &&Variant| patterns.is_empty() || matchers.iter().any(|matcher| means(matcher, variant.id.as_str()));
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

/// A matcher for a pattern, in which brackets stand for themselves.
///
/// # Errors
/// If it is no glob.
pub fn matcher(pattern: &str) -> Result<GlobMatcher, Failure> {
    let literal: String = pattern
        .chars()
        .map(|c| match c {
            '[' | ']' => format!("[{c}]"),
            _ => c.to_string(),
        })
        .collect();
    let glob = GlobBuilder::new(&literal).literal_separator(false).build();
    let glob = glob.map_err(|error| Failure::plain(format!("`{pattern}` is not a pattern: {}", error.kind())))?;
    Ok(glob.compile_matcher())
}

/// Whether a matcher means an id, or the file of which the id is a variant.
pub fn means(matcher: &GlobMatcher, id: &str) -> bool {
    let file = id.split('[').next().unwrap_or_default();
    matcher.is_match(id) || matcher.is_match(file)
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

    fn is_meant(pattern: &str, id: &str) -> bool {
        means(&matcher(pattern).unwrap(), id)
    }

    #[test]
    fn brackets_stand_for_themselves_and_may_be_left_out() {
        let id = "rollback/unsigned[role=snapshot]";
        assert!(is_meant(id, id));
        assert!(is_meant("rollback/unsigned", id));
        assert!(is_meant("*[role=snapshot]", id));
        assert!(is_meant("rollback/*", id));
        assert!(is_meant("{rollback,freeze}/*", id));
        assert!(!is_meant("rollback/unsigned[role=root]", id));
        assert!(!is_meant("rollback/un", id));
    }

    #[test]
    fn what_means_nothing_is_told_with_the_nearest_id() {
        let suite = Suite::embedded().unwrap();
        let Err(Failure::Message { help, .. }) = select(&suite, &["rollback/timestamp-repaly".to_owned()]) else {
            panic!("it means nothing")
        };
        assert!(help.unwrap().contains("`rollback/timestamp-replay`"));
    }
}
