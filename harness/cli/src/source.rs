//! Where the scenarios come from.

use std::path::{Path, PathBuf};

use suite::{Suite, Tree};

use crate::failure::Failure;

/// Where the scenarios come from.
#[derive(clap::Args)]
pub struct Source {
    /// Use the scenarios and the register in this working copy instead of those built into the program.
    #[arg(long, global = true, value_name = "DIR", display_order = 100)]
    suite: Option<PathBuf>,
}

impl Source {
    /// The suite.
    ///
    /// # Errors
    /// If it cannot be read or a file in it is broken.
    pub fn load(&self) -> Result<Suite, Failure> {
        Ok(match &self.suite {
            Some(dir) => Suite::from_dir(dir)?,
            None => Suite::embedded()?,
        })
    }

    /// The working copy: the one that was named, or the current folder if it is one.
    ///
    /// # Errors
    /// If there is none.
    pub fn working_copy(&self) -> Result<PathBuf, Failure> {
        let dir = self.suite.clone().unwrap_or_else(|| PathBuf::from("."));
        if dir.join("scenarios").is_dir() && dir.join("spec").is_dir() {
            return Ok(dir);
        }
        Err(Failure::new(
            format!("{} is not a working copy of the suite: there is no `scenarios` or no `spec` in it", dir.display()),
            "go to a working copy, or name one with --suite",
        ))
    }

    /// The files of the working copy, unread.
    ///
    /// # Errors
    /// If there is no working copy or it cannot be read.
    pub fn tree(&self) -> Result<(PathBuf, Tree), Failure> {
        let dir = self.working_copy()?;
        let tree = suite::read_tree(&dir)?;
        Ok((dir, tree))
    }

    /// The arguments that name this source again.
    pub fn arguments(&self) -> Vec<String> {
        self.suite.as_deref().map(|dir| vec!["--suite".to_owned(), display(dir)]).unwrap_or_default()
    }
}

fn display(path: &Path) -> String {
    path.display().to_string()
}
