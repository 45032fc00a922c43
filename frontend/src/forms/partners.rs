//! The HA partners of a server that are not registered yet: found in its configuration, proved, and added.

use crate::{
    api::{Api, Failure},
    components::ErrorNotice,
    routes::Route,
    state::{Fleet, Loader, StatusLine},
    ui::{Glyph, Notice, Tone, icon, prose},
};
use leptos::{prelude::*, task::spawn_local};
use perch_shared::api::{
    AddServer, FindPartners, Partner, PartnerDraft, PartnerProof, ProvePartner, Role, ServerDraft, ServerId,
};

/// Offers every partner that is not registered; nothing where there is none.
#[component]
pub fn PartnerOffers(
    /// The server whose partners are looked for.
    id: ServerId,
) -> impl IntoView {
    let api = expect_context::<Api>();
    let inventory = expect_context::<Fleet>().servers().answer();
    let loader = Loader::<Vec<Partner>>::default();
    let params = StoredValue::new((id.clone(),));
    // Another server may be one of them.
    Effect::new(move |_| {
        inventory.track();
        let params = params.get_value();
        loader.run(async move { api.send::<FindPartners>(&params, &()).await });
    });
    move || {
        let partners = loader.answer().get().unwrap_or_default();
        let unknown = partners.into_iter().filter(|partner| partner.server.is_none());
        unknown.map(|partner| view! { <Offer id=id.clone() partner/> }).collect_view()
    }
}

#[component]
fn Offer(id: ServerId, partner: Partner) -> impl IntoView {
    let (api, fleet, said) =
        (expect_context::<Api>(), expect_context::<Fleet>(), expect_context::<StatusLine>());
    let refused = fleet.lacks(Role::Administrator);
    let address = RwSignal::new(partner.addresses.first().cloned().unwrap_or_default());
    let busy = RwSignal::new(false);
    let outcome = RwSignal::new(None::<Result<PartnerProof, Failure>>);
    let name = StoredValue::new(partner.name.clone());
    let draft = move || ServerDraft {
        name: name.get_value(),
        addresses: vec![address.get_untracked()],
        ..ServerDraft::default()
    };
    let (params, family) = (StoredValue::new((id,)), partner.family);
    let prove = move |_| {
        busy.set(true);
        let draft = PartnerDraft { family, name: name.get_value(), server: draft() };
        let params = params.get_value();
        spawn_local(async move {
            let result = api.send::<ProvePartner>(&params, &draft).await;
            outcome.try_set(Some(result));
            busy.try_set(false);
        });
    };
    let add = move |_| {
        busy.set(true);
        let draft = draft();
        spawn_local(async move {
            match api.send::<AddServer>(&(), &draft).await {
                Ok(server) => said.say(format!("{} was added.", server.name)),
                Err(failure) => {
                    outcome.try_set(Some(Err(failure)));
                }
            }
            busy.try_set(false);
            fleet.reload();
        });
    };
    let form = move || Route::AddServer.with(&[("address", &address.get()), ("name", &name.get_value())]);
    let choices = partner
        .addresses
        .iter()
        .map(|one| view! { <option value=one.clone()>{one.clone()}</option> })
        .collect_view();
    let proved = move || outcome.with(|outcome| matches!(outcome, Some(Ok(proof)) if proof.proved));
    let shown = move || match outcome.get()? {
        Ok(proof) => {
            let (class, glyph) = if proof.proved {
                ("finding good", Glyph::Check)
            } else {
                ("finding warning", Glyph::Warning)
            };
            Some(view! { <p class=class data-testid="partner-proof">{icon(glyph)}<span>{prose(&proof.detail)}</span></p> }.into_any())
        }
        Err(failure) => Some(view! { <ErrorNotice failure/> }.into_any()),
    };
    let field = format!("partner-{}-{}", partner.family, partner.name);
    view! {
        <div data-testid="partner-offer">
            <Notice tone=Tone::Info title=format!("Its {} partner {} ({}) is not among the servers.", partner.family.protocol(), partner.name, partner.role)>
                <p>"Until it is, only one side of the pair is seen and changed. Nothing was asked there yet."</p>
                <p class="notice-foot">
                    <label class="sr" for=field.clone()>"Its control channel"</label>
                    <select id=field class="input partner-address" data-testid="partner-address" on:change=move |event| { address.set(event_target_value(&event)); outcome.set(None); }>{choices}</select>
                    <button type="button" class="btn" data-testid="prove-partner" title=move || refused.get() disabled=move || busy.get() || refused.get().is_some() on:click=prove>
                        {move || if busy.get() { "Checking…" } else { "Check" }}
                    </button>
                    {move || proved().then(|| view! { <button type="button" class="btn primary" data-testid="add-partner" disabled=busy on:click=add>{icon(Glyph::Add)}"Add it"</button> })}
                    <a href=form data-testid="partner-form">"Another address, or a password"</a>
                </p>
                {shown}
            </Notice>
        </div>
    }
}
