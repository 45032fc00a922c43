//! `expression/in-hook`

use crate::rules::{Example, rule};

rule! {
    /// A hook library cannot read an expression among its parameters.
    ///
    /// ## Why
    /// Neither `config-test` nor `-t` loads the library, so Kea accepts the configuration. When it is used, the library refuses
    /// its parameters, and the daemon does not start or goes back to what it had.
    ///
    /// ## Example
    /// ```json
    /// { "library": "libdhcp_flex_id.so", "parameters": { "identifier-expression": "option[60].exists" } }
    /// ```
    ///
    /// ## Use instead
    /// A string expression, such as `option[60].hex`.
    "expression/in-hook", Warning, arm: "hooks.html#libdhcp-flex-id-so-flexible-identifier-actions-for-host-reservations", super::hooks::check,
    bad: [
        Example::new(r##"{"Dhcp4": {"hooks-libraries": [{"library": "/usr/lib/x86_64-linux-gnu/kea/hooks/libdhcp_flex_id.so", "parameters": {"identifier-expression": "relay4[2].hx"}}]}}"##).from(2, 7, 7),
    ],
    good: [
        Example::new(r##"{"Dhcp4": {"hooks-libraries": [{"library": "/usr/lib/x86_64-linux-gnu/kea/hooks/libdhcp_flex_id.so", "parameters": {"identifier-expression": "relay4[2].hex"}}]}}"##).from(2, 7, 7),
    ],
}
