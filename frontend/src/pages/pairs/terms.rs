//! How two servers shall work together: the mode, what each is called, and where they reach each other.

use super::{delays::Delays, setup::Candidate};
use crate::{
    api::{Api, Failure},
    browser,
    components::ErrorNotice,
    forms::save::{Proposal, SaveDialog, Saving},
    routes::{Address, Route},
    state::{Fleet, Loader, StatusLine},
    ui::{Segments, TextField},
};
use leptos::prelude::*;
use perch_shared::{
    api::{
        ApplyReport, ChangeTarget, ConfigurationQuery, ConfigurationView, Endpoint, GetConfiguration, Part,
    },
    change::edits_between,
    status::{PartnerName, Partnership, Patience, proposed_name, proposed_urls},
};

/// The modes, in the order of their use.
const MODES: [(&str, &str); 2] = [("hot-standby", "Hot standby"), ("load-balancing", "Load balancing")];

/// Reads both configurations, and then shows the form.
#[component]
pub fn Terms(primary: Candidate, partner: Candidate) -> impl IntoView {
    let api = expect_context::<Api>();
    let loader = Loader::<[ConfigurationView; 2]>::default();
    let both = StoredValue::new([primary, partner]);
    let read = Callback::new(move |()| {
        let [one, other] = both.get_value();
        loader.run(async move { Ok([frame(api, &one).await?, frame(api, &other).await?]) });
    });
    read.run(());
    move || {
        match (loader.answer().get(), loader.failure().get()) {
        (Some(views), _) => view! { <Form both=both.get_value() views/> }.into_any(),
        (None, Some(failure)) => view! { <ErrorNotice failure retry=read/> }.into_any(),
        (None, None) => view! { <div class="skeleton" aria-busy="true"><span class="sr">"Reading both configurations…"</span></div> }.into_any(),
    }
    }
}

async fn frame(api: Api, of: &Candidate) -> Result<ConfigurationView, Failure> {
    let query = ConfigurationQuery { part: Part::Frame, ..ConfigurationQuery::default() };
    api.read::<GetConfiguration>(GetConfiguration::path(&(of.server.clone(), of.family)), &query).await
}

/// What is proposed: what is set up already, or what fits the two servers.
fn proposed(both: &[Candidate; 2], views: &[ConfigurationView; 2]) -> Partnership {
    let [one, other] = both;
    let [first, second] = views;
    let known = Partnership::of(&first.clone().into_config());
    let names = |partners: &Partnership| {
        partners.members.iter().map(|member| member.name.clone()).collect::<Vec<_>>()
    };
    let theirs = Partnership::of(&second.clone().into_config());
    if let Some(known) =
        known.filter(|known| theirs.as_ref().is_some_and(|theirs| names(theirs) == names(known)))
    {
        return known;
    }
    let version = first.version.min(second.version);
    let [url, other_url] = proposed_urls([&one.channels, &other.channels], version);
    let member =
        |of: &Candidate, url: String| PartnerName { name: proposed_name(&of.name, of.server.as_str()), url };
    let members = [member(one, url), member(other, other_url)];
    Partnership { mode: "hot-standby".to_owned(), members, patience: Patience::default() }
}

