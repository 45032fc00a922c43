//! Users and tokens made in the page, one's own password, and signing in with OpenID Connect.

use crate::walk::PROVOKED;
use perch_tests::{browser::Browser, open_id::Provider, perch::Perch};
use serde_json::json;

const FIRST: &str = "the first long password";
const GIVEN: &str = "a long password for joe";
const OWN: &str = "a long password of his own";

async fn sign_in(browser: &Browser, name: &str, password: &str) {
    browser.fill("#sign-in-user", name).await;
    browser.fill("#sign-in-password", password).await;
    browser.click("[data-testid=sign-in-submit]").await;
    browser.gone("[data-testid=sign-in]").await;
    browser.see_text("[data-testid=who]", name).await;
}

async fn sign_out(browser: &Browser) {
    browser.click("[data-testid=sign-out]").await;
    browser.see("[data-testid=sign-in]").await;
}

/// What is said about the field that the keyboard is in.
async fn said_here(browser: &Browser) -> String {
    let script = "const note = document.getElementById(document.activeElement.getAttribute('aria-describedby')); \
                  return note ? note.innerText : ''";
    browser.run(script, vec![]).await.as_str().unwrap_or_default().to_owned()
}

/// Opens a row's menu and chooses.
async fn choose(browser: &Browser, row: &str, word: &str) {
    browser.click(&format!("[data-name={row}] .menu > button")).await;
    browser.click_text("[role=menuitem]", word).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_new_user_made_in_the_page_can_sign_in() {
    let Some(browser) = Browser::open().await else { return };
    let perch = Perch::serve();
    browser.goto(&perch.url("/users")).await;
    browser.see_text("[data-testid=empty]", "There are no users").await;
    browser.look_closely("users-none").await;
    browser.click("[data-testid=first-user]").await;
    browser.see("[data-testid=user-dialog]").await;
    browser.fill("[data-testid=user-name]", "ada").await;
    browser.fill("[data-testid=user-password]", "short").await;
    browser.press(&["Enter"]).await;
    browser.see_text("[data-testid=user-dialog] .field-error", "at least 12").await;
    assert!(said_here(&browser).await.contains("at least 12"), "the cursor is where the mistake is");
    browser.look_closely("users-first").await;
    browser.fill("[data-testid=user-password]", FIRST).await;
    browser.press(&["Enter"]).await;
    // Perch is closed, and whoever made the first user is signed in.
    browser.see_text("[data-testid=who]", "ada").await;
    assert_eq!(perch.send("GET", "/api/v1/servers", &[], b"").status, 401);

    browser.click("[data-testid=add-user]").await;
    browser.fill("[data-testid=user-name]", "ada").await;
    browser.fill("[data-testid=user-password]", GIVEN).await;
    browser.click_text("[data-testid=user-dialog] .segment", "operator").await;
    browser.look_closely("users-add").await;
    browser.click("[data-testid=user-save]").await;
    browser.see_text("[data-testid=user-dialog] .field-error", "there is a user ada already").await;
    browser.fill("[data-testid=user-name]", "joe").await;
    browser.click("[data-testid=user-save]").await;
    browser.gone("[data-testid=user-dialog]").await;
    browser.see_text("[data-name=joe]", "operator").await;
    browser.look_closely("users-two").await;

    // The last administrator stays one.
    choose(&browser, "ada", "Edit…").await;
    browser.click_text("[data-testid=user-dialog] .segment", "viewer").await;
    browser.click("[data-testid=user-save]").await;
    browser.see_text("[data-testid=user-dialog] [data-testid=error-notice]", "last administrator").await;
    browser.press(&["Escape"]).await;
    browser.gone("[data-testid=user-dialog]").await;

    // A token is shown once, and works.
    browser.click("[data-testid=make-token]").await;
    browser.fill("[data-testid=token-name]", "backup").await;
    browser.click("[data-testid=token-save]").await;
    let token = browser.text("[data-testid=token-secret]").await;
    browser.look_closely("users-token").await;
    browser.click("[data-testid=token-close]").await;
    browser.see_text("[data-testid=tokens]", "backup").await;
    let bearer = format!("Bearer {token}");
    assert_eq!(perch.send("GET", "/api/v1/servers", &[("authorization", &bearer)], b"").status, 200);
    choose(&browser, "backup", "Revoke…").await;
    browser.look_closely("users-revoke").await;
    browser.click("[data-testid=remove-confirm]").await;
    browser.see("[data-testid=no-tokens]").await;
    assert_eq!(perch.send("GET", "/api/v1/servers", &[("authorization", &bearer)], b"").status, 401);

    sign_out(&browser).await;
    sign_in(&browser, "joe", GIVEN).await;
    own_password(&browser).await;
    sign_out(&browser).await;
    sign_in(&browser, "joe", OWN).await;
    sign_out(&browser).await;

    sign_in(&browser, "ada", FIRST).await;
    browser.goto(&perch.url("/users")).await;
    choose(&browser, "joe", "Remove…").await;
    browser.click("[data-testid=remove-confirm]").await;
    browser.gone("[data-name=joe]").await;
    browser.goto(&perch.url("/history")).await;
    browser.see_text("[data-testid=history-entry]", "Remove user joe").await;
    browser.leave_clean(&[PROVOKED]).await;
}

/// Changes the password of whoever is signed in.
async fn own_password(browser: &Browser) {
    browser.click("[data-testid=who] a").await;
    browser.see_text("h1", "Your account").await;
    browser.fill("[data-testid=own-current]", "not his password").await;
    browser.fill("[data-testid=own-password]", OWN).await;
    browser.click("[data-testid=own-save]").await;
    browser.see_text(".field-error", "not your password").await;
    browser.look_closely("account").await;
    browser.fill("[data-testid=own-current]", GIVEN).await;
    browser.click("[data-testid=own-save]").await;
    browser.see_text("[role=status]", "Your password was changed").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn somebody_signs_in_with_open_id() {
    let people = json!({"ada": {"groups": ["noc"]}, "nina": {}});
    let Some(provider) = Provider::start(&people, &json!({})) else { return };
    let Some(browser) = Browser::open().await else { return };
    // Perch is another site than the provider here, as it is everywhere else.
    let settings = provider.settings("role-claim = \"groups\"\noperators = [\"noc\"]");
    let settings = settings.replace("public-url = \"http://127.0.0.1", "public-url = \"http://localhost");
    let perch = provider.perch(&settings);
    let page = |path: &str| perch.url(path).replace("127.0.0.1", "localhost");
    let at_provider = async |name: &str| {
        browser.click("[data-testid=open-id]").await;
        browser.fill("input[name=login]", name).await;
        browser.fill("input[name=password]", "any").await;
        browser.press(&["Enter"]).await;
    };
    browser.goto(&page("/networks?q=free%3C10")).await;
    browser.see_text("[data-testid=open-id]", "the lab").await;
    browser.look_closely("sign-in-open-id").await;
    at_provider("nina").await;
    browser.see_text("[data-testid=open-id-failure]", "nothing gives you a role").await;
    browser.look_closely("sign-in-open-id-refused").await;

    // Another person at the same computer.
    browser.goto(&format!("{}/session/end", provider.issuer())).await;
    browser.click("button[name=logout], button[type=submit]").await;
    browser.see_text("h1", "Sign-out Success").await;
    browser.goto(&page("/networks?q=free%3C10")).await;
    at_provider("ada").await;
    browser.see_text("[data-testid=who]", "ada").await;
    assert_eq!(browser.path().await, "/networks?q=free%3C10", "back where she was");
    browser.click("[data-testid=who] a").await;
    browser.see_text("main", "change it where you sign in").await;
    sign_out(&browser).await;
    // The provider's own page would like a font from elsewhere.
    let said = browser.console().await;
    let expected =
        |line: &String| line.contains(PROVOKED) || line.starts_with("https://fonts.googleapis.com");
    assert!(said.iter().all(expected), "{said:#?}");
}
