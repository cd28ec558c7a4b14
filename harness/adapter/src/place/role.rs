//! Which metadata a file is, by its name in the store of a client.

use percent_encoding::percent_decode_str;
use suite::MAIN;

/// The role whose metadata a file of this name is.
pub(super) fn role(name: &str) -> Option<String> {
    let encoded = name.strip_suffix(".json").filter(|_| !name.starts_with('.') && !name.contains('/'))?;
    Some(percent_decode_str(encoded).decode_utf8().map_or_else(|_| encoded.to_owned(), Into::into))
}

/// The role of a repository whose metadata a file is, where each repository has a folder of its name. Those of the main
/// one are called by themselves, and those of another one by its name too: `left/timestamp`. What lies in no folder is of
/// no repository.
pub(super) fn role_of_repository(name: &str) -> Option<String> {
    let (folder, file) = name.split_once('/')?;
    let (repository, role) = (percent_decode_str(folder).decode_utf8_lossy(), role(file)?);
    Some(if repository == MAIN { role } else { format!("{repository}/{role}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_a_map_each_repository_has_a_folder() {
        let names = ["root.json", "main/root.json", "a%2Fb/root.json", "left/x%2Fy.json", "left/deep/z.json"];
        let found: Vec<_> = names.into_iter().map(role_of_repository).collect();
        let expected = [None, Some("root"), Some("a/b/root"), Some("left/x/y"), None];
        assert_eq!(found, expected.map(|role| role.map(str::to_owned)));
    }
}
