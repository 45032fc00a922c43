//! The text on the worker's desk: changed as it is typed, judged when nobody types.

use crate::{
    bench::Bench,
    inside::expression_at,
    places::{Places, byte_of},
    talk::{
        Answer, Ask, Change, Example, Finding, Fix, HoverText, LimitText, Offer, Place, Report, RuleText,
        Settings, Subject, Summary, Verdict,
    },
};
use perch_shared::{
    Daemon, Family, KeaVersion,
    check::{self, LIMITS, Limit},
    diagnostic::{Diagnostic, Reader, Severity},
    examples,
    json::TextEdit,
    rules,
};
use std::ops::Range;

/// How many findings are listed: more help nobody, and would have to be drawn.
const MOST: usize = 1000;

/// A text, what it is, and for which Kea it is judged.
#[derive(Debug)]
pub struct Desk {
    text: String,
    ascii: bool,
    settings: Settings,
}

impl Default for Desk {
    fn default() -> Self {
        let settings = Settings::new(Subject::Configuration, KeaVersion::OLDEST);
        Self { text: String::new(), ascii: true, settings }
    }
}

impl Desk {
    /// Says what the text is.
    pub fn configure(&mut self, settings: Settings) {
        self.settings = settings;
    }

    /// Puts another text on the desk.
    pub fn open(&mut self, text: String) {
        self.ascii = text.is_ascii();
        self.text = text;
    }

