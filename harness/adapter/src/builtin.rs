//! Drives the reference client inside this process.

use std::any::Any;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use reference::{
    FaultSet, HttpTransport, Member, MemoryStore, Place, Redirect, Refusal, Repositories, Response, SharedStore,
    TapSet, Transport, Updater,
};
use serde_json::{Map, Value};
use server::{Body, Piece, Site};
use suite::observation::{Area, Cause, Outcome};
use suite::{Left, MAIN, Register};

use crate::shelf::Shelf;
use crate::{Adapter, Client, ClientInfo, Endpoint, Reply, Spoil, StartError, Store};

/// The name of the reference client.
pub const NAME: &str = "reference";

/// Starts reference clients, with or without faults.
pub struct BuiltIn {
    info: ClientInfo,
    faults: FaultSet,
    is_direct: bool,
}

impl BuiltIn {
    /// Reference clients with these faults, that fetch over HTTP. They claim what
    /// [`reference::session::features`] tells.
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
        self.start_with(&BTreeSet::new())
    }

    /// It follows a TAP that changes what a client does only where a scenario needs that.
    fn start_with(&self, features: &BTreeSet<String>) -> Result<Box<dyn Client>, StartError> {
        let faults = self.faults.following(TapSet::of(features));
        Ok(Box::new(BuiltInClient::new(SharedStore::default(), faults, self.is_direct)))
    }
}

struct BuiltInClient {
    updater: Updater<Line, SharedStore>,
    /// The client of several repositories, once it was told a map.
    several: Option<Repositories<Line, Shelf>>,
    faults: FaultSet,
    is_direct: bool,
}

impl BuiltInClient {
    fn new(store: SharedStore, faults: FaultSet, is_direct: bool) -> Self {
        let updater = Updater::new(Line::default(), store, faults);
        Self { updater, several: None, faults, is_direct }
    }

    fn act(
        &mut self,
        at: &Endpoint,
        action: impl FnOnce(&mut Updater<Line, SharedStore>) -> Result<(), Refusal>,
    ) -> Reply {
        let mapping = at.targets_mapping.as_ref().and_then(|mapping| serde_json::to_vec(mapping).ok());
        self.updater.start_from(mapping);
        if !self.is_direct {
            self.updater.transport().lead_to(at);
        }
        reply_of(|| action(&mut self.updater))
    }

    /// Does something with the client of several repositories. It is made when it is told the map.
    fn act_with(
        &mut self,
        map: &Map<String, Value>,
        action: impl FnOnce(&mut Repositories<Line, Shelf>) -> Result<(), Refusal>,
    ) -> Reply {
        let (site, store) = (self.updater.transport().site().clone(), self.updater.store().clone());
        let (faults, is_direct) = (self.faults, self.is_direct);
        let several = &mut self.several;
        reply_of(|| {
            let all = if let Some(all) = several.take() {
                all
            } else {
                let make = |member: &Member| {
                    let line = Line::to(member, site.clone(), is_direct);
                    Updater::new(line, Shelf::new(&store, &member.folder), faults)
                };
                Repositories::new(&serde_json::to_vec(map).unwrap_or_default(), faults, make)?
            };
            action(several.insert(all))
        })
    }
}

/// What came of something that the client was told to do.
fn reply_of(action: impl FnOnce() -> Result<(), Refusal>) -> Reply {
    // A panic here is a bug of ours, and should be seen as one and not end the run.
    match catch_unwind(AssertUnwindSafe(action)) {
        Ok(Ok(())) => Reply { outcome: Outcome::Accepted, output: Vec::new() },
        Ok(Err(refusal)) => Reply {
            outcome: Outcome::Rejected { reason: Some(refusal.reason) },
            output: refusal.to_string().into_bytes(),
        },
        Err(panic) if panic.is::<Killed>() => Reply { outcome: Outcome::Killed, output: Vec::new() },
        Err(panic) => {
            let cause = Cause::Panic { message: panic_message(panic.as_ref()) };
            Reply { outcome: Outcome::Error { cause }, output: Vec::new() }
        }
    }
}

impl Client for BuiltInClient {
    fn attach(&mut self, site: &Arc<Site>) {
        *self.updater.transport().site() = Some(Arc::clone(site));
        if self.is_direct {
            *self.updater.transport().route() = Route::Site(Arc::clone(site));
        }
    }

    fn trust(&mut self, at: &Endpoint, root: &[u8]) -> Reply {
        match (&at.map, &at.repository) {
            (Some(map), Some(repository)) => self.act_with(map, |all| all.trust(repository, root)),
            _ => self.act(at, |updater| updater.trust(root)),
        }
    }

    fn refresh(&mut self, at: &Endpoint) -> Reply {
        match &at.map {
            Some(map) => self.act_with(map, |all| all.refresh(at.now)),
            None => self.act(at, |updater| updater.refresh(at.now)),
        }
    }

    fn download(&mut self, at: &Endpoint, targets: &[String]) -> Reply {
        match &at.map {
            Some(map) => self.act_with(map, |all| all.download(at.now, targets)),
            None => self.act(at, |updater| updater.download(at.now, targets)),
        }
    }

    fn second(&self) -> Result<Box<dyn Client>, String> {
        Ok(Box::new(Self::new(self.updater.store().clone(), self.faults, self.is_direct)))
    }

