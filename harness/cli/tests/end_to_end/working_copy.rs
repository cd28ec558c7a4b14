//! A working copy of the suite for a test to change: the whole register, and two scenarios.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The scenarios that are copied.
pub const SCENARIOS: [&str; 2] = ["scenarios/honest/first-refresh.toml", "scenarios/rollback/timestamp-replay.toml"];

pub struct WorkingCopy(TempDir);

impl WorkingCopy {
    pub fn new() -> Self {
        let copy = Self(tempfile::tempdir().unwrap());
        copy.take_over_folder("spec");
        // Answers are told apart by scenarios that are not copied.
        let policies = copy.read("spec/policies.toml");
        let kept: Vec<&str> = policies.lines().filter(|line| !line.starts_with("seen = ")).collect();
        copy.write("spec/policies.toml", &(kept.join("\n") + "\n"));
        for scenario in SCENARIOS {
            copy.write(scenario, &fs::read_to_string(Path::new(ROOT).join(scenario)).unwrap());
        }
        copy
    }

    pub fn path(&self) -> &str {
        self.0.path().to_str().unwrap()
    }

    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.path().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    pub fn write(&self, file: &str, text: &str) {
        let path = self.0.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn take_over_folder(&self, folder: &str) {
        for entry in fs::read_dir(Path::new(ROOT).join(folder)).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{folder}/{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                self.take_over_folder(&name);
            } else {
                self.write(&name, &fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
}
