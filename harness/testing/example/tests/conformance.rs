//! The suite against tough: each scenario is a test of `cargo test` and of `cargo nextest run`.

use std::{fs, io, time::Duration};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::runtime::{Builder, Runtime};
use tough::schema::{Root, Signed};
use tough::{DefaultTransport, HttpTransportBuilder, Prefix, Repository, RepositoryLoader, TargetName};
use tuf_cookbook_testing::{Answer, Introduction, KeyType, Place, TufClient, VERSION};

tuf_cookbook_testing::harness!(Tough::new, baseline = "../../clients/tough/baseline.toml");

type Failure = Box<dyn std::error::Error>;

struct Tough(Runtime);

impl Tough {
    fn new() -> Self {
        Self(Builder::new_current_thread().enable_all().build().expect("a runtime"))
    }
}

impl TufClient for Tough {
    fn introduction(&self) -> Introduction {
        // All that most clients have, but for `hash:sha512`.
        let features = ["consistent-snapshots", "consistent-snapshots:off", "delegations"];
        let features = features.iter().chain(&["hashed-bins", "metapath-hashes", "threshold"]);
        Introduction {
            protocol: VERSION,
            name: "tough".into(),
            version: "0.24.0".into(),
            language: "Rust".into(),
            homepage: "https://github.com/awslabs/tough".into(),
            issue_tracker: "https://github.com/awslabs/tough/issues".into(),
            features: features.map(|id| id.to_string()).collect(),
            key_types: [KeyType::Ecdsa, KeyType::Ed25519, KeyType::Rsa].into(),
            clock: false, // It looks at the clock of the system: scenarios about expiry wait.
            dialect: "default".into(),
        }
    }

    fn trust(&mut self, place: &Place, root: &[u8]) -> Answer {
        answer(trust(place, root))
    }

    fn refresh(&mut self, place: &Place) -> Answer {
        answer(self.0.block_on(refresh(place)).map(drop))
    }

    fn download(&mut self, place: &Place, targets: &[String]) -> Answer {
        answer(self.0.block_on(download(place, targets)))
    }
}

/// What tough says against a repository is a refusal. What it says about its own files is not.
fn answer(result: Result<(), Failure>) -> Answer {
    let Err(failure) = result else { return Answer::ACCEPTED };
    let is_own =
        |failure: &Failure| failure.is::<io::Error>() || failure.source().is_some_and(|cause| cause.is::<io::Error>());
    if is_own(&failure) { Answer::error(failure.to_string()) } else { Answer::rejected(None, failure.to_string()) }
}

fn trust(place: &Place, root: &[u8]) -> Result<(), Failure> {
    let parsed: Signed<Root> = serde_json::from_slice(root)?;
    parsed.signed.verify_role(&parsed)?;
    Ok(fs::write(place.metadata_dir.join("root.json"), root)?)
}

async fn refresh(place: &Place) -> Result<Repository, Failure> {
    let root = fs::read(place.metadata_dir.join("root.json"))?;
    let settings = HttpTransportBuilder::new().initial_backoff(Duration::from_millis(1));
    let repository = RepositoryLoader::new(&root, place.metadata_url.parse()?, place.targets_url.parse()?)
        .transport(DefaultTransport::new_with_http_settings(settings))
        .datastore(&place.metadata_dir)
        .load()
        .await?;
    // tough stores delegated roles under names with a version. They are looked for under names without.
    for (file, described) in &repository.snapshot().signed.meta {
        const KEPT: AsciiSet = NON_ALPHANUMERIC.remove(b'_').remove(b'.').remove(b'-').remove(b'~');
        let name = utf8_percent_encode(file, &KEPT).to_string();
        let stored = place.metadata_dir.join(format!("{}.{name}", described.version));
        if stored.is_file() {
            fs::copy(stored, place.metadata_dir.join(name))?;
        }
    }
    Ok(repository)
}

async fn download(place: &Place, targets: &[String]) -> Result<(), Failure> {
    let repository = refresh(place).await?;
    for target in targets {
        repository.save_target(&TargetName::new(target)?, &place.targets_dir, Prefix::None).await?;
    }
    Ok(())
}
