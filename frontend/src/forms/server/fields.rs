//! The fields of a server's entry.

use super::{Secret, ServerForm};
use crate::{
    browser,
    ui::{Glyph, TextField, icon},
};
use leptos::prelude::*;

type Form = RwSignal<ServerForm>;
type Problems = Signal<Vec<(String, String)>>;

/// Whether a path names one of the fields here, so that its finding is shown there.
pub fn has_field(path: &str) -> bool {
    ["addresses", "name", "credentials", "tls"].iter().any(|field| path.starts_with(field))
}

/// What is said about the field at `path`, or inside it.
fn problem(problems: Problems, path: String) -> Signal<String> {
    Signal::derive(move || {
        problems.with(|problems| {
            let found = problems.iter().find(|(at, _)| *at == path);
            found.map(|(_, message)| message.clone()).unwrap_or_default()
        })
    })
}

/// A field of text that stands directly in the form.
fn field(
    form: Form,
    get: fn(&ServerForm) -> &String,
    set: fn(&mut ServerForm) -> &mut String,
) -> (Signal<String>, Callback<String>) {
    let value = Signal::derive(move || form.with(|form| get(form).clone()));
    (value, Callback::new(move |text| form.update(|form| *set(form) = text)))
}

/// One or more addresses, and a name.
#[component]
pub fn AddressFields(form: Form, problems: Problems) -> impl IntoView {
    let count = Memo::new(move |_| form.with(|form| form.addresses.len()));
    let more = move |_| {
        form.update(|form| form.addresses.push(String::new()));
        let id = format!("address-{}", count.get_untracked().saturating_sub(1));
        leptos::leptos_dom::helpers::request_animation_frame(move || browser::focus(&id));
    };
    let (name, set_name) = field(form, |form| &form.name, |form| &mut form.name);
    Effect::new(move |_| browser::focus("address-0"));
    view! {
        <fieldset>
            <legend class="sr">"Address"</legend>
            {move || (0..count.get()).map(|index| view! { <Address form problems index/> }).collect_view()}
            <button type="button" class="btn ghost small" data-testid="more-addresses" on:click=more>
                {icon(Glyph::Add)} "Add another address"
            </button>
            <TextField
                id="name"
                label="Name (optional)"
                value=name
                on_input=set_name
                error=problem(problems, "name".into())
                hint="How you call it. Left empty, it is the address's host."
            />
        </fieldset>
    }
}

#[component]
fn Address(form: Form, problems: Problems, index: usize) -> impl IntoView {
    let value =
        Signal::derive(move || form.with(|form| form.addresses.get(index).cloned().unwrap_or_default()));
    let set = Callback::new(move |text| {
        form.update(|form| {
            form.addresses.iter_mut().skip(index).take(1).for_each(|address| *address = String::clone(&text))
        });
    });
    let remove = move |_| {
        form.update(|form| drop((index < form.addresses.len()).then(|| form.addresses.remove(index))))
    };
    let exact = problem(problems, format!("addresses[{index}]"));
    let all = problem(problems, "addresses".into());
    let error =
        Signal::derive(
            move || if index == 0 && exact.with(String::is_empty) { all.get() } else { exact.get() },
        );
    let (label, hint) = match index {
        0 => (
            "Address",
            "A Control Agent, or a daemon's own control socket: `host`, `host:port`, `https://host:port` or `unix:/path/to/socket`.",
        ),
        _ => ("Another address", "The other daemon's own control socket, as Kea 3 has one per daemon."),
    };
    view! {
        <div class="address">
            <TextField id=format!("address-{index}") label value on_input=set error hint placeholder="kea.example.org:8000"/>
            {(index > 0).then(|| view! {
                <button type="button" class="btn ghost square" aria-label="Remove this address" on:click=remove>{icon(Glyph::Trash)}</button>
            })}
        </div>
    }
}

/// User name and password; those that are kept are never shown.
#[component]
pub fn PasswordFields(form: Form, problems: Problems) -> impl IntoView {
    let kept = Memo::new(move |_| form.with(|form| form.secret == Secret::Kept));
    let (user, set_user) = field(form, |form| &form.user, |form| &mut form.user);
    let (password, set_password) = field(form, |form| &form.password, |form| &mut form.password);
    let change = move |_| {
        form.update(|form| form.secret = Secret::Typed);
        leptos::leptos_dom::helpers::request_animation_frame(|| browser::focus("user"));
    };
    let typed = move || {
        view! {
            <div class="pair">
                <TextField id="user" label="User (optional)" value=user on_input=set_user error=problem(problems, "credentials.user".into())/>
                <TextField id="password" label="Password" secret=true value=password on_input=set_password error=problem(problems, "credentials.password".into())/>
            </div>
            <p class="hint">"For Kea's basic authentication. Perch keeps them on its own machine and never shows them again. Both empty: none are sent."</p>
        }
    };
    let is_kept = move || {
        view! {
            <p class="kept" data-testid="credentials-kept">
                "User and password are kept. "
                <button type="button" class="btn small" data-testid="credentials-change" on:click=change>"Change or remove"</button>
            </p>
        }
    };
    view! {
        <fieldset>
            <legend class="sr">"User and password"</legend>
            {move || if kept.get() { is_kept().into_any() } else { typed().into_any() }}
        </fieldset>
    }
}

/// Files for TLS, folded away until they are needed.
#[component]
pub fn TlsFields(form: Form, problems: Problems) -> impl IntoView {
    let open = form.with_untracked(ServerForm::has_tls);
    let (anchor, set_anchor) = field(form, |form| &form.trust_anchor, |form| &mut form.trust_anchor);
    let (cert, set_cert) = field(form, |form| &form.cert_file, |form| &mut form.cert_file);
    let (key, set_key) = field(form, |form| &form.key_file, |form| &mut form.key_file);
    let wrong = move || problems.with(|problems| problems.iter().any(|(path, _)| path.starts_with("tls")));
    view! {
        <details class="tls" open=move || open || wrong() data-testid="tls">
            <summary>"TLS"</summary>
            <p class="hint">"PEM files on the machine that Perch runs on. Not needed for a certificate that the system trusts."</p>
            <TextField id="trust-anchor" label="Authority that signed Kea's certificate (trust-anchor)" value=anchor on_input=set_anchor error=problem(problems, "tls.trust-anchor".into()) placeholder="/etc/perch/kea-ca.pem"/>
            <TextField id="cert-file" label="Perch's own certificate (cert-file)" value=cert on_input=set_cert error=problem(problems, "tls.cert-file".into()) hint="For servers with `cert-required`, which is Kea's default."/>
            <TextField id="key-file" label="Its key (key-file)" value=key on_input=set_key error=problem(problems, "tls.key-file".into())/>
        </details>
    }
}
