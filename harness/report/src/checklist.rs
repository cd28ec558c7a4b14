//! The specification for one situation: what applies to it, with what it decides filled in.

use std::collections::BTreeMap;

use suite::{Actor, Bounds, Level, Profile, Requirement, Suite};

/// Lays out what a profile asks of clients and of the repository as Markdown.
pub fn markdown(profile: &Profile, suite: &Suite) -> String {
    let file = &profile.file;
    let mut text = format!("# {}\n\n{}\n\n", file.title, file.situation.trim());
    let attacks =
        file.protects.iter().map(|id| suite.register.attacks.get(id).map_or(id.as_str(), |attack| &attack.title));
    text += &format!("It protects against: {}.\n\n", attacks.collect::<Vec<_>>().join(", ").to_lowercase());
    if !file.gives_up.is_empty() {
        text += "What it does without:\n\n";
        text.extend(file.gives_up.iter().map(|line| format!("- {line}\n")));
        text.push('\n');
    }
    text += &features(profile, suite);
    text += "## For the implementer of a client\n\n";
    text += &requirements(profile, suite, Actor::Client);
    text += &decisions(profile, suite);
    text += "## For whoever runs the repository\n\n";
    text += &bounds(&file.bounds);
    text += &requirements(profile, suite, Actor::Repository);
    if !file.source.is_empty() {
        text += "## Sources\n\n";
        for source in &file.source {
            text += &format!("- [{}]({}): {}\n", source.title, source.url, source.says);
        }
    }
    text
}

