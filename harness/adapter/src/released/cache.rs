//! Where released clients are installed.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;

/// The variable that names the cache folder.
const VARIABLE: &str = "TUF_COOKBOOK_CACHE";

/// The cache folder: `$TUF_COOKBOOK_CACHE`, or `tuf-cookbook` in the user's cache folder (`$XDG_CACHE_HOME`,
/// `~/.cache`, or `~/Library/Caches` on macOS). `None` if there is neither, nor a home.
pub fn cache_folder() -> Option<PathBuf> {
    choose(env::var_os(VARIABLE), env::var_os("XDG_CACHE_HOME"), env::home_dir())
}

fn choose(own: Option<OsString>, xdg: Option<OsString>, home: Option<PathBuf>) -> Option<PathBuf> {
    if let Some(own) = own.filter(|value| !value.is_empty()) {
        return std::path::absolute(own).ok();
    }
    // A relative path in an XDG variable is to be ignored, says the specification of these variables.
    let xdg = xdg.map(PathBuf::from).filter(|path| path.is_absolute());
    let user = xdg.or_else(|| {
        let home = home.filter(|path| path.is_absolute())?;
        Some(home.join(if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" }))
    })?;
    Some(user.join("tuf-cookbook"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_own_variable_comes_first_then_that_of_the_user_then_the_home() {
        let (own, xdg, home) = (Some("/own".into()), Some("/xdg".into()), Some("/home/a".into()));
        assert_eq!(choose(own, xdg.clone(), home.clone()), Some("/own".into()));
        assert_eq!(choose(Some("".into()), xdg, home.clone()), Some("/xdg/tuf-cookbook".into()));
        let of_home = choose(None, Some("relative".into()), home).unwrap();
        assert!(of_home.starts_with("/home/a") && of_home.ends_with("tuf-cookbook"));
        assert_eq!(choose(None, None, None), None);
    }
}
