//! What a test target begins with.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use libtest_mimic::{Arguments, Failed, Trial};
use protocol::TufClient;
use suite::Variant;

use crate::bench::Bench;
use crate::known::Known;
use crate::setup_error::SetupError;

/// The exit status if nothing could be played.
const NOTHING_PLAYED: u8 = 2;

/// How many scenarios wait for the real clock at the same time, if nobody says how many threads there should be.
const WAITING_LIMIT: usize = 16;

/// Makes clients.
pub(crate) type Make = Arc<dyn Fn() -> Box<dyn TufClient> + Send + Sync>;

/// The suite, to be played against a client.
#[must_use = "nothing is played before `main`"]
pub struct Suite {
    make: Make,
    baseline: Option<PathBuf>,
    dialect: Option<String>,
    deadline: Duration,
}

impl Suite {
    /// The suite for clients that are made by `make`. Each scenario gets clients of its own, on threads of their own.
    pub fn new<C: TufClient + 'static>(make: impl Fn() -> C + Send + Sync + 'static) -> Self {
        let make: Make = Arc::new(move || Box::new(make()));
        Self { make, baseline: None, dialect: None, deadline: Duration::from_secs(30) }
    }

    /// The file with the known deviations of the client, as seen from the folder of the package.
    ///
    /// It is strict: a deviation that is listed has to occur, and each entry has to mean a scenario.
    pub fn baseline(self, file: impl Into<PathBuf>) -> Self {
        Self { baseline: Some(file.into()), ..self }
    }

    /// What an ordinary repository looks like, by the id of a dialect. Default: what the client says of itself.
    pub fn dialect(self, id: impl Into<String>) -> Self {
        Self { dialect: Some(id.into()), ..self }
    }

    /// How long the client may take for one thing that it is asked to do. Default: 30 s.
    ///
    /// A thread cannot be ended. One that takes longer goes on beside the tests that follow, until all are done.
    pub fn deadline(self, deadline: Duration) -> Self {
        Self { deadline, ..self }
    }

    /// Does what the command line asks, which is that of every test target, and gives the exit status: 0 if no test
    /// failed, 101 if one did, 2 if none could be played.
    pub fn main(self) -> ExitCode {
        match self.run(Arguments::from_args()) {
            Ok(code) => code,
            Err(error) => {
                eprintln!("error: {error}");
                ExitCode::from(NOTHING_PLAYED)
            }
        }
    }

    fn run(self, mut arguments: Arguments) -> Result<ExitCode, SetupError> {
        let suite = suite::Suite::embedded().map_err(|error| SetupError::plain(error.to_string()))?;
        // It is needed until the program ends.
        let suite: &'static suite::Suite = Box::leak(Box::new(suite));
        let known = self.baseline.as_deref().map(|file| Known::read(file, suite)).transpose()?.unwrap_or_default();
        let mut trials: Vec<Trial> = known.wrong_entries().map(wrong_entry).collect();
        let mut variants: Vec<&'static Variant> = suite.variants().collect();
        variants.sort_by_key(|variant| &variant.id);
        if arguments.list {
            // A client may take its time to be made, and nextest asks for the list often.
            trials.extend(variants.into_iter().map(|variant| Trial::test(variant.id.as_str(), || Ok(()))));
            return Ok(libtest_mimic::run(&arguments, trials).exit_code());
        }
        let bench = Arc::new(Bench::new(suite, &self.make, self.dialect.as_deref(), self.deadline, known)?);
        if !bench.is_told_the_time() {
            // They wait together, beside those that do not.
            variants.sort_by_key(|variant| !waits(variant));
            arguments.test_threads = arguments.test_threads.or_else(|| {
                let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
                Some(cores + variants.iter().filter(|variant| waits(variant)).count().min(WAITING_LIMIT))
            });
        }
        trials.extend(variants.into_iter().map(|variant| {
            let bench = Arc::clone(&bench);
            Trial::ignorable_test(variant.id.as_str(), move || bench.play(variant))
        }));
        Ok(libtest_mimic::run(&arguments, trials).exit_code())
    }
}

/// An entry of the baseline that means no scenario fails whatever is played.
fn wrong_entry((name, message): (&str, &str)) -> Trial {
    let message = message.to_owned();
    Trial::test(name, move || Err(Failed::from(message)))
}

/// Whether a scenario takes more than one time of day.
fn waits(variant: &Variant) -> bool {
    !variant.plan.clocks().is_empty()
}
