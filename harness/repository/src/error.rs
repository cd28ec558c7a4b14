//! Why a state cannot be made.

use suite::{KeyName, Offset, Pointer, RepositoryName, RoleName, TargetPath};

/// What a scenario asks for that cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ForgeError {
    /// There is no such role.
    #[error("there is no role `{role}`")]
    UnknownRole {
        /// Its name.
        role: RoleName,
    },
    /// There is no such repository.
    #[error("there is no repository `{repository}`")]
    UnknownRepository {
        /// Its name.
        repository: RepositoryName,
    },
    /// The role was never published with this version.
    #[error("the role `{role}` was never published with version {version}")]
    UnknownVersion {
        /// The role.
        role: RoleName,
        /// The version.
        version: u64,
    },
    /// There is no such target file.
    #[error("there is no target file `{path}` to {what}")]
    UnknownTarget {
        /// Its path.
        path: TargetPath,
        /// What was to be done with it.
        what: &'static str,
    },
    /// No key of this name has signed.
    #[error("the file has no signature by the key `{key}`")]
    NoSignature {
        /// The key.
        key: KeyName,
    },
    /// A pointer leads nowhere.
    #[error("`{pointer}` does not exist in the metadata of `{role}`")]
    NoSuchMember {
        /// The pointer.
        pointer: Pointer,
        /// The role.
        role: RoleName,
    },
    /// A text to be replaced does not occur.
    #[error("`{text}` does not occur in the metadata of `{role}`")]
    NoSuchText {
        /// The text.
        text: String,
        /// The role.
        role: RoleName,
    },
    /// A key is set up in a way that makes no sense.
    #[error("the key `{key}`: {problem}")]
    Key {
        /// The key.
        key: KeyName,
        /// What is wrong with it.
        problem: String,
    },
    /// A delegation is set up in a way that makes no sense.
    #[error("the delegation to `{role}`: {problem}")]
    Delegation {
        /// The delegated role.
        role: RoleName,
        /// What is wrong with it.
        problem: String,
    },
    /// A rotate file that makes no sense.
    #[error("the rotate file of `{role}`: {problem}")]
    RotateFile {
        /// The role.
        role: RoleName,
        /// What is wrong with it.
        problem: String,
    },
    /// A hash algorithm that is not known.
    #[error("`{name}` is not a hash algorithm: use \"sha256\" or \"sha512\"")]
    HashAlgorithm {
        /// Its name.
        name: String,
    },
    /// A date too near to the clock.
    #[error("a date {offset} from the start can only be told by a client whose clock can be set")]
    NeedsClock {
        /// The offset.
        offset: Offset,
    },
    /// A date that does not exist.
    #[error("{seconds} seconds from the start is outside the calendar")]
    DateOutOfRange {
        /// The offset.
        seconds: i64,
    },
    /// The data cannot be written as canonical JSON.
    #[error("the metadata of `{role}` has no canonical form: {problem}")]
    Canonical {
        /// The role.
        role: RoleName,
        /// Why not.
        problem: String,
    },
}
