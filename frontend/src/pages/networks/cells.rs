//! What stands in the columns.

use super::{rows::Row, sources::Sources};
use crate::{
    routes::Route,
    ui::{Column, Meter},
};
use leptos::prelude::*;
use perch_shared::api::Usage;

/// All columns.
pub const COLUMNS: [Column; 12] = [
    Column::new("subnet", "Subnet", "minmax(150px, 1.2fr)").narrow(),
    Column::new("network", "Shared network", "minmax(90px, 1fr)"),
    Column::new("server", "Server", "minmax(110px, 1.1fr)"),
    Column::new("class", "Client classes", "minmax(90px, 0.9fr)"),
    Column::new("used", "Used", "minmax(110px, 0.8fr)").narrow(),
    Column::new("free", "Free", "80px").numeric(),
    Column::new("pools", "Pools", "minmax(130px, 1.3fr)"),
    Column::new("reservations", "Reserved", "84px").numeric(),
    Column::new("comment", "Comment", "minmax(90px, 1.1fr)"),
    Column::new("family", "Family", "80px").optional(),
    Column::new("id", "Id", "70px").numeric().optional(),
    Column::new("total", "Total", "80px").numeric().optional(),
];

/// The page of a row's subnet.
pub fn link(row: &Row) -> Option<Route> {
    Some(Route::Subnet(row.server()?.clone(), row.family, row.subnet.id))
}

/// The page of a row's shared network.
pub fn network_link(row: &Row) -> Option<Route> {
    let name = Some(row.network.name.clone()).filter(|name| !name.is_empty())?;
    Some(Route::Network(row.server()?.clone(), row.family, name))
}

/// A cell of a row.
pub fn cell(column: &str, row: &Row, usage: Option<Usage>, sources: Sources) -> AnyView {
    let subnet = &row.subnet;
    match column {
        "subnet" => view! { <span class="number strong">{subnet.subnet.clone()}</span> }.into_any(),
        "network" => match network_link(row) {
            Some(route) => {
                view! { <a class="cell-link" href=route.path() tabindex="-1">{row.network.name.clone()}</a> }
                    .into_any()
            }
            None => dash(),
        },
        "server" => text(row.names.join(", ")),
        "class" => classes(row),
        "used" => used(row, usage, sources),
        "free" => number(usage.map(|usage| usage.free())),
        "total" => number(usage.map(|usage| usage.total)),
        "pools" => pools(row),
        "reservations" => number(Some(subnet.reservations as f64).filter(|count| *count > 0.0)),
        "comment" => text(subnet.comment.clone()),
        "family" => text(row.family.protocol().to_owned()),
        "id" => text(subnet.id.to_string()),
        _ => ().into_any(),
    }
}

/// A cell of a shared network's head.
pub fn head(column: &str, row: &Row, count: usize) -> AnyView {
    let subnets = if count == 1 { "subnet" } else { "subnets" };
    match (column, row.network.name.as_str()) {
        ("subnet", "") => {
            view! { <span class="group-head">"No shared network"<span class="muted">{format!(" {count} {subnets}")}</span></span> }.into_any()
        }
        ("subnet", name) => {
            view! { <span class="group-head">{name.to_owned()}<span class="muted">{format!(" {count} {subnets}")}</span></span> }.into_any()
        }
        (_, "") => ().into_any(),
        ("server", _) => text(row.names.join(", ")),
        ("class", _) => chips(&row.network.classes, ""),
        ("comment", _) => text(row.network.comment.clone()),
        ("family", _) => text(row.family.protocol().to_owned()),
        _ => ().into_any(),
    }
}

fn dash() -> AnyView {
    view! { <span class="muted">"–"</span> }.into_any()
}

fn text(text: String) -> AnyView {
    if text.is_empty() { dash() } else { view! { <span title=text.clone()>{text.clone()}</span> }.into_any() }
}

fn chips(classes: &[String], title: &'static str) -> AnyView {
    let chip = |class: &String| view! { <span class="chip" title=title>{class.clone()}</span>" " };
    classes.iter().map(chip).collect_view().into_any()
}

fn classes(row: &Row) -> AnyView {
    let own = &row.subnet.classes;
    let of_pools: Vec<String> =
        row.subnet.pool_classes.iter().filter(|class| !own.contains(class)).cloned().collect();
    if own.is_empty() && of_pools.is_empty() {
        return dash();
    }
    view! { {chips(own, "")}<span class="of-pools">{chips(&of_pools, "the class of a pool")}</span> }
        .into_any()
}

fn pools(row: &Row) -> AnyView {
    let all: Vec<&String> = row.subnet.pools.iter().chain(&row.subnet.pd_pools).collect();
    let Some(first) = all.first() else { return dash() };
    let title = all.iter().map(|pool| pool.as_str()).collect::<Vec<_>>().join("\n");
    let more =
        (all.len() > 1).then(|| view! { <span class="chip">{format!("+{}", all.len() - 1)}</span>" " });
    view! { <span title=title>{more}<span class="number">{(*first).clone()}</span></span> }.into_any()
}

/// How full it is; where that is not known, why.
fn used(row: &Row, usage: Option<Usage>, sources: Sources) -> AnyView {
    let Some(usage) = usage else {
        let all = sources.all();
        let mut failures = row.servers.iter().filter_map(|server| {
            all.get(&(server.clone(), row.family))?.usage.failure().get().map(|failure| failure.body.message)
        });
        let why = failures.next_back().unwrap_or_else(|| "not counted yet".to_owned());
        return view! { <Meter part=None title=why/> }.into_any();
    };
    let mut title = format!("{} of {} addresses", count(usage.assigned), count(usage.total));
    if usage.total_prefixes > 0.0 {
        let prefixes =
            format!("{} of {} prefixes", count(usage.assigned_prefixes), count(usage.total_prefixes));
        title = if usage.total > 0.0 { format!("{title}, {prefixes}") } else { prefixes };
    }
    if usage.declined > 0.0 {
        title = format!("{title}, {} declined", count(usage.declined));
    }
    let part = usage.fullness();
    view! { <Meter part title=if part.is_some() { title } else { "no pools".to_owned() }/> }.into_any()
}

fn number(number: Option<f64>) -> AnyView {
    match number {
        Some(number) => view! { <span>{count(number)}</span> }.into_any(),
        None => dash(),
    }
}

/// A count for people: large ones are rounded.
pub fn count(number: f64) -> String {
    if number < 10_000_000.0 {
        return format!("{number:.0}");
    }
    let exponent = number.log10().floor();
    format!("{:.1}e{exponent:.0}", number / 10_f64.powf(exponent))
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn large_counts_are_rounded() {
        for (number, words) in
            [(0.0, "0"), (254.0, "254"), (9_999_999.0, "9999999"), (18_446_744_073_709_551_615.0, "1.8e19")]
        {
            assert_eq!(count(number), words);
        }
    }
}
