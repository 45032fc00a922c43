//! Signing in, above whatever page is open: what was typed there stays. The form is loaded when somebody needs it.

use crate::{
    api::{Api, Failure},
    browser,
    components::ErrorNotice,
    state::Fleet,
    ui::{Dialog, Notice, Tone, remedy},
};
use leptos::{html, prelude::*, task::spawn_local, wasm_split::SplitLoaderError};
use perch_shared::api::{GetSession, OpenIdView, PasswordSignIn, SignIn};

/// Draws the form.
type MakeForm = fn() -> AnyView;

/// Shows the form while somebody has to sign in.
#[component]
pub fn SignInGate() -> impl IntoView {
    let locked = expect_context::<Api>().locked();
    let form = RwSignal::new(None::<MakeForm>);
    Effect::new(move |_| {
        if locked.get() && form.with_untracked(Option::is_none) {
            spawn_local(async move {
                if let Ok(make) = sign_in_part().await {
                    form.try_set(Some(make));
                }
            });
        }
    });
    move || form.get().map(|make| make())
}

#[leptos::wasm_split::wasm_split(sign_in_part, wasm_split_path = ::leptos::wasm_split, fallible)]
fn sign_in_part() -> Result<MakeForm, SplitLoaderError> {
    Ok(|| view! { <SignInDialog/> }.into_any())
}

#[component]
fn SignInDialog() -> impl IntoView {
    let open = expect_context::<Api>().locked();
    view! {
        <Dialog open title="Sign in" testid="sign-in" locked=true>
            <Form/>
        </Dialog>
    }
}

#[component]
fn Form() -> impl IntoView {
    let (api, fleet) = (expect_context::<Api>(), expect_context::<Fleet>());
    let (user, password) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let (busy, failure) = (RwSignal::new(false), RwSignal::new(None::<Failure>));
    let open_id = RwSignal::new(None::<OpenIdView>);
    spawn_local(async move {
        if let Ok(session) = api.send::<GetSession>(&(), &()).await {
            open_id.try_set(session.open_id);
        }
    });
    leptos::leptos_dom::helpers::request_animation_frame(|| browser::focus("sign-in-user"));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (Some(user), Some(field)) = (user.get_untracked(), password.get_untracked()) else { return };
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let given = PasswordSignIn { user: user.value(), password: field.value() };
        spawn_local(async move {
            let result = api.send::<SignIn>(&(), &given).await;
            busy.try_set(false);
            match result {
                Ok(_) => enter(api, fleet),
                Err(wrong) => {
                    failure.try_set(Some(wrong));
                    field.set_value("");
                    browser::focus("sign-in-password");
                }
            }
        });
    };
    let invalid = move || failure.with(Option::is_some).to_string();
    view! {
        <form on:submit=submit>
            <div class="dialog-body">
                {move || open_id.get().map(with_open_id)}
                <div class="field">
                    <label for="sign-in-user">"Name"</label>
                    <input id="sign-in-user" node_ref=user class="input" name="username" autocomplete="username"
                        autocapitalize="off" spellcheck="false" required aria-invalid=invalid/>
                </div>
                <div class="field">
                    <label for="sign-in-password">"Password"</label>
                    <input id="sign-in-password" node_ref=password class="input" type="password" name="password"
                        autocomplete="current-password" required aria-invalid=invalid/>
                </div>
                {move || failure.get().map(|failure| view! { <ErrorNotice failure/> })}
            </div>
            <footer class="dialog-foot">
                <button type="submit" class="btn" class:primary=move || open_id.with(Option::is_none) data-testid="sign-in-submit" disabled=busy>
                    {move || if busy.get() { "Signing in…" } else { "Sign in" }}
                </button>
            </footer>
        </form>
    }
}

/// The way to the provider, and why the last attempt failed. What is kept in the tab is there again afterwards.
fn with_open_id(open_id: OpenIdView) -> AnyView {
    let (path, query) = browser::address();
    let href = format!("{}?{}", open_id.path, browser::pairs(&[("to", &format!("{path}{query}"))]));
    let failure = open_id.failure.map(|failure| {
        view! {
            <div data-testid="open-id-failure">
                <Notice tone=Tone::Bad title=failure.message><p class="remedy">{remedy(&failure.help)}</p></Notice>
            </div>
        }
    });
    view! {
        {failure}
        <a class="btn primary sign-in-with" href=href rel="external" data-testid="open-id">{format!("Sign in with {}", open_id.name)}</a>
        <p class="or muted"><span>"or with a password"</span></p>
    }
    .into_any()
}

/// Goes on where somebody was. Who had seen nothing yet has typed nothing yet either.
fn enter(api: Api, fleet: Fleet) {
    if fleet.about().answer().with_untracked(Option::is_none) {
        return browser::reload();
    }
    let _ = api.locked().try_set(false);
    fleet.reload();
}
