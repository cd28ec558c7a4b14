//! The data files as texts.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// The largest data file that is read, in bytes.
const FILE_LIMIT: u64 = 1 << 20;

/// Data files by their path relative to the suite.
pub type Tree = BTreeMap<String, String>;

/// Why the data files could not be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {path}: {source}")]
pub struct ReadError {
    /// What could not be read.
    pub path: String,
    /// Why not.
    pub source: io::Error,
}

/// The data files below a folder.
///
/// # Errors
/// If `scenarios` or `spec` is missing or a file in them cannot be read.
pub fn read_tree(dir: &Path) -> Result<Tree, ReadError> {
    let mut tree = Tree::new();
    for top in ["scenarios", "spec"] {
        collect(dir, &dir.join(top), &mut tree)?;
    }
    let profiles = dir.join("cookbook/profiles");
    if profiles.is_dir() {
        collect(dir, &profiles, &mut tree)?;
    }
    Ok(tree)
}

fn collect(base: &Path, dir: &Path, tree: &mut Tree) -> Result<(), ReadError> {
    let error = |path: &Path| {
        let path = path.display().to_string();
        |source| ReadError { path, source }
    };
    for entry in fs::read_dir(dir).map_err(error(dir))? {
        let path = entry.map_err(error(dir))?.path();
        let kind = fs::symlink_metadata(&path).map_err(error(&path))?;
        if kind.is_dir() {
            collect(base, &path, tree)?;
        } else if kind.is_file() && path.extension().is_some_and(|extension| extension == "toml") {
            if kind.len() > FILE_LIMIT {
                let too_large = io::Error::new(io::ErrorKind::FileTooLarge, "a data file has at most 1 MiB");
                return Err(error(&path)(too_large));
            }
            let text = fs::read_to_string(&path).map_err(error(&path))?;
            let relative = path.strip_prefix(base).unwrap_or(&path);
            tree.insert(relative.to_string_lossy().replace('\\', "/"), text);
        }
    }
    Ok(())
}
