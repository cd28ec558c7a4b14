//! Verifications that were made before: the same key, message and signature always give the same answer.
//!
//! Many scenarios begin with the same files, and one run of the suite verifies them hundreds of times.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use ring::digest::{Context, SHA256};

/// How many answers are kept. When there are more, all are forgotten.
const LIMIT: usize = 1 << 16;

type Answers = HashMap<[u8; 32], bool>;

static ANSWERS: LazyLock<Mutex<Answers>> = LazyLock::new(Mutex::default);

/// The answer to a question that these parts make up, found out only if it is new.
pub(crate) fn remembered(parts: &[&[u8]], find_out: impl FnOnce() -> bool) -> bool {
    let question = digest(parts);
    if let Some(answer) = answers().get(&question) {
        return *answer;
    }
    let answer = find_out();
    let mut answers = answers();
    if answers.len() >= LIMIT {
        answers.clear();
    }
    answers.insert(question, answer);
    answer
}

fn answers() -> MutexGuard<'static, Answers> {
    ANSWERS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A digest that differs if a part does, or where one ends.
fn digest(parts: &[&[u8]]) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part);
    }
    let mut digest = [0; 32];
    digest.copy_from_slice(context.finish().as_ref());
    digest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_answered_once() {
        let parts: [&[u8]; 2] = [b"a question of this test", b"x"];
        assert!(remembered(&parts, || true));
        assert!(remembered(&parts, || panic!("it was answered")));
    }

    #[test]
    fn where_a_part_ends_makes_another_question() {
        assert!(remembered(&[b"one part", b"and another"], || true));
        assert!(!remembered(&[b"one partand", b" another"], || false));
    }
}
