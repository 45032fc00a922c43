//! Perch's evaluation in the form of Kea's log.

use super::kea_log;
use perch_shared::{
    expr::{
        Function, Kind, Operator, Parsed,
        eval::{ClassRule, Classes, Environment, Event, Value, observe, vendor_classes},
        parse,
    },
    option::Definitions,
    packet::{Packet, Received},
};

/// One class's evaluation.
pub struct Evaluation {
    /// The values of every token that Kea logs.
    pub values: Vec<Value>,
    /// True, false, or the error.
    pub result: Result<bool, String>,
}

/// Evaluates all classes in Kea's two rounds; `None` for a class of the second round when there is none.
pub fn evaluate(
    packet: &Packet,
    definitions: &Definitions,
    classes: &[ClassRule],
    late: bool,
) -> Vec<Option<Evaluation>> {
    let mut received = Received::new(packet, definitions, false).expect("Kea takes it");
    let mut assigned = Classes::default();
    assigned.add("ALL");
    for class in vendor_classes(&received) {
        assigned.add(class);
    }
    let mut results: Vec<Option<Evaluation>> = classes.iter().map(|_| None).collect();
    for second in [false, true] {
        if second && !late {
            break;
        }
        if second {
            received.unpack_deferred(definitions, &[]);
            let known = packet.bytes.windows(6).any(|bytes| bytes == [2, 0, 0, 0, 0, 0x99]);
            assigned.add(if known { "KNOWN" } else { "UNKNOWN" });
        }
        for (class, result) in classes.iter().zip(&mut results) {
            let test = class.test.as_deref().expect("a test");
            if test.contains("KNOWN") != second {
                continue;
            }
            let environment = Environment { packet, received: &received, definitions, classes: &assigned };
            let evaluation = one(&parse(test), &environment);
            if evaluation.result == Ok(true) {
                assigned.add(class.name.as_str());
            }
            *result = Some(evaluation);
        }
    }
    results
}

fn one(parsed: &Parsed<'_>, environment: &Environment<'_>) -> Evaluation {
    let mut values = Vec::new();
    let mut next = 0;
    let lazy = environment.received.version.major >= 3;
    let result = observe(parsed, environment, &mut |id, event| {
        // Numbers are tokens of their own to Kea.
        for number in next..id {
            if let Some(Kind::Number(_) | Kind::All) = parsed.node(number).map(|node| node.kind) {
                values.push(Value::String(parsed.source(number).as_bytes().to_vec()));
            }
        }
        next = id + 1;
        if let Event::Value(value, _) = event
            && is_logged(parsed, id, value, lazy)
        {
            values.push(value.clone());
        }
    });
    let result = match result {
        Ok(Value::Condition(value)) => Ok(value),
        Ok(Value::String(_)) => Err("a string".to_owned()),
        Err(reason) => Err(reason),
    };
    Evaluation { values, result }
}

/// Whether Kea says what a node gave.
fn is_logged(parsed: &Parsed<'_>, id: usize, value: &Value, lazy: bool) -> bool {
    match parsed.node(id).expect("a node").kind {
        Kind::Group => false,
        Kind::Binary(Operator::And | Operator::Or) | Kind::Call(Function::IfElse) => !lazy,
        // What is empty stays as it is.
        Kind::Call(
            Function::AddrToText
            | Function::Int8ToText
            | Function::Int16ToText
            | Function::Int32ToText
            | Function::Uint8ToText
            | Function::Uint16ToText
            | Function::Uint32ToText,
        ) => *value != Value::String(Vec::new()),
        _ => true,
    }
}

/// Whether both are the same; otherwise, what differs first.
pub fn same(ours: &Evaluation, kea: &kea_log::Evaluation) -> Result<(), String> {
    for (index, (value, (name, text))) in ours.values.iter().zip(&kea.values).enumerate() {
        if !spelled(value).iter().any(|spelled| spelled == text) {
            let [_, ours, _] = spelled(value);
            return Err(format!("value {index} is {ours:?}, Kea's {name} {text:?}"));
        }
    }
    if ours.values.len() != kea.values.len() {
        return Err(format!("{} values, Kea {}: {:?}", ours.values.len(), kea.values.len(), kea.values));
    }
    match (&ours.result, kea.result.as_str()) {
        (Ok(true), "true") | (Ok(false), "false") => Ok(()),
        (Err(_), result) if result != "true" && result != "false" => Ok(()),
        (ours, kea) => Err(format!("gives {ours:?}, Kea {kea}")),
    }
}

/// The ways in which Kea writes a value: digits, text in quotes, text without.
fn spelled(value: &Value) -> [String; 3] {
    match value {
        Value::Condition(value) => {
            [value.to_string(), format!("'{value}'"), hex(value.to_string().as_bytes())]
        }
        Value::String(bytes) => {
            let text = String::from_utf8_lossy(bytes);
            [hex(bytes), format!("'{text}'"), text.into_owned()]
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    let digits: String = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    format!("0x{digits}")
}
