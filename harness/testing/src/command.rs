//! The command that plays one scenario again.

use std::env;
use std::path::Path;

/// How many characters Cargo puts behind the name of a test target, and a hyphen before them.
const HASH_LENGTH: usize = 16;

/// The command line, without the id of the scenario, which comes after its first two words.
pub fn reproduce() -> Vec<String> {
    let program = env::current_exe().unwrap_or_default();
    ["cargo", "test", "--test", target(&program), "--", "--exact"].map(str::to_owned).to_vec()
}

/// The name of the test target that a program was built from. Cargo has made underscores of hyphens.
fn target(program: &Path) -> &str {
    let name = program.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
    let is_hash = |text: &str| text.len() == HASH_LENGTH && text.chars().all(|c| c.is_ascii_hexdigit());
    name.rsplit_once('-').filter(|(_, hash)| is_hash(hash)).map_or(name, |(target, _)| target)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_taken_from_the_name_of_the_program_and_nothing_else_is() {
        assert_eq!(target(Path::new("/target/debug/deps/conformance-0123456789abcdef")), "conformance");
        assert_eq!(target(Path::new("my_client-conformance")), "my_client-conformance");
        assert_eq!(target(Path::new("")), "");
    }
}
