//! What a passage stands in: the section, the step, the term.

use std::collections::{BTreeSet, HashMap, HashSet};

use suite::{Edition, Entry, Keyword, PassageKind};

use crate::compare::way;

/// An edition, in which the surroundings of a passage are found fast.
#[derive(Debug)]
pub(crate) struct Context<'a> {
    pub(crate) edition: &'a Edition,
    places: HashMap<&'a str, usize>,
    /// The sections in which something states a requirement or has a keyword.
    normative: HashSet<&'a str>,
    /// The requirements that it states.
    pub(crate) stated: HashSet<&'a str>,
}

impl<'a> Context<'a> {
    pub(crate) fn new(edition: &'a Edition) -> Self {
        let places = edition.passage.iter().enumerate().map(|(place, entry)| (entry.at.as_str(), place)).collect();
        let asks = edition.passage.iter().filter(|entry| !entry.requirements.is_empty() || !entry.keywords.is_empty());
        let stated = edition.passage.iter().flat_map(|entry| entry.requirements.keys().map(String::as_str)).collect();
        Self { edition, places, normative: asks.map(|entry| way(entry)[0]).collect(), stated }
    }

    pub(crate) fn at(&self, address: &str) -> Option<&'a Entry> {
        self.places.get(address).map(|place| &self.edition.passage[*place])
    }

    /// Whether something in the section of a passage states a requirement or has a keyword.
    pub(crate) fn is_in_normative_section(&self, entry: &Entry) -> bool {
        self.normative.contains(way(entry)[0])
    }

    /// Whether a passage is a step, or belongs to a step or to another passage that states a requirement or has a keyword.
    pub(crate) fn belongs_to_normative(&self, entry: &Entry) -> bool {
        let ends = entry.at.match_indices('/').map(|(end, _)| end);
        let mut above = ends.filter_map(|end| self.at(&entry.at[..end]));
        let asks = |above: &Entry| !above.requirements.is_empty() || !above.keywords.is_empty();
        entry.kind == PassageKind::Step
            || above.any(|above| above.kind == PassageKind::Step || (above.kind != PassageKind::Heading && asks(above)))
    }

    /// What is stated of a term: everything that follows it and is below it.
    pub(crate) fn stated_of_term(&self, entry: &Entry) -> BTreeSet<String> {
        let term = entry.at.rsplit_once("/term").filter(|_| entry.kind == PassageKind::Term);
        let (Some((term, _)), Some(place)) = (term, self.places.get(entry.at.as_str())) else { return BTreeSet::new() };
        // An address that is not the first one of its kind has a number behind the name.
        let is_of_it = |other: &&Entry| {
            other.kind != PassageKind::Term
                && other.at.strip_prefix(term).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '~']))
        };
        let below = self.edition.passage[place + 1..].iter().take_while(is_of_it);
        below.flat_map(|other| other.requirements.keys().cloned()).collect()
    }
}

/// The keywords of some sentences of a passage, a set for each of them.
pub(crate) fn keywords_at(entry: Option<&Entry>, places: &[usize]) -> Vec<BTreeSet<Keyword>> {
    entry.map_or_else(Vec::new, |entry| places.iter().map(|place| entry.keywords_of(*place).collect()).collect())
}
