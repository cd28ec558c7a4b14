//! Patterns that stand for scenarios.

use globset::{GlobBuilder, GlobMatcher};

/// A pattern that stands for scenarios: an id, with or without its variant in brackets, or a glob over ids. `*` stands
/// for anything, brackets for themselves.
#[derive(Debug, Clone)]
pub struct IdPattern(GlobMatcher);

impl IdPattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// If it is no glob; why.
    pub fn parse(pattern: &str) -> Result<Self, String> {
        let literal: String = pattern
            .chars()
            .map(|c| match c {
                '[' | ']' => format!("[{c}]"),
                _ => c.to_string(),
            })
            .collect();
        let glob = GlobBuilder::new(&literal).literal_separator(false).build();
        glob.map(|glob| Self(glob.compile_matcher()))
            .map_err(|error| format!("`{pattern}` is not a pattern: {}", error.kind()))
    }

    /// Whether it stands for an id, or for the file of which the id is a variant.
    pub fn means(&self, id: &str) -> bool {
        let file = id.split('[').next().unwrap_or_default();
        self.0.is_match(id) || self.0.is_match(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_meant(pattern: &str, id: &str) -> bool {
        IdPattern::parse(pattern).unwrap().means(id)
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
}
