//! TAP 3: what several roles agree on.

use suite::observation::Reason;

use crate::fault::{Fault, FaultSet};
use crate::metadata::{Candidate, TargetFile};
use crate::refusal::Refusal;
use crate::search::{Found, Search};
use crate::store::Store;
use crate::transport::Transport;
use crate::updater::Updater;

/// What one of the roles says.
#[derive(Debug, Clone)]
struct Vote<'a> {
    role: &'a str,
    file: TargetFile,
}

impl<T: Transport, S: Store> Updater<T, S> {
    /// What at least `minimum` of the roles of a delegation say of the target. Each role is searched with what it
    /// delegates to. One that cannot be fetched or verified ends the search: otherwise whoever withholds it could
    /// choose among the others.
    pub(crate) fn agree(
        &mut self,
        search: &mut Search<'_>,
        candidate: &Candidate<'_>,
        minimum: u64,
        is_selected: bool,
    ) -> Result<Found, Refusal> {
        let faults = self.faults;
        let (mut votes, mut silent) = (Vec::<Vote<'_>>::new(), 0);
        for role in &candidate.roles {
            if faults.has(Fault::CountRoleTwiceInAgreement)
                && let Some(vote) = votes.iter().find(|vote| vote.role == role.name).cloned()
            {
                votes.push(vote);
                continue;
            }
            // A role that was visited before is skipped, so that each is counted once.
            match self.visit(search, &role.name, role.quorum, is_selected) {
                Ok(Found::File(file)) => votes.push(Vote { role: &role.name, file }),
                Ok(Found::Nothing | Found::Stop) => silent += 1,
                Err(refusal) if self.passes_over(refusal.reason) => silent += 1,
                Err(refusal) => return Err(refusal),
            }
            let is_any = faults.has(Fault::AnyRoleDecides) && !votes.is_empty();
            if is_any || faults.has(Fault::FirstRoleDecides) {
                return Ok(votes.pop().map_or(Found::Nothing, |vote| Found::File(vote.file)));
            }
        }
        let minimum = if faults.has(Fault::AllRolesHaveToAgree) { candidate.roles.len() as u64 } else { minimum };
        if let Some(file) = agreed(&votes, minimum, silent, faults) {
            return Ok(Found::File(file.clone()));
        }
        let ends = candidate.terminating && !faults.has(Fault::IgnoreTerminating);
        let goes_on = faults.has(if silent > 0 { Fault::SilenceGoesOn } else { Fault::DisagreementGoesOn });
        if votes.is_empty() {
            let is_error = !ends && faults.has(Fault::SilenceIsDisagreement);
            return if is_error { Err(disagreement(search.path)) } else { Ok(ended(ends)) };
        }
        if ends && !goes_on { Err(disagreement(search.path)) } else { Ok(Found::Nothing) }
    }

    /// Whether the client has the fault of going on without a role that was refused for this reason.
    const fn passes_over(&self, reason: Reason) -> bool {
        match reason {
            Reason::NotFound => self.faults.has(Fault::SkipMissingInAgreement),
            _ => self.faults.has(Fault::SkipUnverifiedInAgreement),
        }
    }
}

const fn ended(ends: bool) -> Found {
    if ends { Found::Stop } else { Found::Nothing }
}

fn disagreement(path: &str) -> Refusal {
    let message = format!("too few roles agree on the target {path:?}");
    Refusal::new(Reason::UnknownTarget, "tap3.terminating.mismatch-is-error", message)
}

/// The file that enough roles describe alike. Of several it is that of the role that is listed first.
fn agreed<'a>(votes: &'a [Vote<'_>], minimum: u64, silent: u64, faults: FaultSet) -> Option<&'a TargetFile> {
    let silent = if faults.has(Fault::SilentRolesAgree) { silent } else { 0 };
    let support = |file: &TargetFile, votes: &[Vote<'_>]| {
        votes.iter().filter(|vote| are_alike(file, &vote.file, faults)).count() as u64 + silent
    };
    if faults.has(Fault::FirstToReachAgreement) {
        let reaches = |(place, vote): &(usize, &Vote<'_>)| support(&vote.file, &votes[..=*place]) >= minimum;
        return votes.iter().enumerate().find(reaches).map(|(_, vote)| &vote.file);
    }
    let mut enough = votes.iter().map(|vote| &vote.file).filter(|file| support(file, votes) >= minimum);
    if faults.has(Fault::LargestAgreementDecides) {
        // Of several equals it is the last one that is the largest.
        return enough.rev().max_by_key(|file| support(file, votes));
    }
    enough.next()
}

/// Whether two roles say the same of a target. Custom data may differ.
fn are_alike(one: &TargetFile, other: &TargetFile, faults: FaultSet) -> bool {
    let same_length = one.length == other.length || faults.has(Fault::AgreeOnHashes);
    let same_hashes = one.hashes == other.hashes
        || faults.has(Fault::AgreeOnLength)
        || faults.has(Fault::AgreeOnOneHash) && one.hashes.share_one(&other.hashes);
    same_length && same_hashes && one.custom == other.custom
}