    fn spoil(&mut self, role: &str, spoil: Spoil<'_>) -> Result<bool, String> {
        let mut store = self.updater.store().lock();
        let was_folder = store.folders.remove(role);
        let bytes = store.metadata.remove(role);
        let is_there = was_folder || bytes.is_some();
        match spoil(&bytes.unwrap_or_default()) {
            Left::File(bytes) if is_there => drop(store.metadata.insert(role.to_owned(), bytes)),
            Left::Folder if is_there => drop(store.folders.insert(role.to_owned())),
            _ => {}
        }
        Ok(is_there)
    }

    fn store(&self) -> Result<Store, String> {
        let MemoryStore { metadata, targets, .. } = &*self.updater.store().lock();
        Ok(Store { metadata: metadata.clone(), targets: targets.clone() })
    }
}

/// The line to the repository, which is laid when the client is told where the repository is.
#[derive(Default)]
struct Line {
    route: Mutex<Route>,
    /// The site that the line leads to, whatever way it takes.
    site: Mutex<Option<Arc<Site>>>,
    /// The folder on the site that holds the files of the repository, if it is not the main one.
    folder: Option<String>,
}

#[derive(Default)]
enum Route {
    #[default]
    Nowhere,
    Site(Arc<Site>),
    Http {
        metadata_url: String,
        targets_url: String,
        transport: HttpTransport,
    },
}

impl Line {
    /// The line to one of several repositories.
    fn to(member: &Member, site: Option<Arc<Site>>, is_direct: bool) -> Self {
        let route = match &site {
            Some(site) if is_direct => Route::Site(Arc::clone(site)),
            _ => {
                let (metadata_url, targets_url) =
                    (format!("{}/metadata", member.url), format!("{}/targets", member.url));
                let transport = HttpTransport::new(&metadata_url, &targets_url);
                Route::Http { metadata_url, targets_url, transport }
            }
        };
        let folder = Some(member.name.clone()).filter(|name| name != MAIN);
        Self { route: Mutex::new(route), site: Mutex::new(site), folder }
    }

    fn route(&self) -> MutexGuard<'_, Route> {
        self.route.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn site(&self) -> MutexGuard<'_, Option<Arc<Site>>> {
        self.site.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Goes over HTTP from now on. Connections are kept for as long as the repository is at the same place.
    fn lead_to(&self, at: &Endpoint) {
        let mut route = self.route();
        if let Route::Http { metadata_url, targets_url, .. } = &*route
            && (metadata_url, targets_url) == (&at.metadata_url, &at.targets_url)
        {
            return;
        }
        let transport = HttpTransport::new(&at.metadata_url, &at.targets_url);
        let (metadata_url, targets_url) = (at.metadata_url.clone(), at.targets_url.clone());
        *route = Route::Http { metadata_url, targets_url, transport };
    }
}

impl Transport for Line {
    fn ask(&self, place: &Place<'_>) -> Result<Response, String> {
        let response = match &*self.route() {
            Route::Nowhere => Err("the client was not told where the repository is".to_owned()),
            Route::Http { transport, .. } => transport.ask(place),
            Route::Site(site) => ask(site, self.folder.as_deref(), place),
        };
        if self.site().as_ref().is_some_and(|site| site.is_halted()) {
            // Nothing that comes after is done, as in a program that is killed.
            resume_unwind(Box::new(Killed));
        }
        response
    }
}

/// What ends a client that is killed.
struct Killed;

/// Asks a site directly.
fn ask(site: &Site, folder: Option<&str>, place: &Place<'_>) -> Result<Response, String> {
    let answer = match (place, folder) {
        (Place::File(area, path), None) => site.answer(*area, path),
        (Place::File(area, path), Some(folder)) => site.answer(*area, &format!("{folder}/{path}")),
        (Place::Elsewhere(address), _) => match address.split_once('/') {
            Some(("metadata", path)) => site.answer(Area::Metadata, path),
            Some(("targets", path)) => site.answer(Area::Targets, path),
            _ => return Err(format!("{address:?} is not a file of the repository")),
        },
    };
    let answer = answer.ok_or("the connection was closed")?;
    if answer.is_held {
        site.wait_for_release();
    }
    let redirect = answer.location.map(|location| Redirect { to: location.path, is_away: location.is_away });
    let elapsed = Rc::new(Cell::new(Duration::ZERO));
    let body = Box::new(Reading { body: answer.body, piece: Bytes::new(), elapsed: Rc::clone(&elapsed) });
    let (status, length, encoding) = (answer.status, answer.length, answer.encoding.map(ToOwned::to_owned));
    Ok(Response { status, redirect, length, encoding, body, elapsed: Box::new(move || elapsed.get()) })
}

/// A body as it is read. Time does not pass in pauses, but is counted.
struct Reading {
    body: Body,
    piece: Bytes,
    elapsed: Rc<Cell<Duration>>,
}

impl Read for Reading {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.piece.is_empty() {
            match self.body.take() {
                None => return Ok(0),
                Some(Piece::Bytes(bytes)) => self.piece = bytes,
                Some(Piece::Pause(pause)) => self.elapsed.set(self.elapsed.get() + pause),
                Some(Piece::Cut) => return Err(io::ErrorKind::ConnectionReset.into()),
            }
        }
        let part = self.piece.split_to(self.piece.len().min(buffer.len()));
        buffer[..part.len()].copy_from_slice(&part);
        Ok(part.len())
    }
}

/// What a panic says.
pub(crate) fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a panic without message".to_owned())
}
