//! The bounds that section 5 leaves to the application.

/// How much the client takes before it gives up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a root file (W in step 5.3.3).
    pub root: u64,
    /// Bytes of a timestamp file (X in step 5.4.1).
    pub timestamp: u64,
    /// Bytes of a snapshot file for which no length is listed (Y in step 5.5.1).
    pub snapshot: u64,
    /// Bytes of a targets file for which no length is listed (Z in step 5.6.1).
    pub targets: u64,
    /// Bytes of a target file, whatever length is listed: it is held in memory until it is verified.
    pub target: u64,
    /// New roots in one run (Y in step 5.3.3). After that many the run goes on with the last.
    pub root_rotations: u32,
    /// Roles that are searched for one target, the top-level one included (step 5.6.7.1).
    pub visited_roles: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            root: 512 << 10,
            timestamp: 16 << 10,
            snapshot: 2 << 20,
            targets: 5 << 20,
            target: 64 << 20,
            root_rotations: 256,
            visited_roles: 32,
        }
    }
}