/// The same as a page of HTML that stands alone.
pub fn html(profile: &Profile, suite: &Suite) -> String {
    let mut options = pulldown_cmark::Options::empty();
    options.insert(pulldown_cmark::Options::ENABLE_TABLES);
    options.insert(pulldown_cmark::Options::ENABLE_TASKLISTS);
    let source = markdown(profile, suite);
    // What stands in data files is text, not HTML.
    let events = pulldown_cmark::Parser::new_ext(&source, options).map(|event| match event {
        pulldown_cmark::Event::Html(html) | pulldown_cmark::Event::InlineHtml(html) => {
            pulldown_cmark::Event::Text(html)
        }
        other => other,
    });
    let mut body = String::new();
    pulldown_cmark::html::push_html(&mut body, events);
    let title = profile.file.title.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>body{{max-width:50rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif}}\
         table{{border-collapse:collapse}}td,th{{border:1px solid #8888;padding:.2rem .5rem;text-align:left;vertical-align:top}}\
         li{{margin:.2rem 0}}code{{font-size:.9em}}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
}

fn features(profile: &Profile, suite: &Suite) -> String {
    let features = &profile.file.features;
    let lists = [("needed", &features.required), ("allowed", &features.allowed), ("not used", &features.forbidden)];
    if lists.iter().all(|(_, list)| list.is_empty()) {
        return String::new();
    }
    let mut text = "## Optional parts\n\n| part | |\n|---|---|\n".to_owned();
    for (word, list) in lists {
        for id in list {
            let title = suite.register.features.get(id).map_or(id.as_str(), |feature| &feature.title);
            text += &format!("| {title} (`{id}`) | {word} |\n");
        }
    }
    text + "\n"
}

/// The requirements that apply, by area, as a list with boxes.
fn requirements(profile: &Profile, suite: &Suite, actor: Actor) -> String {
    let features = &profile.file.features;
    let applies = |requirement: &&Requirement| {
        let feature = requirement.feature.as_ref();
        requirement.actor == actor
            && feature.is_none_or(|id| features.required.contains(id) || features.allowed.contains(id))
    };
    let mut areas: BTreeMap<&str, Vec<&Requirement>> = BTreeMap::new();
    for requirement in suite.register.requirements.values().filter(applies) {
        areas.entry(suite.register.area(&requirement.id)).or_default().push(requirement);
    }
    let mut text = String::new();
    for (area, requirements) in areas {
        text += &format!("### {}\n\n", heading(area));
        for requirement in requirements {
            let level =
                if requirement.level == Level::Implied { String::new() } else { format!("**{}** ", requirement.level) };
            let section = requirement.section.as_deref().map(|section| format!(" ({section})")).unwrap_or_default();
            let only = requirement.feature.as_ref().filter(|id| features.allowed.contains(*id));
            let only = only.map(|id| format!(" *If `{id}` is used.*")).unwrap_or_default();
            text += &format!("- [ ] {level}{}{section}{only} `{}`\n", requirement.statement, requirement.id);
        }
        text.push('\n');
    }
    text
}

fn decisions(profile: &Profile, suite: &Suite) -> String {
    if profile.file.policies.is_empty() && profile.file.leaves_open.is_empty() {
        return String::new();
    }
    let mut text = "### What the text leaves open, and this decides\n\n".to_owned();
    for (id, decision) in &profile.file.policies {
        let Some(policy) = suite.register.policies.get(id) else { continue };
        let means = decision.0.iter().filter_map(|answer| policy.answer(answer)).map(|answer| answer.means.as_str());
        text += &format!("- [ ] {} {} `{id}`\n", policy.question, means.collect::<Vec<_>>().join(" *Or:* "));
    }
    if !profile.file.leaves_open.is_empty() {
        let left: Vec<String> = profile.file.leaves_open.iter().map(|id| format!("`{id}`")).collect();
        text += &format!("\nLeft to the client: {}.\n", left.join(", "));
    }
    text + "\n"
}

/// The bounds as a table.
fn bounds(bounds: &Bounds) -> String {
    let rows = rows(bounds);
    if rows.is_empty() {
        return String::new();
    }
    let mut text = "| bound | |\n|---|---|\n".to_owned();
    text.extend(rows.into_iter().map(|(name, value)| format!("| {name} | {value} |\n")));
    text + "\n"
}

/// What each bound that is set says.
pub fn rows(bounds: &Bounds) -> Vec<(&'static str, String)> {
    let count = |value: Option<u32>, unit: &str| value.map(|value| format!("{value} {unit}"));
    let bytes = |value: Option<u64>| value.map(|value| format!("at least {value} bytes are accepted"));
    let days =
        |value: &Option<String>| value.as_ref().map(|days| format!("at most {} days", days.trim_end_matches('d')));
    let at_least = |value: Option<u32>| value.map(|value| format!("at least {value}"));
    let key_types = bounds.key_types.as_ref().map(|types| {
        let names: Vec<&str> = types.iter().map(|key_type| key_type.feature().trim_start_matches("keytype:")).collect();
        names.join(", ")
    });
    let rows = [
        ("signatures on root", at_least(bounds.root_threshold)),
        ("signatures on targets", at_least(bounds.targets_threshold)),
        ("signatures on snapshot", at_least(bounds.snapshot_threshold)),
        ("signatures on timestamp", at_least(bounds.timestamp_threshold)),
        ("signatures on delegated targets", at_least(bounds.delegated_threshold)),
        ("root expires after", days(&bounds.root_expiry)),
        ("targets expire after", days(&bounds.targets_expiry)),
        ("snapshot expires after", days(&bounds.snapshot_expiry)),
        ("timestamp expires after", days(&bounds.timestamp_expiry)),
        ("delegated targets expire after", days(&bounds.delegated_expiry)),
        ("types of keys", key_types),
        ("hash algorithms", bounds.hash_algorithms.as_ref().map(|names| names.join(", "))),
        ("hash bins", count(bounds.bins, "bins")),
        ("depth of delegations", count(bounds.delegation_depth, "levels at most")),
        ("delegated roles that a client can visit", at_least(bounds.delegated_roles)),
        ("new roots that a client follows at once", at_least(bounds.root_rotations)),
        ("size of root", bytes(bounds.root_size)),
        ("size of timestamp", bytes(bounds.timestamp_size)),
        ("size of snapshot", bytes(bounds.snapshot_size)),
        ("size of targets", bytes(bounds.targets_size)),
    ];
    rows.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

/// The name of an area as a heading.
fn heading(area: &str) -> String {
    let mut letters = area.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
