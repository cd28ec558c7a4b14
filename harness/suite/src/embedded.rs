//! The copy of the data that is built into the binary, so that an installed one runs anywhere.

use include_dir::{Dir, include_dir};

use crate::Tree;

static SCENARIOS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../scenarios");
static PROFILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../cookbook/profiles");
static SPEC: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../spec");

/// All embedded data files, under the paths that they have in a working copy.
pub fn tree() -> Tree {
    let mut tree = Tree::new();
    for (top, dir) in [("scenarios", &SCENARIOS), ("spec", &SPEC), ("cookbook/profiles", &PROFILES)] {
        collect(top, dir, &mut tree);
    }
    tree
}

fn collect(top: &str, dir: &Dir<'_>, tree: &mut Tree) {
    let is_data = |path: &std::path::Path| path.extension().is_some_and(|extension| extension == "toml");
    for file in dir.files().filter(|file| is_data(file.path())) {
        if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
            tree.insert(format!("{top}/{path}"), text.to_owned());
        }
    }
    for dir in dir.dirs() {
        collect(top, dir, tree);
    }
}
