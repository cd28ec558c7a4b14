//! `serve`: a scenario over HTTP, step by step, for a client run by hand.

use std::io::{self, BufRead};
use std::process::ExitCode;
use std::sync::Arc;

use clap::ValueEnum;
use jiff::Timestamp;
use repository::{Calendar, Event, Timeline};
use server::{Server, Site};
use suite::{RunKind, Variant};

use crate::dialect::dialect;
use crate::failure::Failure;
use crate::output;
use crate::select::select_one;
use crate::source::Source;

/// Plays the states of a scenario over HTTP, step by step, for a client that is run by hand.
///
/// Press Enter to go on to the next step. What the client asked for is shown after each.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The scenario.
    id: String,
    /// Which of its two timelines to play.
    #[arg(long, value_enum, default_value_t = Play::Attack)]
    play: Play,
    /// What an ordinary repository looks like.
    #[arg(long, value_name = "DIALECT", default_value = "default")]
    dialect: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Play {
    /// The attack, or the honest scenario.
    Attack,
    /// The same without the attack.
    Control,
}

pub fn run(source: &Source, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let suite = source.load()?;
    let variant = select_one(&suite, &arguments.id)?;
    let kind = match arguments.play {
        Play::Attack => RunKind::Attack,
        Play::Control => RunKind::Control,
    };
    let calendar = Calendar::Free { start: Timestamp::now() };
    let timeline = Timeline::build(variant, dialect(&suite, &arguments.dialect)?, kind, &calendar)
        .map_err(|error| Failure::forge(&variant.id, &error))?;
    let server = Server::start().map_err(|error| Failure::plain(format!("cannot listen: {error}")))?;
    let shown = Arc::new(Site::default());
    let mount = server.mount(Arc::clone(&shown));
    let first_root = variant.scenario.repository.roles.get("root").and_then(|role| role.version).unwrap_or(1);
    output::write(
        &format!(
            "{}\n\nmetadata: {}\ntargets:  {}\ntrusted root to start from: {1}/{first_root}.root.json\n",
            variant.scenario.title,
            mount.metadata_url(),
            mount.targets_url()
        ),
        None,
    )?;
    for (step, event) in &timeline.events {
        let hint = match event {
            Event::Show(files) => {
                shown.show(Arc::clone(files));
                "served from now on".to_owned()
            }
            Event::Clock { number, offset } => match calendar.instant(*number, *offset) {
                Ok(now) => format!("the client's clock should now show {now:.0}"),
                Err(error) => return Err(Failure::forge(&variant.id, &(*step, error))),
            },
            Event::Meanwhile { request, files } => {
                shown.show_at(*request, Arc::clone(files));
                "served from that request on, counted from now".to_owned()
            }
            Event::Trust { .. } => "give the client the root that is served now, then press Enter".to_owned(),
            Event::Kill { .. } => "do this with the client, kill it at that request, then press Enter".to_owned(),
            Event::SecondClient { .. } => {
                "do this with the client, let a second one do it meanwhile, then press Enter".to_owned()
            }
            Event::Damage(_) => "do this to the files of the client".to_owned(),
            Event::TargetsRole(told) => {
                let told = serde_json::to_string(told).unwrap_or_default();
                format!("this is what TAP 13 has it told from now on: {told}")
            }
            Event::Act(_) => "do this with the client, then press Enter".to_owned(),
        };
        output::write(&format!("\n{step}. {}\n   {hint}\n", words(variant, *step)), None)?;
        if matches!(event, Event::Act(_) | Event::Kill { .. } | Event::SecondClient { .. } | Event::Trust { .. }) {
            let is_over = wait_for_enter()?;
            shown.catch_up();
            for request in shown.take_log() {
                let text = format!("   {:?} {} -> {}\n", request.area, request.path.escape_debug(), request.status);
                output::write(&text, None)?;
            }
            if is_over {
                break;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn words(variant: &Variant, step: usize) -> String {
    let planned = variant.plan.steps.iter().find(|planned| planned.number == step);
    planned.map_or_else(|| "the repository before the first step".to_owned(), ToString::to_string)
}

/// Waits for a line. Returns whether there will be no more.
fn wait_for_enter() -> Result<bool, Failure> {
    let read = io::stdin().lock().read_line(&mut String::new());
    read.map(|length| length == 0).map_err(|error| Failure::plain(format!("cannot read the standard input: {error}")))
}
