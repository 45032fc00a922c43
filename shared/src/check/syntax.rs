//! What the parser could not read, as findings for one version of Kea.

use crate::{
    KeaVersion,
    diagnostic::Readers,
    json::{Document, SyntaxCode, SyntaxError},
    rules::{Finding, Findings},
};

/// Adds a document's mistakes to the findings.
pub(super) fn report(document: &Document<'_>, version: KeaVersion, out: &mut Findings) {
    for error in document.errors() {
        let refused_by = refused_by(document, error, version);
        if !refused_by.is_none() {
            out.push(Finding::syntax(error, refused_by));
        }
    }
}

fn refused_by(document: &Document<'_>, error: &SyntaxError, version: KeaVersion) -> Readers {
    let api = match error.code {
        SyntaxCode::Nesting => limits_depth(version),
        SyntaxCode::Number if error.refused_by == Readers::FILE => {
            // Since 2.5.3 a command's integer may have 128 bits; whether one fits its place is another rule's matter.
            version < KeaVersion::new(2, 5, 3)
                || error.is_beyond_128_bits(document.text())
                || is_copied(document, error)
        }
        _ => error.refused_by.api,
    };
    Readers { api, ..error.refused_by }
}

/// Whether a number stands in `dhcp-queue-control`: Kea keeps a copy of that, and cannot copy integers beyond 64 bits.
fn is_copied(document: &Document<'_>, error: &SyntaxError) -> bool {
    let daemons = document.root().into_iter().flat_map(|root| root.children());
    let mut copied = daemons.filter_map(|daemon| daemon.get("dhcp-queue-control"));
    copied.any(|queue| queue.span().contains(&error.span.start))
}

/// Whether the reader of commands counts levels: since 2.6.3, 3.0.3 and 3.1.5.
fn limits_depth(version: KeaVersion) -> bool {
    let KeaVersion { major, minor, patch } = version;
    match (major, minor) {
        (2, 6) => patch >= 3,
        (3, 0) => patch >= 3,
        (3, 1) => patch >= 5,
        (2, _) => false,
        _ => true,
    }
}