#[component]
fn Form(both: [Candidate; 2], views: [ConfigurationView; 2]) -> impl IntoView {
    let (fleet, address, said) =
        (expect_context::<Fleet>(), expect_context::<Address>(), expect_context::<StatusLine>());
    let [first, second] = both.each_ref().map(|one| format!("{}/{}", one.server, one.family));
    let key = StoredValue::new(format!("perch-pair:{first}:{second}"));
    let begin = proposed(&both, &views);
    let partners =
        RwSignal::new(key.with_value(|key| browser::kept_of(key, &begin)).unwrap_or_else(|| begin.clone()));
    // What is typed outlives a reload of the tab.
    Effect::watch(
        move || partners.get(),
        move |now, _, _| key.with_value(|key| browser::keep_of(key, &begin, now)),
        false,
    );
    let problems = Memo::new(move |_| partners.with(Partnership::problems));
    let names = both.clone().map(|one| one.name).join(" and ");
    let done = Callback::new(move |report: ApplyReport| {
        if report.targets.iter().all(|target| target.written.is_some()) {
            key.with_value(|key| browser::forget_kept(key));
            said.say(format!("{names} are partners. They synchronise their leases now."));
            fleet.look();
            address.go(&Route::Pairs);
        }
    });
    let saving = Saving::new(done, Callback::new(|()| ()));
    let titles = both.clone().map(|one| one.name);
    let sides = StoredValue::new((both, views));
    let review = move |_| {
        let targets = sides.with_value(|(both, views)| targets(both, views, &partners.get_untracked()));
        if targets.is_empty() {
            return said.say("They are set up like this already.");
        }
        saving.begin(Proposal::for_each(targets));
    };
    let impatient = Memo::new(move |_| partners.with(|partners| partners.patience.problems()));
    let wrong = move || {
        problems.with(|all| all.iter().flatten().any(|text| !text.is_empty()))
            || impatient.with(|all| all.iter().any(|text| !text.is_empty()))
    };
    let mode = Signal::derive(move || {
        let is_it = |(word, _): &&(&str, &str)| partners.with(|partners| partners.mode == *word);
        MODES.iter().find(is_it).map_or("", |(word, _)| *word)
    });
    let meaning = move || match mode.get() {
        "hot-standby" => {
            "The primary answers all clients. Its partner has all leases, and takes over when the primary falls silent."
        }
        "load-balancing" => {
            "Each answers half of the clients, has all leases, and takes over the other half when its partner falls silent. Let each give addresses of its own: a subnet's pools can be halved."
        }
        _ => "This mode is kept as it is.",
    };
    let member = |(index, title): (usize, String)| {
        view! { <Member index title partners problems/> }
    };
    view! {
        <section class="plain" aria-label="How they work together">
            <h2>"How they work together"</h2>
            <Segments label="Mode" name="mode" choices=MODES.to_vec() chosen=mode on_choose=Callback::new(move |word: &'static str| partners.update(|partners| word.clone_into(&mut partners.mode)))/>
            <p class="hint">{meaning}</p>
        </section>
        <div class="pair-members">{titles.into_iter().enumerate().map(member).collect_view()}</div>
        <p class="hint">"The partners talk to each other there, not to Perch: a port of its own on each, that a firewall lets the other one reach. Both daemons need the hook libraries " <code>"libdhcp_lease_cmds.so"</code> " and " <code>"libdhcp_ha.so"</code> ", which are loaded where they are not."</p>
        <Delays partners problems=impatient/>
        <p><button type="button" class="btn primary" data-testid="setup-review" disabled=wrong on:click=review>"Review…"</button></p>
        <SaveDialog saving/>
    }
}

/// One partner's name and URL.
#[component]
fn Member(
    index: usize,
    title: String,
    partners: RwSignal<Partnership>,
    problems: Memo<[[String; 2]; 2]>,
) -> impl IntoView {
    let role = if index == 0 { "primary" } else { "partner" };
    let text = move |read: fn(&PartnerName) -> &String| {
        Signal::derive(move || {
            partners.with(|partners| {
                partners.members.get(index).map(|member| read(member).clone()).unwrap_or_default()
            })
        })
    };
    let problem = move |field: usize| {
        Signal::derive(move || {
            problems.with(|all| all.get(index).and_then(|both| both.get(field)).cloned().unwrap_or_default())
        })
    };
    let set = move |write: fn(&mut PartnerName) -> &mut String| {
        Callback::new(move |text: String| {
            partners.update(|partners| {
                if let Some(member) = partners.members.get_mut(index) {
                    *write(member) = text.trim().to_owned();
                }
            });
        })
    };
    view! {
        <article class="card pair-member" data-testid="setup-member">
            <header class="card-head"><h2>{title}</h2><span class="muted">{role}</span></header>
            <TextField id=format!("{role}-name") label="Name" value=text(|member| &member.name) on_input=set(|member| &mut member.name) error=problem(0)/>
            <TextField id=format!("{role}-url") label="Its partner reaches it at" value=text(|member| &member.url) on_input=set(|member| &mut member.url) error=problem(1) placeholder="http://192.0.2.1:8001/"/>
        </article>
    }
}

/// The change of each server that does not have it yet.
fn targets(
    both: &[Candidate; 2],
    views: &[ConfigurationView; 2],
    partners: &Partnership,
) -> Vec<ChangeTarget> {
    let one = |(member, (of, view)): (usize, (&Candidate, &ConfigurationView))| {
        let before = view.clone().into_config();
        let edits = edits_between(&before, &partners.on(&before, view.version, member));
        let based_on = Some(view.hash.clone());
        (!edits.is_empty()).then(|| ChangeTarget {
            server: of.server.clone(),
            family: of.family,
            based_on,
            edits,
        })
    };
    both.iter().zip(views).enumerate().filter_map(one).collect()
}
