//! Sets up clients that are Java libraries in a Maven repository.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

use super::InstallError;
use super::tool::{Tool, ask, run};

/// The oldest Java that the wrappers can be compiled with.
const OLDEST: u32 = 17;

/// The file with a line `SHA-256  NAME` for each jar.
const CHECKSUMS: &str = "checksums.txt";

/// The folder that the jars are copied into, as `pom.xml` says too.
const JARS: &str = "lib";

const GET_MAVEN: &str =
    "install Maven and a JDK from your system's packages, or from https://maven.apache.org/ and https://adoptium.net/";

/// What an installation needs, as it answers.
pub(crate) fn tools() -> Vec<Tool> {
    let maven = ask("mvn", &["--batch-mode", "--version"], GET_MAVEN);
    let java = maven.clone().and_then(|answer| find(&answer)).map(|home| home.display().to_string());
    let maven = maven.map(|answer| answer.lines().next().unwrap_or_default().to_owned());
    vec![Tool { name: "mvn", answer: maven }, Tool { name: "java", answer: java }]
}

/// Copies the jars of `pom.xml` into `lib` in a folder, checks them against `checksums.txt`, compiles `Client.java` into
/// `classes`, and links the Java that is to run it as `java`.
///
/// # Errors
/// If there is no Maven or no JDK that can do it, if it fails, or if a jar is not the one that is pinned; what to do
/// about it.
pub(crate) fn set_up(folder: &Path, progress: &mut dyn FnMut(&str)) -> Result<(), InstallError> {
    let java = find(&ask("mvn", &["--batch-mode", "--version"], GET_MAVEN)?)?;
    progress(&format!("copying jars, for the Java in {}", java.display()));
    let help = "check the network, or name another repository as a mirror in Maven's settings.xml, and install again";
    // Maven resets the colours of the terminal, also where there are none.
    let mut plain = |line: &str| progress(&line.replace("\u{1b}[0m", ""));
    run(copy(folder, &java), "copy its jars", help, &mut plain)?;
    check(folder)?;
    progress("compiling the wrapper");
    run(compile(folder, &java), "compile the wrapper", "look at the message above; is the disk full?", progress)?;
    let program = java.join("bin/java");
    symlink(&program, folder.join("java")).map_err(|error| InstallError {
        message: format!("cannot make a link to {}: {error}", program.display()),
        help: "is the disk full?".to_owned(),
    })
}

/// The folder of the Java that Maven runs with, from what Maven says about itself.
fn find(answer: &str) -> Result<PathBuf, InstallError> {
    let error = |message: String| InstallError { message, help: GET_MAVEN.to_owned() };
    let parsed = answer.lines().find_map(|line| {
        let (version, place) = line.strip_prefix("Java version: ")?.split_once(", ")?;
        let (_, home) = place.split_once("runtime: ")?;
        let major: u32 = version.split(['.', '-', '+']).next()?.parse().ok()?;
        Some((major, version, home))
    });
    match parsed {
        Some((major, _, home)) if major >= OLDEST => {
            let home = PathBuf::from(home);
            if home.join("bin/javac").is_file() {
                return Ok(home);
            }
            Err(error(format!("the Java in {} has no compiler: a JDK is needed", home.display())))
        }
        Some((_, version, home)) => {
            Err(error(format!("Java {OLDEST} or newer is needed, and Maven runs with {version} in {home}")))
        }
        None => Err(error(format!("`mvn` does not say which Java it runs with: {answer}"))),
    }
}

/// The command that copies the jars. What its repository gives another checksum for is refused.
fn copy(folder: &Path, java: &Path) -> Command {
    let mut command = Command::new("mvn");
    command.args(["--batch-mode", "--no-transfer-progress", "--strict-checksums", "dependency:copy-dependencies"]);
    command.env("JAVA_HOME", java).current_dir(folder);
    command
}

/// The command that compiles. No jar may run code of its own meanwhile.
fn compile(folder: &Path, java: &Path) -> Command {
    let mut command = Command::new(java.join("bin/javac"));
    command.arg("--release").arg(OLDEST.to_string()).args(["-proc:none", "-encoding", "UTF-8"]);
    command.args(["-cp", &format!("{JARS}/*"), "-d", "classes", "Client.java"]).current_dir(folder);
    command
}

/// Checks that the jars are those of the list, and no others.
fn check(folder: &Path) -> Result<(), InstallError> {
    let unreadable = |error: io::Error| InstallError {
        message: format!("cannot check the jars: {error}"),
        help: "remove the cache folder and install again".to_owned(),
    };
    let list = fs::read_to_string(folder.join(CHECKSUMS)).map_err(unreadable)?;
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder.join(JARS)).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let digest = hex::encode(Sha256::digest(fs::read(&path).map_err(unreadable)?));
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        found.insert(name, digest);
    }
    compare(&list, &found).map_err(|message| InstallError {
        message,
        help: "the repository serves other files than those that are pinned: do not use them, and tell its owner"
            .to_owned(),
    })
}

