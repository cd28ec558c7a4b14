//! Drives the reference client inside this process.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use reference::{FaultSet, FetchError, HttpTransport, MemoryStore, Refusal, Transport, Updater};
use server::Site;
use suite::Register;
use suite::observation::{Area, Cause, Outcome};

use crate::{Adapter, Client, ClientInfo, Endpoint, Reply, StartError, Store};

/// The name of the reference client.
pub const NAME: &str = "reference";

/// Starts reference clients, with or without faults.
pub struct BuiltIn {
    info: ClientInfo,
    faults: FaultSet,
    is_direct: bool,
}

impl BuiltIn {
    /// Reference clients with these faults, that fetch over HTTP. They claim all features that are on by default, and
    /// succinct hashed bins.
    pub fn new(register: &Register, faults: FaultSet) -> Self {
        let info = ClientInfo {
            name: NAME.to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            language: Some("Rust".to_owned()),
            homepage: None,
            issue_tracker: None,
            features: reference::session::features(register),
            clock: true,
            transport: crate::Transport::BuiltIn,
        };
        Self { info, faults, is_direct: false }
    }

    /// The same, but asking the site itself instead of going over HTTP.
    #[must_use]
    pub fn direct(self) -> Self {
        Self { is_direct: true, ..self }
    }
}

impl Adapter for BuiltIn {
    fn info(&self) -> &ClientInfo {
        &self.info
    }

    fn start(&self) -> Result<Box<dyn Client>, StartError> {
        let updater = Updater::new(Line::default(), MemoryStore::default(), self.faults);
        Ok(Box::new(BuiltInClient { updater, is_direct: self.is_direct }))
    }
}

struct BuiltInClient {
    updater: Updater<Line, MemoryStore>,
    is_direct: bool,
}

impl BuiltInClient {
    fn act(
        &mut self,
        at: &Endpoint,
        action: impl FnOnce(&mut Updater<Line, MemoryStore>) -> Result<(), Refusal>,
    ) -> Reply {
        if !self.is_direct {
            self.updater.transport().lead_to(at);
        }
        // A panic here is a bug of ours, and should be seen as one and not end the run.
        match catch_unwind(AssertUnwindSafe(|| action(&mut self.updater))) {
            Ok(Ok(())) => Reply { outcome: Outcome::Accepted, output: Vec::new() },
            Ok(Err(refusal)) => Reply {
                outcome: Outcome::Rejected { reason: Some(refusal.reason) },
                output: refusal.to_string().into_bytes(),
            },
            Err(panic) => {
                let cause = Cause::Panic { message: panic_message(panic.as_ref()) };
                Reply { outcome: Outcome::Error { cause }, output: Vec::new() }
            }
        }
    }
}

impl Client for BuiltInClient {
    fn attach(&mut self, site: &Arc<Site>) {
        if self.is_direct {
            *self.updater.transport().route() = Route::Site(Arc::clone(site));
        }
    }

    fn trust(&mut self, at: &Endpoint, root: &[u8]) -> Reply {
        self.act(at, |updater| updater.trust(root))
    }

    fn refresh(&mut self, at: &Endpoint) -> Reply {
        self.act(at, |updater| updater.refresh(at.now))
    }

    fn download(&mut self, at: &Endpoint, targets: &[String]) -> Reply {
        self.act(at, |updater| updater.download(at.now, targets))
    }

    fn store(&self) -> Result<Store, String> {
        let MemoryStore { metadata, targets } = self.updater.store();
        Ok(Store { metadata: metadata.clone(), targets: targets.clone() })
    }
}

/// The line to the repository, which is laid when the client is told where the repository is.
#[derive(Default)]
struct Line(Mutex<Route>);

#[derive(Default)]
enum Route {
    #[default]
    Nowhere,
    Site(Arc<Site>),
    Http {
        at: Endpoint,
        transport: HttpTransport,
    },
}

impl Line {
    fn route(&self) -> std::sync::MutexGuard<'_, Route> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Goes over HTTP from now on. Connections are kept for as long as the repository is at the same place.
    fn lead_to(&self, at: &Endpoint) {
        let mut route = self.route();
        if let Route::Http { at: known, .. } = &*route
            && (&known.metadata_url, &known.targets_url) == (&at.metadata_url, &at.targets_url)
        {
            return;
        }
        let transport = HttpTransport::new(&at.metadata_url, &at.targets_url);
        *route = Route::Http { at: at.clone(), transport };
    }
}

impl Transport for Line {
    fn fetch(&self, area: Area, path: &str, limit: u64) -> Result<Vec<u8>, FetchError> {
        match &*self.route() {
            Route::Nowhere => Err(FetchError::Failed("the client was not told where the repository is".to_owned())),
            Route::Http { transport, .. } => transport.fetch(area, path, limit),
            Route::Site(site) => {
                let answer = site.answer(area, path);
                match answer.status {
                    200 if answer.body.len() as u64 > limit => Err(FetchError::TooLong),
                    200 => Ok(answer.body.to_vec()),
                    404 => Err(FetchError::NotFound),
                    status => Err(FetchError::Failed(format!("status {status}"))),
                }
            }
        }
    }
}

/// What a panic says.
pub(crate) fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a panic without message".to_owned())
}
