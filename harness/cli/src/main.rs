//! `tuf-cookbook`: the conformance test suite and specification cookbook of The Update Framework.
//!
//! Thin: each subcommand reads its arguments, calls the crates that do the work, and prints.

mod command;
mod dialect;
mod exported;
mod failure;
mod interrupt;
mod known;
mod output;
mod play;
mod resources;
mod select;
mod source;
mod under_test;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use command::{
    book, client, dump, explain, export, faults, format, library_host, lint, list, new, profile, run, schema, serve,
    spec, survey,
};
use source::Source;

/// Metadata is many small strings: with the allocator of the C library, they take a seventh of the processor time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Tests clients of The Update Framework against its specification, with one data file per attack.
///
/// `run` alone plays every scenario against the built-in reference client. To test a client of your own, give it an
/// entry point with the command-line protocol of the tuf-conformance suite, and name it with `run --client PATH`.
#[derive(Parser)]
#[command(name = "tuf-cookbook", version, max_term_width = 100)]
struct Arguments {
    #[command(flatten)]
    source: Source,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Run(run::Arguments),
    List(list::Arguments),
    Explain(explain::Arguments),
    Serve(serve::Arguments),
    Dump(dump::Arguments),
    Export(export::Arguments),
    Faults(faults::Arguments),
    Client(client::Arguments),
    Profile(profile::Arguments),
    Survey(survey::Arguments),
    Book(book::Arguments),
    Spec(spec::Arguments),
    Lint(lint::Arguments),
    Fmt(format::Arguments),
    New(new::Arguments),
    Schema(schema::Arguments),
    /// The built-in client, for other suites to test: it speaks the command-line protocol of tuf-conformance,
    /// or, as `session`, the session protocol.
    ReferenceClient(reference::process::Arguments),
    LibraryHost(library_host::Arguments),
}

fn main() -> ExitCode {
    let Arguments { source, command } = Arguments::parse();
    let result = match command {
        Command::Run(arguments) => run::run(&source, &arguments),
        Command::List(arguments) => list::run(&source, &arguments),
        Command::Explain(arguments) => explain::run(&source, &arguments),
        Command::Serve(arguments) => serve::run(&source, &arguments),
        Command::Export(arguments) => export::run(&source, &arguments),
        Command::Dump(arguments) => dump::run(&source, &arguments),
        Command::Faults(arguments) => faults::run(&source, &arguments),
        Command::Client(arguments) => client::run(&source, &arguments),
        Command::Profile(arguments) => profile::run(&source, &arguments),
        Command::Book(arguments) => book::run(&source, &arguments),
        Command::Survey(arguments) => survey::run(&source, &arguments),
        Command::Spec(arguments) => spec::run(&source, &arguments),
        Command::Lint(arguments) => lint::run(&source, &arguments),
        Command::Fmt(arguments) => format::run(&source, &arguments),
        Command::New(arguments) => new::run(&source, &arguments),
        Command::Schema(arguments) => schema::run(&source, &arguments),
        Command::LibraryHost(arguments) => Ok(ExitCode::from(library_host::run(&arguments))),
        Command::ReferenceClient(arguments) => Ok(ExitCode::from(reference::process::run(arguments))),
    };
    match result {
        Ok(code) => code,
        Err(failure) => {
            failure.print();
            ExitCode::from(2)
        }
    }
}
