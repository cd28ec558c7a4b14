//! Carries the links to requirements from an edition to another text.

use std::collections::BTreeMap;

use suite::{Edition, Entry};

use crate::compare::pair;
use crate::pairing::{Pair, pair_sentences};
use crate::{Passage, Text};

/// The edition of a text, with the links of another edition as far as its passages are the same ones.
///
/// A sentence with the same words states the same requirements. What a sentence stated that is gone is taken to be
/// stated by the one that came instead of it: whoever changed it has to look.
pub fn link(text: &Text, from: &Edition) -> Edition {
    let mut passage: Vec<Entry> = text.passages.iter().map(Passage::entry).collect();
    for (old, new) in pair(&from.passage, &passage, None).new_of {
        let (old, new) = (&from.passage[old], &mut passage[new]);
        let sentences = pair_sentences(&old.sentences, &new.sentences);
        new.requirements = carried(&old.requirements, &sentences, |_| true);
        // A reason is about a sentence as it was.
        new.without = carried(&old.without, &sentences, |pair| pair.is_same);
    }
    Edition { version: text.version, date: text.date.clone(), passage }
}

/// Links sentences that state nothing to what the same sentences state in another edition: at the same address, or at the
/// only one that has them.
pub fn adopt(edition: &mut Edition, known: &Edition) {
    let mut stated: BTreeMap<&str, Vec<(&Entry, usize)>> = BTreeMap::new();
    for entry in &known.passage {
        for (index, sentence) in entry.sentences.iter().enumerate() {
            stated.entry(sentence).or_default().push((entry, index + 1));
        }
    }
    for entry in &mut edition.passage {
        for place in 1..=entry.sentences.len() {
            let links = [&entry.requirements, &entry.without];
            if links.into_iter().flatten().any(|(_, at)| at.contains(&place)) {
                continue;
            }
            let found = stated.get(entry.sentences[place - 1].as_str()).map_or(&[][..], Vec::as_slice);
            let here = found.iter().find(|(source, _)| source.at == entry.at);
            let Some((source, at)) = here.or(found.first().filter(|_| found.len() == 1)) else { continue };
            for (links, from) in
                [(&mut entry.requirements, &source.requirements), (&mut entry.without, &source.without)]
            {
                for (id, _) in from.iter().filter(|(_, places)| places.contains(at)) {
                    links.entry(id.clone()).or_default().push(place);
                }
            }
        }
    }
}

fn carried(
    links: &BTreeMap<String, Vec<usize>>,
    sentences: &[Pair],
    holds: impl Fn(&Pair) -> bool,
) -> BTreeMap<String, Vec<usize>> {
    let carry = |at: &Vec<usize>| -> Vec<usize> {
        let kept = sentences.iter().filter(|pair| pair.old.is_some_and(|old| at.contains(&old)) && holds(pair));
        kept.filter_map(|pair| pair.new).collect()
    };
    let carried = links.iter().map(|(id, at)| (id.clone(), carry(at)));
    carried.filter(|(_, at)| !at.is_empty()).collect()
}
