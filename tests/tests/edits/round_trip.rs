//! An edit and its undo.

use crate::{
    assert_same,
    cases::{Case, World},
    running, send,
};
use perch_shared::{
    Family,
    change::{Edit, edits_between, missing, plan, strays},
};
use perch_tests::lab::{Lab, VERSIONS};

fn labs() -> impl Iterator<Item = Lab> {
    VERSIONS.into_iter().filter_map(Lab::open).map(|mut lab| {
        for family in Family::ALL {
            lab.start(family);
        }
        lab
    })
}

#[test]
fn every_edit_is_there_afterwards_and_its_undo_leaves_what_was_before() {
    for lab in labs() {
        for family in Family::ALL {
            let world = World { family, version: lab.version() };
            send(&lab, &world.base(&running(&lab, family).root), "base");
            let before = running(&lab, family);
            let cases = world.cases(&before);
            assert!(cases.len() > 60, "{}", cases.len());
            for Case { name, edits } in cases {
                let said: Vec<String> = edits.iter().map(Edit::describe).collect();
                let what = format!("{} {family} {name} {said:?}", lab.version());
                let planned =
                    plan(&before, lab.version(), &edits).unwrap_or_else(|found| panic!("{what}: {found:#?}"));
                send(&lab, &planned.config, &what);
                let after = running(&lab, family);
                assert_eq!(missing(&after, &edits), Vec::<&Edit>::new(), "{what}");
                assert_eq!(
                    strays(&planned.expected(), &after, &edits),
                    [""; 0],
                    "{what}\n{:#}\n{:#}",
                    planned.expected().root,
                    after.root
                );

                let undo: Vec<Edit> = planned.edits.iter().rev().map(Edit::invert).collect();
                let back =
                    plan(&after, lab.version(), &undo).unwrap_or_else(|found| panic!("{what}: {found:#?}"));
                send(&lab, &back.config, &what);
                assert_same(&running(&lab, family), &before, &what);

                // The same change as somebody made it in the raw text.
                let raw = edits_between(&before, &after);
                let planned = plan(&before, lab.version(), &raw)
                    .unwrap_or_else(|found| panic!("{what}: {raw:#?} {found:#?}"));
                send(&lab, &planned.config, &what);
                assert_same(&running(&lab, family), &after, &what);
                send(&lab, &back.config, &what);
                assert_same(&running(&lab, family), &before, &what);
            }
        }
    }
}
