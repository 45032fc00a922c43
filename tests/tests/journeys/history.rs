//! What was done, and going back, with real Keas: M34 and M35 of the manual, and the undo that it lacks.

use crate::walk::{PROVOKED, Walk, difference};
use perch_shared::{Family, api::ChangeRequest, change::Edit};
use perch_tests::{
    edits,
    lab::{Lab, data},
    perch::Perch,
};
use serde_json::json;

const NAME: &str = "domain-name";

/// A daemon whose domain was changed through Perch, with a comment.
async fn begin(version: &str) -> Option<(Lab, Walk)> {
    let mut lab = Lab::open(version)?;
    lab.start(Family::V4);
    let perch = Perch::serve();
    let id = perch.add(&[&lab.unix_address(Family::V4)]);
    let view = perch.options(&id, Family::V4).unwrap();
    let edits: Vec<Edit> = vec![edits::change(&view, NAME, "changed.example")];
    let request: ChangeRequest = serde_json::from_value(json!({
        "targets": [{"server": id, "family": "dhcp4", "based-on": view.hash}],
        "edits": edits,
        "comment": "new name of the branch",
    }))
    .unwrap();
    perch.call::<perch_shared::api::ApplyChange>(&(), &request).unwrap();
    assert_eq!(data(&lab.running(Family::V4), NAME), Some("changed.example"));
    Some((lab, Walk::begin(perch).await?))
}

/// The change is found by a word of its comment, looked at, and undone; Kea has the earlier value again.
async fn undo(version: &str) {
    let Some((lab, walk)) = begin(version).await else { return };
    let browser = &walk.browser;
    browser.goto(&walk.perch.url("/history?q=branch")).await;
    browser.see_text("[data-testid=history-entry] [data-testid=comment]", "new name of the branch").await;
    browser.look_closely(&format!("history-{version}")).await;
    browser.click("[data-testid=history-entry] a.row-link").await;
    browser.see_text("[data-testid=change-facts]", "new name of the branch").await;
    browser.see(&difference(&format!("option-data[{NAME}]"))).await;
    browser.look_closely(&format!("change-{version}")).await;
    browser.click("[data-testid=undo]").await;
    browser.see("[data-testid=save-dialog] [data-testid=preview]").await;
    assert_eq!(data(&lab.running(Family::V4), NAME), Some("changed.example"), "it was only looked at");
    browser.click("[data-testid=apply]").await;
    browser.see("[data-testid=result][data-written=true]").await;
    assert_eq!(data(&lab.running(Family::V4), NAME), Some("branch.example"));
    assert_eq!(data(&lab.written(Family::V4), NAME), Some("branch.example"));
    browser.click("[data-testid=close-result]").await;
    browser.see("[data-testid=later]").await;
    browser.see_text("[data-testid=undone]", "Undone by").await;
    // Once more there is nothing to do, which is no failure.
    browser.click("[data-testid=undo]").await;
    browser.see_text("[data-testid=save-dialog] [data-testid=made]", "It is undone already").await;
    browser.look_closely(&format!("undone-already-{version}")).await;
    browser.click("[data-testid=close]").await;
    browser.goto(&walk.perch.url("/history?q=branch")).await;
    browser.see_text("[data-testid=history-entry] [data-testid=undone]", "Undone since").await;
    browser.goto(&walk.perch.url("/history?kind=undo")).await;
    browser.see("[data-testid=history-entry]").await;
    browser.leave_clean(&[PROVOKED]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m34_m35_a_change_is_found_and_undone_on_kea_2_6_3() {
    undo("2.6.3").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m34_m35_a_change_is_found_and_undone_on_kea_3_0_4() {
    undo("3.0.4").await;
}

/// A snapshot from before the change is compared with what Kea runs, and brought back.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_snapshot_is_compared_and_brought_back() {
    let Some((lab, walk)) = begin("3.0.4").await else { return };
    let browser = &walk.browser;
    let id = walk.perch.call::<perch_shared::api::ListServers>(&(), &()).unwrap()[0].id.clone();
    browser.goto(&walk.perch.url(&format!("/servers/{id}/snapshots/dhcp4"))).await;
    browser.see("[data-testid=is-running]").await;
    browser
        .click_text(
            "[data-testid=snapshot]:not(:has([data-testid=is-running])) [data-testid=compare]",
            "Compare",
        )
        .await;
    browser.see(&difference(&format!("option-data[{NAME}]"))).await;
    browser.look_closely("snapshots").await;
    browser.click("[data-testid=restore]").await;
    browser.see("[data-testid=save-dialog] [data-testid=preview]").await;
    browser.click("[data-testid=apply]").await;
    browser.see("[data-testid=result][data-written=true]").await;
    assert_eq!(data(&lab.running(Family::V4), NAME), Some("branch.example"));
    browser.click("[data-testid=close-result]").await;
    browser.see("[data-testid=same]").await;
    browser.leave_clean(&[PROVOKED]).await;
}

/// The palette goes anywhere by the keyboard alone, and hands what it does not know to the search.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn m28_the_palette_goes_anywhere() {
    let Some(walk) = Walk::begin(Perch::demo()).await else { return };
    let browser = &walk.browser;
    browser.press(&["Control+k"]).await;
    browser.wait_for("return document.activeElement.matches('[data-testid=palette]')").await;
    browser.type_text("hist").await;
    browser.see_text("[data-testid=palette-item]", "History").await;
    browser.look_closely("palette").await;
    browser.press(&["Enter"]).await;
    browser.see_text("h1", "History").await;
    browser.press(&["Control+k"]).await;
    browser.wait_for("return document.activeElement.matches('[data-testid=palette]')").await;
    browser.type_text("10.1.2.3").await;
    browser.press(&["Enter"]).await;
    browser.wait_for("return location.pathname === '/find' && new URLSearchParams(location.search).get('q') === '10.1.2.3'").await;
    browser.leave_clean(&[]).await;
}
