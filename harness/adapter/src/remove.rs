//! Removes what clients leave behind.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// How many folders of a client are removed at most, so that it ends.
const FOLDER_LIMIT: usize = 100_000;

/// The rights that the owner of a folder needs.
pub(crate) const OWNER: u32 = 0o700;

/// Removes a folder with everything in it, even if the client took away its own right to write, or nested folders deeper
/// than a path can be long. Links are not followed.
///
/// Each folder that is found is moved to the top, so that none is ever deep and no more than one is open at a time.
pub(crate) fn remove(top: &Path) {
    if !fs::symlink_metadata(top).is_ok_and(|found| found.is_dir()) {
        let _ = fs::remove_file(top);
        return;
    }
    let (mut waiting, mut moved) = (vec![top.to_owned()], 0);
    for _ in 0..FOLDER_LIMIT {
        let Some(folder) = waiting.pop() else { break };
        // What cannot be changed, read or removed stays where it is: there is nobody to tell.
        let _ = fs::set_permissions(&folder, Permissions::from_mode(OWNER));
        let entries: Vec<_> = fs::read_dir(&folder).into_iter().flatten().flatten().collect();
        for entry in entries {
            if !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                let _ = fs::remove_file(entry.path());
                continue;
            }
            // Moving a folder takes the right to write into it.
            let _ = fs::set_permissions(entry.path(), Permissions::from_mode(OWNER));
            moved += 1;
            let free = top.join(format!(".removed-{moved}"));
            waiting.push(fs::rename(entry.path(), &free).map_or_else(|_| entry.path(), |()| free));
        }
        if folder != top {
            let _ = fs::remove_dir(folder);
        }
    }
    // If a folder could not be moved, what is around it is still there.
    let _ = fs::remove_dir(top).or_else(|_| fs::remove_dir_all(top));
}
