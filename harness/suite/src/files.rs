//! The files that a client is shown at one moment.

use std::collections::BTreeMap;

use bytes::Bytes;

use crate::Serving;
use crate::observation::Area;

/// A repository state as plain files, by path below the base URL of their area.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files {
    /// Metadata files, such as `2.snapshot.json`.
    pub metadata: BTreeMap<String, Bytes>,
    /// Target files, such as `dir/<digest>.file.txt`.
    pub targets: BTreeMap<String, Bytes>,
    /// Files that are not just sent: the answers to the requests for one, in order. The last one holds on. Redirects lead
    /// to a path that begins with `metadata/` or `targets/`.
    pub answers: BTreeMap<(Area, String), Vec<Serving>>,
}
