//! Each recipe differs from the others, and the suite shows it.

use coverage::Telling;
use suite::Suite;

#[test]
fn the_committed_table_is_the_one_that_is_found_and_every_recipe_is_told_from_others() {
    let suite = Suite::embedded().unwrap();
    let apart = coverage::apart(&suite, suite.dialect("default").unwrap());
    // Every recipe builds on `core`, so that none can conform to another one and not to that.
    assert_eq!(apart.untold(), [judge::CORE]);
    assert!(apart.pairs[judge::CORE].values().all(|telling| *telling == Telling::Contained));
    let committed = include_str!("../../../cookbook/apart.txt");
    assert!(
        committed == coverage::apart_table(&apart),
        "cookbook/apart.txt is out of date: `tuf-cookbook profile apart --write`, and look at what changed"
    );
}
