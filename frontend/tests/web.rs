//! Components in a real browser: what appears while somebody types, picks and chooses.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a test fails where something is missing")]

use leptos::{mount::mount_to, prelude::*, task::tick};
use perch_frontend::{
    components::ThemeSwitch,
    forms::option_data::ValueEditor,
    state::ThemeChoice,
    ui::{Choice, Combobox, Dialog},
};
use perch_shared::{
    Family, KeaVersion,
    option::{Definitions, OptionData},
};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, Event, EventInit, HtmlElement, KeyboardEvent, KeyboardEventInit};

wasm_bindgen_test_configure!(run_in_browser);

/// Waits until the effects of what happened have run; an effect may cause another one, in the next round.
async fn settled() {
    for _round in 0..4 {
        tick().await;
    }
}

/// A place in the document for one test.
fn place() -> HtmlElement {
    let place = document().create_element("div").unwrap();
    document().body().unwrap().append_child(&place).unwrap();
    place.unchecked_into()
}

fn find(place: &HtmlElement, testid: &str) -> Option<Element> {
    place.query_selector(&format!("[data-testid={testid}]")).unwrap()
}

fn text(place: &HtmlElement, testid: &str) -> String {
    find(place, testid).and_then(|element| element.text_content()).unwrap_or_default()
}

async fn type_into(element: &Element, value: &str) {
    js_sys::Reflect::set(element, &"value".into(), &value.into()).unwrap();
    let bubbles = EventInit::new();
    bubbles.set_bubbles(true);
    element.dispatch_event(&Event::new_with_event_init_dict("input", &bubbles).unwrap()).unwrap();
    settled().await;
}

async fn choose(place: &HtmlElement, testid: &str) {
    let radio: web_sys::HtmlInputElement = find(place, testid).unwrap().unchecked_into();
    radio.click();
    settled().await;
}

async fn press(element: &Element, key: &str) {
    let init = KeyboardEventInit::new();
    init.set_bubbles(true);
    init.set_key(key);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    element.dispatch_event(&event).unwrap();
    settled().await;
}

fn routers(data: &str) -> OptionData {
    OptionData { code: Some(3), name: "routers".into(), data: data.into(), ..OptionData::default() }
}

/// The editor of the option `routers` with the value `192.0.2.1`.
fn editor() -> impl IntoView {
    let option = RwSignal::new(routers("192.0.2.1"));
    let definitions = Memo::new(|_| Definitions::new(Family::V4, KeaVersion::new(3, 0, 4), Vec::new()));
    let (shown, on_done) = (Memo::new(move |_| option.get()), Callback::new(|()| ()));
    let on_change = Callback::new(move |changed| option.set(changed));
    view! { <ValueEditor id={"0".to_owned()} option=shown definitions has_never=true on_change on_done/> }
}

#[wasm_bindgen_test]
async fn the_message_and_the_bytes_follow_every_key() {
    let place = place();
    let mounted = mount_to(place.clone(), editor);
    settled().await;
    assert!(find(&place, "finding").is_none());
    assert!(text(&place, "wire-bytes").contains("c0 00 02 01"));

    let field = find(&place, "value-field").unwrap();
    type_into(&field, "192.0.2.256").await;
    assert!(text(&place, "field-message").contains("192.0.2.256"));
    assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"));
    assert!(!text(&place, "wire-bytes").contains("c0 00 02"));

    type_into(&field, "192.0.2.25").await;
    assert!(find(&place, "finding").is_none());
    assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("false"));
    assert!(text(&place, "wire-bytes").contains("c0 00 02 19"));
    drop(mounted);
}

#[wasm_bindgen_test]
async fn the_format_rewrites_the_value() {
    let place = place();
    let mounted = mount_to(place.clone(), editor);
    settled().await;
    let field: web_sys::HtmlTextAreaElement = find(&place, "value-field").unwrap().unchecked_into();
    choose(&place, "format-0-hex").await;
    assert_eq!(field.value(), "C0000201");
    choose(&place, "format-0-text").await;
    assert_eq!(field.value(), "192.0.2.1");
    drop(mounted);
}

#[wasm_bindgen_test]
async fn a_chosen_theme_is_shown_and_kept() {
    let place = place();
    let mounted = mount_to(place.clone(), || {
        provide_context(ThemeChoice::restore());
        view! { <ThemeSwitch/> }
    });
    settled().await;
    let root = document().document_element().unwrap();
    for theme in ["dark", "light", "system"] {
        let button = find(&place, &format!("theme-{theme}")).unwrap();
        button.clone().unchecked_into::<HtmlElement>().click();
        settled().await;
        assert_eq!(button.get_attribute("aria-pressed").as_deref(), Some("true"));
        assert_eq!(root.get_attribute("data-theme").as_deref(), Some(theme));
        let kept = window().local_storage().unwrap().unwrap().get_item("perch-theme").unwrap();
        assert_eq!(kept.as_deref(), Some(theme));
    }
    drop(mounted);
}

#[wasm_bindgen_test]
async fn the_list_is_walked_with_the_keyboard() {
    let place = place();
    let picked = ArcRwSignal::new(String::new());
    let pick = picked.clone();
    let mounted = mount_to(place.clone(), move || {
        let choice = |key: &str| Choice {
            key: key.into(),
            mark: String::new(),
            title: key.into(),
            detail: String::new(),
            badge: "",
        };
        let search = Callback::new(move |text: String| {
            ["one", "two", "three"].into_iter().filter(|word| word.contains(&text)).map(choice).collect()
        });
        let on_pick = Callback::new(move |key| pick.set(key));
        view! { <Combobox id="walk" label="Walk" placeholder="" search on_pick/> }
    });
    settled().await;
    let field = find(&place, "walk").unwrap();
    type_into(&field, "o").await;
    assert_eq!(place.query_selector_all("[role=option]").unwrap().length(), 2);
    assert_eq!(field.get_attribute("aria-activedescendant").as_deref(), Some("walk-0"));
    press(&field, "ArrowDown").await;
    assert_eq!(field.get_attribute("aria-activedescendant").as_deref(), Some("walk-1"));
    press(&field, "Enter").await;
    assert_eq!(picked.get_untracked(), "two");
    assert_eq!(field.get_attribute("aria-expanded").as_deref(), Some("false"));
    drop(mounted);
}

#[wasm_bindgen_test]
async fn a_dialog_has_content_only_while_it_is_open() {
    let place = place();
    let open = ArcRwSignal::new(false);
    let shown = open.clone();
    let mounted = mount_to(place.clone(), move || {
        let open = RwSignal::from(shown);
        view! { <Dialog open title="Sure?" testid="sure"><p data-testid="inside">"yes"</p></Dialog> }
    });
    settled().await;
    assert!(find(&place, "inside").is_none());
    open.set(true);
    settled().await;
    assert!(find(&place, "sure").is_some_and(|dialog| dialog.has_attribute("open")));
    assert!(find(&place, "inside").is_some());
    place.query_selector("[aria-label=Close]").unwrap().unwrap().unchecked_into::<HtmlElement>().click();
    settled().await;
    assert!(!open.get_untracked());
    assert!(find(&place, "inside").is_none());
    drop(mounted);
}
