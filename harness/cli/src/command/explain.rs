//! `explain`: everything about one scenario.

use std::process::ExitCode;

use reference::Fault;
use suite::{Action, Suite, Variant};

use crate::command::faults::kills;
use crate::dialect::dialect;
use crate::failure::Failure;
use crate::output;
use crate::select::select_one;
use crate::source::Source;

/// Tells everything about one scenario: its story, what happens in it, what it checks, its control, and the faults
/// that it kills.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The scenario.
    id: String,
}

pub fn run(source: &Source, arguments: &Arguments) -> Result<ExitCode, Failure> {
    let suite = source.load()?;
    let variant = select_one(&suite, &arguments.id)?;
    let mut text = head(variant, &suite);
    text += &requirements(variant, &suite);
    text += &timeline(variant);
    text += &control(variant);
    let killed = kills(&suite, &[variant], dialect(&suite, "default")?)?;
    let killed: Vec<Fault> = killed.into_iter().filter(|(_, by)| !by.is_empty()).map(|(fault, _)| fault).collect();
    text += "\nIt kills these faults of the reference client:\n";
    for fault in killed {
        text += &format!("  {}\n      {}\n", fault.id(), fault.summary());
    }
    output::write(&text, None)?;
    Ok(ExitCode::SUCCESS)
}

fn head(variant: &Variant, suite: &Suite) -> String {
    let scenario = &variant.scenario;
    let mut text = format!("{}\n{}\n{}\n\n{}\n", scenario.title, variant.id, variant.file, scenario.story.trim());
    match scenario.attack.as_ref().and_then(|id| suite.register.attacks.get(id)) {
        Some(attack) => text += &format!("\nAttack: {}. {}\n", attack.title, attack.summary),
        None => text += "\nNo attack: the client should accept everything.\n",
    }
    if !scenario.attacker.is_empty() {
        let controls: Vec<_> = scenario.attacker.iter().map(ToString::to_string).collect();
        text += &format!("The attacker controls: {}\n", controls.join(", "));
    }
    if let Some(policy) = scenario.policy.as_ref().and_then(|id| suite.register.policies.get(id)) {
        text += &format!(
            "\nThe text leaves open what is right (sections {}), so the outcome is recorded and not held against a \
             client.\n  {}\n",
            policy.sections.join(", "),
            policy.question
        );
    }
    text
}

fn requirements(variant: &Variant, suite: &Suite) -> String {
    let mut text = "\nIt covers:\n".to_owned();
    for id in &variant.scenario.covers {
        if let Some(requirement) = suite.register.requirements.get(id) {
            let section = requirement.section.as_deref().map(|section| format!(", {section}")).unwrap_or_default();
            text += &format!("  {id} ({}{section})\n      {}\n", requirement.level, requirement.statement);
        }
    }
    text
}

fn timeline(variant: &Variant) -> String {
    let mut text = "\nWhat happens:\n".to_owned();
    for step in &variant.plan.steps {
        text += &format!("  {}. {}\n", step.number, step);
        let expect = &step.expect;
        let mut expected: Vec<String> =
            expect.trusted.iter().map(|(role, version)| format!("the client has {role} version {version}")).collect();
        expected.extend(expect.not_trusted.iter().map(|role| format!("the client has no {role}")));
        expected.extend(expect.requests.iter().map(|names| format!("it asks for {}, in this order", names.join(", "))));
        expected.extend(expect.requested.iter().map(|name| format!("it asks for {name}")));
        expected.extend(expect.not_requested.iter().map(|name| format!("it does not ask for {name}")));
        expected.extend(expect.downloaded.iter().map(|(path, content)| format!("{path} has the content {content:?}")));
        expected.extend(expect.not_downloaded.iter().map(|content| format!("no file has the content {content:?}")));
        expected.extend(expect.reason.iter().map(|reason| format!("the reason, if it gives one, is {reason}")));
        for line in expected {
            text += &format!("       expected: {line}\n");
        }
    }
    text
}

fn control(variant: &Variant) -> String {
    if !variant.plan.has_attack() {
        return String::new();
    }
    let left_out: Vec<String> = variant
        .plan
        .steps
        .iter()
        .filter(|step| matches!(step.action, Action::Attack(_)))
        .map(|step| step.number.to_string())
        .collect();
    format!(
        "\nThe control is the same without step {}: there the client has to accept everything, or its refusal of the \
         attack proves nothing.\n",
        left_out.join(" and ")
    )
}
