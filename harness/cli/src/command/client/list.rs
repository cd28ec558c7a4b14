//! `client list`: which released clients there are.

use std::process::ExitCode;

use adapter::released::{self, Released};

use crate::failure::Failure;
use crate::output;
use crate::under_test::no_cache;

pub fn run() -> Result<ExitCode, Failure> {
    let cache = released::cache_folder().ok_or_else(no_cache)?;
    let clients = released::list()?;
    let mut text = String::new();
    for client in clients.iter().filter(|client| client.variant_of.is_none()) {
        let manifest = &client.manifest;
        let transports: Vec<_> = manifest.transports().iter().map(ToString::to_string).collect();
        text += &format!(
            "{} {} ({} `{}`, {}; {}): {}\n",
            manifest.name,
            manifest.version,
            manifest.language,
            manifest.package,
            manifest.homepage,
            transports.join(", "),
            state(client, &cache)
        );
        for variant in &clients {
            if variant.variant_of.as_ref() == Some(&manifest.name) {
                text += &format!("    {}: {}\n", variant.manifest.name, state(variant, &cache));
            }
        }
    }
    output::write(&text, None)?;
    Ok(ExitCode::SUCCESS)
}

fn state(client: &Released, cache: &std::path::Path) -> &'static str {
    if client.installed(cache).is_some() { "installed" } else { "not installed" }
}
