//! Faults: named bugs that the client can be told to have, so that a scenario can show that it notices them.

mod list;
mod set;

pub use list::Fault;
pub use set::FaultSet;

/// Defines [`Fault`] from a list of names, ids, broken requirements and summaries.
macro_rules! faults {
    ($($name:ident $id:literal breaks $requirement:literal $(and $further:literal)*: $summary:literal)*) => {
        /// A bug that the client can be told to have: a small deviation at one check.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u16)]
        pub enum Fault {
            $(#[doc = $summary] $name,)*
        }

        impl Fault {
            /// Every fault, in the order of the workflow.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// Its permanent id: the bug in words.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// The ids of the requirements that it breaks, the one that it is about first.
            pub const fn requirements(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$requirement, $($further,)*],)* }
            }

            /// One sentence: what the client does wrong.
            pub const fn summary(self) -> &'static str {
                match self { $(Self::$name => $summary,)* }
            }
        }
    };
}
use faults;

impl Fault {
    /// The fault with this id.
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|fault| fault.id() == id)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_fault_is_found_by_its_id_and_by_nothing_else() {
        for fault in Fault::ALL {
            assert_eq!(Fault::parse(fault.id()), Some(*fault));
        }
        assert_eq!(Fault::parse("no-such-fault"), None);
    }

    #[test]
    fn an_id_is_the_name_of_the_fault_in_kebab_case() {
        for fault in Fault::ALL {
            let name = format!("{fault:?}").chars().fold(String::new(), |mut id, c| {
                if c.is_ascii_uppercase() && !id.is_empty() {
                    id.push('-');
                }
                id.push(c.to_ascii_lowercase());
                id
            });
            assert_eq!(fault.id(), name);
        }
    }

    #[test]
    fn every_summary_is_one_sentence_of_its_own() {
        let summaries: BTreeSet<&str> = Fault::ALL.iter().map(|fault| fault.summary()).collect();
        assert_eq!(summaries.len(), Fault::ALL.len());
        assert!(summaries.iter().all(|summary| summary.ends_with('.') && summary.matches(". ").count() == 0));
    }

    #[test]
    fn every_fault_breaks_a_requirement_of_the_register() {
        let register = suite::Suite::embedded().unwrap().register;
        for fault in Fault::ALL {
            for requirement in fault.requirements() {
                assert!(register.requirements.contains_key(*requirement), "{} breaks {requirement}", fault.id());
            }
        }
    }
}
