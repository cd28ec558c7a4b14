//! Drives a client that is part of the same program.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use protocol::{Answer, Call, Introduction, TufClient};
use suite::observation::{Cause, Outcome};

use crate::builtin::panic_message;
use crate::place::{Place, Places};
use crate::{Adapter, Client, ClientInfo, Endpoint, Reply, Spoil, StartError, Store, StoreLimits, Transport};

/// Makes a client. Called on the thread that the client lives on.
type Make = Arc<dyn Fn() -> Box<dyn TufClient> + Send + Sync>;

/// Starts clients that are part of this program, each on a thread of its own.
///
/// A panic and a missed deadline are observations. A thread cannot be ended: one that missed its deadline is left
/// behind. A client that aborts takes the program with it; a client that may do so is better driven as a program.
pub struct InProcess {
    make: Make,
    info: ClientInfo,
    deadline: Duration,
    places: Arc<Places>,
}

impl InProcess {
    /// Clients that are made by `make`. Each thing that one is asked to do may take as long as `deadline`.
    pub fn new(make: impl Fn() -> Box<dyn TufClient> + Send + Sync + 'static, deadline: Duration) -> Self {
        let introduction: Introduction = make().introduction();
        let features: BTreeSet<String> = introduction.all_features();
        let info = ClientInfo {
            name: introduction.name,
            version: Some(introduction.version),
            language: Some(introduction.language),
            homepage: Some(introduction.homepage),
            issue_tracker: Some(introduction.issue_tracker),
            features,
            clock: introduction.clock,
            transport: Transport::InProcess,
        };
        Self { make: Arc::new(make), info, deadline, places: Arc::default() }
    }
}

impl Adapter for InProcess {
    fn info(&self) -> &ClientInfo {
        &self.info
    }

    fn start(&self) -> Result<Box<dyn Client>, StartError> {
        let place = Arc::new(self.places.take()?);
        let make = Arc::clone(&self.make);
        Ok(Box::new(InProcessClient { ask: live(&make)?, make, place, deadline: self.deadline }))
    }
}

/// Makes a client on a thread of its own, which answers what it is asked for as long as somebody may ask.
fn live(make: &Make) -> Result<Sender<(Question, Sender<Reply>)>, StartError> {
    let (make, (ask, questions)) = (Arc::clone(make), channel::<(Question, Sender<Reply>)>());
    let live = move || {
        let mut client = make();
        for (question, answer) in questions {
            // Nobody listens any more once the deadline is over.
            let _ = answer.send(question.put_to(client.as_mut()));
        }
    };
    match thread::Builder::new().name("client".to_owned()).spawn(live) {
        Ok(_) => Ok(ask),
        Err(error) => Err(StartError::new(format!("there is no thread for the client: {error}"), "use fewer jobs")),
    }
}

/// What a client is asked, with what JSON could not carry.
struct Question {
    call: Call,
    root: Vec<u8>,
}

impl Question {
    fn put_to(self, client: &mut dyn TufClient) -> Reply {
        let answer = catch_unwind(AssertUnwindSafe(|| match &self.call {
            Call::Trust { place, .. } => client.trust(place, &self.root),
            Call::Refresh { place } => client.refresh(place),
            Call::Download { place, targets } => client.download(place, targets),
            Call::Initialize(_) | Call::Shutdown => Answer::ACCEPTED,
        }));
        match answer {
            Ok(answer) => {
                let output = answer.message().unwrap_or_default().as_bytes().to_vec();
                Reply { outcome: crate::session::outcome(answer), output }
            }
            Err(panic) => broken(Cause::Panic { message: panic_message(panic.as_ref()) }),
        }
    }
}

struct InProcessClient {
    ask: Sender<(Question, Sender<Reply>)>,
    make: Make,
    place: Arc<Place>,
    deadline: Duration,
}

impl InProcessClient {
    fn ask(&self, call: Call, root: &[u8]) -> Reply {
        let (answer, answers) = channel();
        let gone = || broken(Cause::Panic { message: "the thread of the client has ended".to_owned() });
        if self.ask.send((Question { call, root: root.to_vec() }, answer)).is_err() {
            return gone();
        }
        match answers.recv_timeout(self.deadline) {
            Ok(reply) => reply,
            Err(RecvTimeoutError::Timeout) => {
                let milliseconds = u64::try_from(self.deadline.as_millis()).unwrap_or(u64::MAX);
                broken(Cause::Deadline { milliseconds })
            }
            Err(RecvTimeoutError::Disconnected) => gone(),
        }
    }
}

fn broken(cause: Cause) -> Reply {
    Reply { outcome: Outcome::Error { cause }, output: Vec::new() }
}

impl Client for InProcessClient {
    fn trust(&mut self, at: &Endpoint, root: &[u8]) -> Reply {
        self.ask(Call::Trust { place: self.place.protocol(at), root: self.place.trusted_root() }, root)
    }

    fn refresh(&mut self, at: &Endpoint) -> Reply {
        self.ask(Call::Refresh { place: self.place.protocol(at) }, &[])
    }

    fn download(&mut self, at: &Endpoint, targets: &[String]) -> Reply {
        self.ask(Call::Download { place: self.place.protocol(at), targets: targets.to_vec() }, &[])
    }

    fn second(&self) -> Result<Box<dyn Client>, String> {
        let (make, place) = (Arc::clone(&self.make), Arc::clone(&self.place));
        let ask = live(&make).map_err(|error| error.to_string())?;
        Ok(Box::new(Self { ask, make, place, deadline: self.deadline }))
    }

    fn spoil(&mut self, role: &str, spoil: Spoil<'_>) -> Result<bool, String> {
        self.place.spoil(role, spoil, StoreLimits::default())
    }

    fn store(&self) -> Result<Store, String> {
        self.place.store(StoreLimits::default())
    }

    fn kept_to_its_store(&self) -> Result<(), String> {
        self.place.kept_to()
    }
}
