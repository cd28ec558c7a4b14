//! The arguments of the command-line protocol, in its order.

use std::ffi::OsString;
use std::path::Path;

use crate::Endpoint;

/// `--metadata-dir DIR init TRUSTED_ROOT`
pub(crate) fn init(metadata: &Path, trusted_root: &Path) -> Vec<OsString> {
    vec!["--metadata-dir".into(), metadata.into(), "init".into(), trusted_root.into()]
}

/// `--targets-mapping FILE`, before any others: the targets role to start from (TAP 13)
pub(crate) fn targets_mapping(file: &Path) -> Vec<OsString> {
    vec!["--targets-mapping".into(), file.into()]
}

/// `--metadata-dir DIR --metadata-url URL refresh`
pub(crate) fn refresh(metadata: &Path, at: &Endpoint) -> Vec<OsString> {
    let mut arguments = repository(metadata, at);
    arguments.push("refresh".into());
    arguments
}

/// `--metadata-dir DIR --metadata-url URL --target-name PATH … --target-base-url URL --target-dir DIR download`
pub(crate) fn download(metadata: &Path, targets: &Path, at: &Endpoint, names: &[String]) -> Vec<OsString> {
    let mut arguments = repository(metadata, at);
    for name in names {
        arguments.extend(["--target-name".into(), name.into()]);
    }
    arguments.extend(["--target-base-url".into(), at.targets_url.clone().into()]);
    arguments.extend(["--target-dir".into(), targets.into(), "download".into()]);
    arguments
}

fn repository(metadata: &Path, at: &Endpoint) -> Vec<OsString> {
    vec!["--metadata-dir".into(), metadata.into(), "--metadata-url".into(), at.metadata_url.clone().into()]
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn endpoint() -> Endpoint {
        let now = Timestamp::UNIX_EPOCH;
        Endpoint {
            metadata_url: "http://h/m".into(),
            targets_url: "http://h/t".into(),
            now,
            targets_mapping: None,
            map: None,
            repository: None,
        }
    }

    fn joined(arguments: &[OsString]) -> String {
        arguments.join(" ".as_ref()).into_string().unwrap()
    }

    #[test]
    fn the_arguments_are_those_of_the_protocol() {
        let (metadata, targets) = (Path::new("/m"), Path::new("/t"));
        assert_eq!(joined(&init(metadata, Path::new("/r.json"))), "--metadata-dir /m init /r.json");
        assert_eq!(joined(&refresh(metadata, &endpoint())), "--metadata-dir /m --metadata-url http://h/m refresh");
        assert_eq!(
            joined(&download(metadata, targets, &endpoint(), &["a/b".into(), "c".into()])),
            "--metadata-dir /m --metadata-url http://h/m --target-name a/b --target-name c \
             --target-base-url http://h/t --target-dir /t download"
        );
    }
}
