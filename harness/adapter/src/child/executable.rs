//! Finds the program that a client is.

use std::ffi::OsStr;
use std::path::{self, Path, PathBuf};
use std::{env, fs};

use rustix::fs::{Access, access};

use crate::StartError;

/// The absolute path of a program. A path is taken relative to the current folder, a bare name is looked up in `PATH`.
///
/// # Errors
/// If it does not exist or cannot be run; what to do about it.
pub(crate) fn resolve(command: &Path) -> Result<PathBuf, StartError> {
    resolve_in(command, &env::var_os("PATH").unwrap_or_default())
}

fn resolve_in(command: &Path, search: &OsStr) -> Result<PathBuf, StartError> {
    let shown = command.display();
    if is_bare(command) {
        let found = env::split_paths(search).map(|folder| folder.join(command)).find(|path| is_program(path));
        return found.map_or_else(|| Err(not_in_path(command)), |path| absolute(&path));
    }
    let Ok(metadata) = fs::metadata(command) else {
        return Err(error(
            format!("there is no program `{shown}`"),
            "check the path; a relative one starts from the current folder",
        ));
    };
    if metadata.is_dir() {
        return Err(error(format!("`{shown}` is a folder"), "name the program in it that speaks the protocol"));
    }
    if !is_program(command) {
        return Err(error(
            format!("`{shown}` cannot be run"),
            &format!(
                "make it executable with `chmod +x {shown}`, or name its interpreter as the client and the file as its first argument"
            ),
        ));
    }
    absolute(command)
}

fn is_bare(command: &Path) -> bool {
    command.file_name() == Some(command.as_os_str())
}

fn is_program(path: &Path) -> bool {
    path.is_file() && access(path, Access::EXEC_OK).is_ok()
}

fn absolute(path: &Path) -> Result<PathBuf, StartError> {
    path::absolute(path)
        .map_err(|cause| error(format!("`{}` cannot be found: {cause}", path.display()), "use an absolute path"))
}

fn not_in_path(command: &Path) -> StartError {
    let shown = command.display();
    let help = if command.exists() {
        format!("write `./{shown}` for the one in the current folder")
    } else {
        "check the spelling, or give the path of the program".to_owned()
    };
    error(format!("there is no program `{shown}` in PATH"), &help)
}

fn error(message: String, help: &str) -> StartError {
    StartError::new(message, help)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_bare_name_is_looked_up_in_the_search_path_and_nowhere_else() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("client");
        fs::write(&program, "").unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(resolve_in(Path::new("client"), folder.path().as_os_str()).unwrap(), program);
        let error = resolve_in(Path::new("client"), OsStr::new("/nonexistent")).unwrap_err();
        assert_eq!(error.message, "there is no program `client` in PATH");
        let error = resolve_in(Path::new("Cargo.toml"), OsStr::new("")).unwrap_err();
        assert_eq!(error.help.as_deref(), Some("write `./Cargo.toml` for the one in the current folder"));
    }

    #[test]
    fn a_relative_path_becomes_absolute() {
        let error = resolve(Path::new("./src/lib.rs")).unwrap_err();
        assert!(error.message.ends_with("cannot be run") && error.help.unwrap().contains("chmod +x ./src/lib.rs"));
        let folder = tempfile::tempdir_in(".").unwrap();
        let program = folder.path().join("client");
        fs::write(&program, "").unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        let relative = Path::new(".").join(folder.path().file_name().unwrap()).join("client");
        assert!(resolve(&relative).unwrap().is_absolute());
    }

    #[test]
    fn what_does_not_exist_or_is_a_folder_is_told_apart() {
        let message = |path: &str| resolve(Path::new(path)).unwrap_err().message;
        assert_eq!(message("./nonexistent"), "there is no program `./nonexistent`");
        assert_eq!(message("./src"), "`./src` is a folder");
    }
}