    /// Replaces what stands between two places. Of several changes the last of the text comes first, so that each
    /// counts in the text as it was.
    pub fn replace(&mut self, from: usize, to: usize, with: &str) {
        let from = self.byte(from);
        let to = self.byte(to).max(from);
        self.ascii = self.ascii && with.is_ascii();
        self.text.replace_range(from..to, with);
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    fn byte(&self, units: usize) -> usize {
        if self.ascii { units.min(self.text.len()) } else { byte_of(&self.text, units) }
    }

    /// Judges the text.
    pub fn report(&self) -> Report {
        if self.text.trim().is_empty() {
            return Report::default();
        }
        let (summary, found) = self.check();
        let places = Places::new(&self.text);
        let findings = worst(found).into_iter().map(|one| finding(one, &places)).collect();
        Report { summary, findings }
    }

    fn check(&self) -> (Summary, Vec<Diagnostic>) {
        let (daemon, found, limits) = match self.settings.subject {
            Subject::Configuration => {
                let report = check::check(&self.text, self.settings.version);
                (report.daemon, report.diagnostics, report.limits)
            }
            Subject::Expression(family) | Subject::Template(family) => {
                let found = Bench::of(&self.settings, family).check(&self.text);
                (Daemon::ALL.into_iter().find(|one| one.family() == Some(family)), found, Vec::new())
            }
        };
        let refused =
            |reader| found.iter().any(|one: &Diagnostic| one.is_error() && one.refused_by.has(reader));
        let count = |severity| found.iter().filter(|one: &&Diagnostic| one.severity == severity).count();
        let summary = Summary {
            daemon,
            verdict: Some(Verdict { file: !refused(Reader::File), api: !refused(Reader::Api) }),
            counts: [Severity::Error, Severity::Warning, Severity::Hint].map(count),
            fixable: found.iter().filter(|one| one.fix.is_some()).count(),
            limits: limits.into_iter().map(limit_text).collect(),
        };
        (summary, found)
    }

    /// The bench, where the text is an expression.
    fn bench(&self) -> Option<Bench> {
        match self.settings.subject {
            Subject::Configuration => None,
            Subject::Expression(family) | Subject::Template(family) => {
                Some(Bench::of(&self.settings, family))
            }
        }
    }

    /// Answers a question; `bytes` are the file that it is about. `None`: it is no question about this text.
    pub fn answer(&self, ask: &Ask, bytes: &[u8]) -> Option<Answer> {
        Some(match ask {
            Ask::FixAll => Answer::Changes(self.fix_all()),
            Ask::Rules => Answer::Rules(rules::all().map(rule_text).collect()),
            Ask::Limits => Answer::Limits(LIMITS.iter().map(limit_text).collect()),
            Ask::Examples => Answer::Examples(examples::ALL.iter().map(example).collect()),
            Ask::Complete(place) => Answer::Offer(self.complete(self.byte(*place))),
            Ask::Hover(place) => Answer::Hover(self.hover(self.byte(*place))),
            Ask::Packet(packet) => Answer::Packet(self.bench()?.packet_info(packet)),
            Ask::Trace(packet) => Answer::Trace(self.bench()?.trace(&self.text, packet)),
            Ask::Capture => Answer::Captured(self.bench()?.capture(bytes)),
            Ask::Build(fields) => Answer::Built(self.bench()?.build(fields)),
        })
    }

    fn complete(&self, byte: usize) -> Option<Offer> {
        let (bench, start, text) = self.expression(byte)?;
        let (span, items) = bench.complete(text, byte.checked_sub(start)?)?;
        Some(Offer { place: self.place(start, &span), items })
    }

    fn hover(&self, byte: usize) -> Option<HoverText> {
        let (bench, start, text) = self.expression(byte)?;
        let (span, text) = bench.hover(text, byte.checked_sub(start)?)?;
        Some(HoverText { place: self.place(start, &span), text })
    }

    /// The expression at a byte: on the bench the whole text, in a configuration the one that somebody works at.
    fn expression(&self, byte: usize) -> Option<(Bench, usize, &str)> {
        if let Some(bench) = self.bench() {
            return Some((bench, 0, &self.text));
        }
        let (start, text) = expression_at(&self.text, byte)?;
        let is_v6 = self.text.contains(Family::V6.root_key());
        let family = if is_v6 { Family::V6 } else { Family::V4 };
        Some((Bench::new(family, self.settings.version), start, text))
    }

    fn place(&self, start: usize, span: &Range<usize>) -> Place {
        Places::new(&self.text).place(&(start + span.start..start + span.end))
    }

    /// The fixes that touch no other, as one list of changes. What was in the way of another can be fixed afterwards.
    fn fix_all(&self) -> Vec<Change> {
        let (_, found) = self.check();
        let places = Places::new(&self.text);
        let mut fixes: Vec<Vec<TextEdit>> =
            found.into_iter().filter_map(|one| Some(one.fix?.edits)).collect();
        for fix in &mut fixes {
            fix.sort_by_key(|edit| edit.span.start);
        }
        fixes.sort_by_key(|fix| fix.first().map(|edit| edit.span.start));
        let (mut changes, mut end) = (Vec::new(), None);
        for fix in fixes {
            let free = fix.first().is_some_and(|edit| end.is_none_or(|end| edit.span.start > end));
            if free {
                end = fix.last().map(|edit| edit.span.end);
                changes.extend(fix.into_iter().map(|edit| change(edit, &places)));
            }
        }
        changes
    }
}

/// As many findings as are listed, the worst when there are more, in the order of the text.
fn worst(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if found.len() > MOST {
        found.sort_by_key(|one| std::cmp::Reverse(one.severity));
        found.truncate(MOST);
    }
    found.sort_by_key(|one| one.span.as_ref().map(|span| span.start));
    found
}

fn finding(one: Diagnostic, places: &Places<'_>) -> Finding {
    let place = |span: Option<Range<usize>>| places.place(&span.unwrap_or(0..0));
    Finding {
        explained: rules::find(&one.code).is_some(),
        place: place(one.span),
        refused_by: [one.refused_by.file, one.refused_by.api],
        related: one.related.into_iter().map(|other| (other.message, place(other.span))).collect(),
        fix: one.fix.map(|fix| {
            let mut edits = fix.edits;
            edits.sort_by_key(|edit| edit.span.start);
            Fix { title: fix.title, changes: edits.into_iter().map(|edit| change(edit, places)).collect() }
        }),
        code: one.code,
        severity: one.severity,
        message: one.message,
        help: one.help,
        path: one.path,
    }
}

fn change(edit: TextEdit, places: &Places<'_>) -> Change {
    let place = places.place(&edit.span);
    Change { from: place.from, to: place.to, text: edit.text }
}

fn example(example: &examples::Example) -> (String, String, String) {
    (example.title.to_owned(), example.about.to_owned(), example.text.to_owned())
}

fn limit_text(limit: &Limit) -> LimitText {
    LimitText {
        key: limit.key.to_owned(),
        unknown: limit.unknown.to_owned(),
        reason: limit.reason.to_owned(),
        rules: limit.rules.iter().map(|&code| code.to_owned()).collect(),
    }
}

fn rule_text(rule: &rules::Rule) -> RuleText {
    let example =
        |one: &rules::Example| Example { text: one.text.to_owned(), from: one.from, before: one.before };
    RuleText {
        code: rule.code.to_owned(),
        severity: rule.severity,
        arm: rule.arm.to_owned(),
        explain: rule.explain.to_owned(),
        bad: rule.bad.iter().map(example).collect(),
        good: rule.good.iter().map(example).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn desk(text: &str) -> Desk {
        let mut desk = Desk::default();
        desk.configure(Settings::new(Subject::Configuration, KeaVersion::new(3, 0, 4)));
        desk.open(text.to_owned());
        desk
    }

    #[test]
    fn changes_count_in_units_of_the_browser() {
        let mut desk = desk("{ \"é𝄞\": 1 }");
        desk.replace(8, 9, "22");
        assert_eq!(desk.text(), "{ \"é𝄞\":221 }");
        desk.replace(3, 6, "ab");
        assert_eq!(desk.text(), "{ \"ab\":221 }");
        desk.replace(5, 900, "");
        assert_eq!(desk.text(), "{ \"ab");
    }

    #[test]
    fn nothing_is_judged_where_nothing_is() {
        assert_eq!(desk(" \n").report(), Report::default());
    }

    #[test]
    fn a_finding_is_where_the_browser_counts_it() {
        let report = desk("// 𝄞\n{ \"Dhcp4\": {\n  \"valid-lifetime\": 40 00 } }").report();
        assert_eq!(report.summary.verdict, Some(Verdict { file: false, api: false }), "{report:#?}");
        let error = report.findings.iter().find(|one| one.severity == Severity::Error).unwrap();
        assert_eq!((error.place.line, error.place.column), (3, 22), "{error:#?}");
    }

    #[test]
    fn what_only_the_host_knows_is_said() {
        let of = |text: &str| desk(text).report().summary.limits;
        assert!(of("{ \"Dhcp4\": {} }").is_empty());
        let limits = of("{ \"Dhcp4\": { \"interfaces-config\": { \"interfaces\": [ \"eth0\" ] } } }");
        assert_eq!(limits.len(), 1, "{limits:?}");
        assert!(limits[0].unknown.contains("interfaces exist"), "{limits:?}");
    }

    #[test]
    fn whose_configuration_it_is_is_said() {
        for (text, daemon) in [("{ \"Dhcp6\": {} }", Daemon::Dhcp6), ("{ \"DhcpDdns\": {} }", Daemon::Ddns)] {
            assert_eq!(desk(text).report().summary.daemon, Some(daemon));
        }
    }

    #[test]
    fn of_too_many_findings_the_worst_are_listed() {
        let warnings = (0..MOST + 5).map(|at| Diagnostic::warning("a/b", "x").span(at..at));
        let found = warnings.chain([Diagnostic::error("c/d", "y").span(7..8)]).collect();
        let kept = worst(found);
        assert_eq!(kept.len(), MOST);
        assert_eq!(kept.iter().filter(|one| one.is_error()).count(), 1);
        assert!(
            kept.windows(2)
                .all(|pair| pair[0].span.as_ref().unwrap().start <= pair[1].span.as_ref().unwrap().start)
        );
    }
}
