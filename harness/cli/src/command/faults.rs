//! `faults`: the bugs that the reference client can be told to have.

use std::collections::BTreeMap;
use std::iter;
use std::process::ExitCode;
use std::thread;

use adapter::{Adapter, BuiltIn};
use judge::Status;
use reference::{Fault, FaultSet};
use runner::Corpus;
use suite::{Dialect, Suite, Variant};

use crate::dialect::dialect;
use crate::failure::Failure;
use crate::output;
use crate::select::select;
use crate::source::Source;

/// Lists the faults of the reference client, or plays scenarios against all of them.
///
/// A fault is a bug that the reference client can be told to have. A scenario *kills* a fault if it fails for a client
/// that has it. Every scenario has to kill a fault, or it could not fail; every fault has to be killed, or the suite
/// would not notice that bug.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Play every scenario against every fault and print who kills whom. Exit status 1 while a fault survives or a
    /// scenario kills nothing.
    #[arg(long)]
    matrix: bool,
    /// Print what each fault does and which requirement it breaks.
    #[arg(long, conflicts_with = "matrix")]
    long: bool,
    /// With --matrix: only these scenarios.
    #[arg(value_name = "ID-GLOB", requires = "matrix")]
    ids: Vec<String>,
    /// With --matrix: the dialect to play in.
    #[arg(long, value_name = "DIALECT", default_value = "default", requires = "matrix")]
    dialect: String,
}

pub fn run(source: &Source, arguments: &Arguments) -> Result<ExitCode, Failure> {
    if arguments.matrix {
        let suite = source.load()?;
        let variants = select(&suite, &arguments.ids)?;
        let is_whole = arguments.ids.is_empty();
        return print_matrix(&suite, &variants, dialect(&suite, &arguments.dialect)?, is_whole);
    }
    let mut text = String::new();
    for fault in Fault::ALL {
        text += fault.id();
        if arguments.long {
            text += &format!("\n    {}\n    breaks {}", fault.summary(), fault.requirements().join(", "));
        }
        text.push('\n');
    }
    output::write(&text, None)?;
    Ok(ExitCode::SUCCESS)
}

/// Which scenarios each fault is killed by, in the order of faults and of scenarios. What the dialect or the client
/// does not allow for is left out.
pub fn kills(suite: &Suite, variants: &[&Variant], dialect: &Dialect) -> Result<BTreeMap<Fault, Vec<String>>, Failure> {
    let faultless = BuiltIn::new(&suite.register, FaultSet::empty()).direct();
    let faulty: Vec<BuiltIn> =
        Fault::ALL.iter().map(|fault| BuiltIn::new(&suite.register, FaultSet::of(*fault)).direct()).collect();
    let clients: Vec<&dyn Adapter> =
        iter::once(&faultless).chain(&faulty).map(|client| client as &dyn Adapter).collect();
    let corpus = Corpus { variants, dialect, register: &suite.register };
    let jobs = thread::available_parallelism().map_or(1, Into::into);
    let rows =
        runner::matrix(corpus, &clients, jobs).map_err(|(id, step, error)| Failure::forge(&id, &(step, error)))?;
    let mut kills: BTreeMap<Fault, Vec<String>> = Fault::ALL.iter().map(|fault| (*fault, Vec::new())).collect();
    for (variant, row) in variants.iter().zip(rows) {
        if let Some(status @ (Status::Fail | Status::Inconclusive | Status::Error)) = row.first() {
            return Err(Failure::new(
                format!("the reference client does not pass `{}` without any fault: {status:?}", variant.id),
                format!("see why with `tuf-cookbook run '{}'`", variant.id),
            ));
        }
        for (fault, status) in Fault::ALL.iter().zip(&row[1..]) {
            // A client that crashes has not passed either.
            if matches!(status, Status::Fail | Status::Error) {
                kills.entry(*fault).or_default().push(variant.id.to_string());
            }
        }
    }
    Ok(kills)
}

/// Only the whole suite has to kill every fault.
fn print_matrix(suite: &Suite, variants: &[&Variant], dialect: &Dialect, is_whole: bool) -> Result<ExitCode, Failure> {
    let kills = kills(suite, variants, dialect)?;
    let mut text = String::new();
    for (fault, killers) in &kills {
        match killers.as_slice() {
            [] if !is_whole => {}
            [] => text += &format!("{}  SURVIVES (breaks {})\n", fault.id(), fault.requirements().join(", ")),
            killers => text += &format!("{}  {}  {}\n", fault.id(), killers.len(), killers.join(" ")),
        }
    }
    let survivors = kills.values().filter(|killers| killers.is_empty()).count();
    let mut idle: Vec<&str> = variants.iter().map(|variant| variant.id.as_str()).collect();
    idle.retain(|id| !kills.values().flatten().any(|killer| killer == id));
    for id in &idle {
        text += &format!("{id}  KILLS NOTHING\n");
    }
    let (faults, scenarios, idle_count) = (kills.len(), variants.len(), idle.len());
    text += &if is_whole {
        format!("{faults} faults, {survivors} survive; {scenarios} scenarios, {idle_count} kill nothing\n")
    } else {
        format!(
            "{} of {faults} faults are killed; {scenarios} scenarios, {idle_count} kill nothing\n",
            faults - survivors
        )
    };
    output::write(&text, None)?;
    Ok(if (survivors == 0 || !is_whole) && idle.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