/// Tells the first difference between the list and the digests that were found.
fn compare(list: &str, found: &BTreeMap<String, String>) -> Result<(), String> {
    let mut pinned = BTreeMap::new();
    for line in list.lines() {
        let (digest, name) =
            line.split_once("  ").ok_or_else(|| format!("no `SHA-256  NAME` in {CHECKSUMS}: {line}"))?;
        pinned.insert(name, digest);
    }
    if pinned.is_empty() {
        return Err(format!("{CHECKSUMS} is empty"));
    }
    for (name, digest) in &pinned {
        match found.get(*name) {
            None => return Err(format!("there is no {name}, which {CHECKSUMS} lists")),
            Some(found) if found != digest => {
                return Err(format!("the SHA-256 of {name} is {found}, and {CHECKSUMS} has {digest}"));
            }
            Some(_) => {}
        }
    }
    match found.keys().find(|name| !pinned.contains_key(name.as_str())) {
        Some(name) => Err(format!("there is a {name}, which {CHECKSUMS} does not list")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(command: &Command) -> Vec<&str> {
        command.get_args().filter_map(|argument| argument.to_str()).collect()
    }

    #[test]
    fn the_java_of_maven_is_taken_if_it_is_new_enough_and_has_a_compiler() {
        let home = tempfile::tempdir().unwrap();
        let answer = |version: &str| {
            let java = format!("Java version: {version}, vendor: A, B, runtime: {}", home.path().display());
            format!("Apache Maven 3.9.9\nMaven home: /usr/share/maven\n{java}\nDefault locale: en")
        };
        let error = find(&answer("17.0.1")).unwrap_err();
        assert!(error.message.ends_with("has no compiler: a JDK is needed"), "{}", error.message);
        fs::create_dir(home.path().join("bin")).unwrap();
        fs::write(home.path().join("bin/javac"), "").unwrap();
        for version in ["17", "17.0.1", "25-ea"] {
            assert_eq!(find(&answer(version)).unwrap(), home.path());
        }
        for version in ["1.8.0_402", "16.0.2"] {
            let error = find(&answer(version)).unwrap_err();
            let expected = format!("Java 17 or newer is needed, and Maven runs with {version} in ");
            assert!(error.message.starts_with(&expected), "{}", error.message);
            assert!(error.help.contains("https://adoptium.net/"));
        }
    }

    #[test]
    fn a_maven_that_does_not_tell_its_java_is_told() {
        assert_eq!(find("hello").unwrap_err().message, "`mvn` does not say which Java it runs with: hello");
    }

    #[test]
    fn the_commands_run_the_same_java_in_the_folder() {
        let (folder, java) = (Path::new("/folder"), Path::new("/java"));
        let copy = copy(folder, java);
        assert!(arguments(&copy).contains(&"--strict-checksums"));
        assert!(copy.get_envs().any(|variable| variable == ("JAVA_HOME".as_ref(), Some("/java".as_ref()))));
        assert_eq!(copy.get_current_dir(), Some(folder));
        let compile = compile(folder, java);
        assert_eq!(compile.get_program(), "/java/bin/javac");
        assert!(arguments(&compile).contains(&"-proc:none"));
        assert_eq!(compile.get_current_dir(), Some(folder));
    }

    #[test]
    fn a_jar_that_is_another_or_missing_or_too_many_is_refused() {
        let jars = |jars: &[(&str, &str)]| {
            jars.iter().map(|(name, digest)| ((*name).to_owned(), (*digest).to_owned())).collect::<BTreeMap<_, _>>()
        };
        let list = "0a  a.jar\n0b  b.jar\n";
        assert_eq!(compare(list, &jars(&[("a.jar", "0a"), ("b.jar", "0b")])), Ok(()));
        let told = |found: &[(&str, &str)]| compare(list, &jars(found)).unwrap_err();
        let other = told(&[("a.jar", "0a"), ("b.jar", "ff")]);
        assert_eq!(other, "the SHA-256 of b.jar is ff, and checksums.txt has 0b");
        assert_eq!(told(&[("a.jar", "0a")]), "there is no b.jar, which checksums.txt lists");
        let further = told(&[("a.jar", "0a"), ("b.jar", "0b"), ("c.jar", "0c")]);
        assert_eq!(further, "there is a c.jar, which checksums.txt does not list");
        assert_eq!(compare("", &jars(&[])).unwrap_err(), "checksums.txt is empty");
        assert_eq!(compare("0a a.jar", &jars(&[])).unwrap_err(), "no `SHA-256  NAME` in checksums.txt: 0a a.jar");
    }

    #[test]
    fn the_jars_of_a_folder_are_checked_by_their_content() {
        let folder = tempfile::tempdir().unwrap();
        assert!(check(folder.path()).unwrap_err().message.starts_with("cannot check the jars: "));
        fs::create_dir(folder.path().join(JARS)).unwrap();
        fs::write(folder.path().join("lib/a.jar"), "content").unwrap();
        let line = format!("{}  a.jar\n", hex::encode(Sha256::digest("content")));
        fs::write(folder.path().join(CHECKSUMS), line).unwrap();
        check(folder.path()).unwrap();
        fs::write(folder.path().join("lib/a.jar"), "changed").unwrap();
        assert!(check(folder.path()).unwrap_err().message.starts_with("the SHA-256 of a.jar is "));
    }
}
