//! What tells recipes apart, as plain text.

use judge::Obstacles;

use super::{Apart, Telling};

/// What the lines mean.
const HEAD: &str = "\
Which client conforms to one recipe and not to another: written by `tuf-cookbook profile apart --write`.

Below each recipe are the others. A client conforms to the other one and not to it. `needed` is the reference client with
the features that the other one needs, `allowed` with those that it allows as well; each refuses what needs other ones. It
may have faults (`faults --long`), some of which are other answers to open questions. Then comes what keeps it from the recipe.
";

/// Lays out what was found. The same findings give the same text.
pub fn table(apart: &Apart) -> String {
    let mut text = HEAD.to_owned();
    let width = apart.pairs.keys().map(String::len).max().unwrap_or_default();
    for (recipe, others) in &apart.pairs {
        text += &format!("\n{recipe}\n");
        for (other, telling) in others {
            let told = match telling {
                Telling::Client { client, why } => format!("{client}: {}", reason(why)),
                Telling::Contained => format!("NONE CAN: {other} asks for all that {recipe} asks for"),
                Telling::NotFound => match apart.unmet.get(other) {
                    Some(why) => format!("NONE FOUND: nothing here conforms to {other}: {}", reason(why)),
                    None => "NONE FOUND".to_owned(),
                },
            };
            text += &format!("  {other:width$}  {told}\n");
        }
    }
    text
}

/// The first of the reasons, and how many more there are.
fn reason(why: &Obstacles) -> String {
    let all = why.failing.len() + why.answers.len() + why.accepted.len() + why.missing.len();
    let lacks = why.missing.first().map(|id| format!("lacks {id}"));
    let answer =
        |answer: &str| if answer.is_empty() { "with something else".to_owned() } else { format!("`{answer}`") };
    let first = lacks
        .or_else(|| why.failing.first().map(|id| format!("fails {id}")))
        .or_else(|| why.answers.iter().next().map(|(id, given)| format!("answers {id} {}", answer(given))))
        .or_else(|| why.accepted.keys().next().map(|id| format!("accepts {id}")));
    let more = if all > 1 { format!(" and {} more", all - 1) } else { String::new() };
    first.unwrap_or_default() + &more
}
