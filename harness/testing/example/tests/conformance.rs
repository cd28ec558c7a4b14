//! The suite against tough: each scenario is a test of `cargo test` and of `cargo nextest run`.

use std::{fs, io, time::Duration};

use tokio::runtime::{Builder, Runtime};
use tough::schema::{Root, Signed};
use tough::{DefaultTransport, HttpTransportBuilder, Prefix, Repository, RepositoryLoader, TargetName};
use tuf_cookbook_testing::{Answer, Introduction, Place, TufClient, introduction, stored_as};

tuf_cookbook_testing::harness!(
    || Tough(Builder::new_current_thread().enable_all().build().expect("a runtime")),
    baseline = "../../clients/tough/baseline.toml"
);

type Failure = Box<dyn std::error::Error>;

struct Tough(Runtime);

impl TufClient for Tough {
    fn introduction(&self) -> Introduction {
        introduction("tough", "0.24.0", "https://github.com/awslabs/tough", &["hash:sha512"])
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
    let is_own = failure.is::<io::Error>() || failure.source().is_some_and(|cause| cause.is::<io::Error>());
    if is_own { Answer::error(failure.to_string()) } else { Answer::rejected(None, failure.to_string()) }
}

fn trust(place: &Place, root: &[u8]) -> Result<(), Failure> {
    let parsed: Signed<Root> = serde_json::from_slice(root)?;
    parsed.signed.verify_role(&parsed)?;
    Ok(fs::write(place.metadata_dir.join("root.json"), root)?)
}

async fn refresh(place: &Place) -> Result<Repository, Failure> {
    let root = fs::read(place.metadata_dir.join("root.json"))?;
    let settings = HttpTransportBuilder::new().initial_backoff(Duration::from_millis(1));
    let loader = RepositoryLoader::new(&root, place.metadata_url.parse()?, place.targets_url.parse()?)
        .transport(DefaultTransport::new_with_http_settings(settings));
    let repository = loader.datastore(&place.metadata_dir).load().await?;
    // tough stores delegated roles under names with a version. They are looked for under names without.
    for (file, described) in &repository.snapshot().signed.meta {
        let name = stored_as(file);
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
