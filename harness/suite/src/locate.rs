//! Where something stands: from a place in the data to bytes of the text.

use std::fmt;
use std::ops::Range;

use toml_edit::{Document, Item};

/// A place in the data of a file, such as `step[3].attack.replay.timestamp`. Lists count from 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place(Vec<Segment>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    Key(String),
    Index(usize),
}

/// Which end of a place is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The key before the equals sign, or the header of a table.
    Key,
    /// The value behind it.
    Value,
}

impl Place {
    /// The value of a key at the top of the file.
    pub fn top(key: &str) -> Self {
        Self::default().key(key)
    }

    /// The step with this number, from 1.
    pub fn step(number: usize) -> Self {
        Self::top("step").index(number.saturating_sub(1))
    }

    /// The value of a key in the table at this place.
    #[must_use]
    pub fn key(mut self, key: &str) -> Self {
        self.0.push(Segment::Key(key.to_owned()));
        self
    }

    /// An element of the list at this place, from 0.
    #[must_use]
    pub fn index(mut self, index: usize) -> Self {
        self.0.push(Segment::Index(index));
        self
    }

    /// Where in a text this place is. If the text does not go as deep, the deepest place on the way that it has;
    /// `None` if it has not even the first one or is no TOML.
    pub fn find(&self, text: &str, part: Part) -> Option<Range<usize>> {
        self.find_in(&Document::parse(text).ok()?, part)
    }

    /// As [`Place::find`], in a text that has been read already.
    pub(crate) fn find_in<S>(&self, document: &Document<S>, part: Part) -> Option<Range<usize>> {
        let (mut item, mut found) = (document.as_item(), None);
        for segment in &self.0 {
            let next = match segment {
                Segment::Key(name) => item.as_table_like().and_then(|table| table.get_key_value(name)),
                Segment::Index(index) => {
                    let Some(element) = item.get(*index) else { break };
                    (item, found) = (element, element.span());
                    continue;
                }
            };
            let Some((key, value)) = next else { break };
            let key_span = key.span();
            found = match part {
                Part::Value => value_span(value).or(key_span),
                Part::Key => key_span.or_else(|| value.span()),
            };
            item = value;
        }
        found
    }
}

/// The span of a value. A list of tables has none: its span would reach over everything between them.
fn value_span(item: &Item) -> Option<Range<usize>> {
    if item.is_array_of_tables() { None } else { item.span() }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Index(index) => write!(f, "[{index}]")?,
                Segment::Key(key) => {
                    let dot = if position == 0 { "" } else { "." };
                    write!(f, "{dot}{}", toml_edit::Key::new(key).display_repr())?;
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"covers = ["a", "b"]
[[step]]
attack.replay.timestamp = 1
[[step]]
[step.forge.root]
set = { "/a.b/c" = 2 }
"#;

    fn at(place: &Place, part: Part) -> Option<&'static str> {
        place.find(TEXT, part).map(|span| &TEXT[span])
    }

    #[test]
    fn a_value_in_a_list_in_a_dotted_key_and_in_a_table_is_found() {
        assert_eq!(at(&Place::top("covers").index(1), Part::Value), Some("\"b\""));
        let replayed = Place::step(1).key("attack").key("replay").key("timestamp");
        assert_eq!(at(&replayed, Part::Value), Some("1"));
        assert_eq!(at(&replayed, Part::Key), Some("timestamp"));
        let set = Place::step(2).key("forge").key("root").key("set").key("/a.b/c");
        assert_eq!(at(&set, Part::Value), Some("2"));
        assert_eq!(at(&set, Part::Key), Some("\"/a.b/c\""));
        assert_eq!(set.to_string(), "step[1].forge.root.set.\"/a.b/c\"");
    }

    #[test]
    fn a_step_is_its_header() {
        assert_eq!(Place::step(2).find(TEXT, Part::Value), Some(57..65));
        assert_eq!(&TEXT[57..65], "[[step]]");
    }

    #[test]
    fn what_is_missing_is_looked_for_where_it_should_be() {
        assert_eq!(at(&Place::step(1).key("attack").key("forge"), Part::Value), Some("attack"));
        assert_eq!(at(&Place::top("story"), Part::Key), None);
        assert_eq!(Place::top("a").find("= no TOML", Part::Key), None);
    }
}
