//! Turns `data/keys.tsv` into the tables of `schema`.

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    fmt::Write as _,
};

type Failure = Box<dyn Error>;

/// The hash of a key in an object. `schema::hash` is the same function.
fn hash(object: u8, key: &str) -> u64 {
    let bytes = key.as_bytes();
    let middle = bytes.get(bytes.len() / 2..).unwrap_or_default();
    let (first, last) = match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => (bytes.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)), 0),
    };
    let inside = middle.first().map_or(0, |byte| u64::from(*byte)) << 8 | u64::from(object);
    let mixed = (first ^ last.rotate_left(23) ^ inside.rotate_left(47)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed >> 32
}

/// A line of the file.
struct Line<'t> {
    object: &'t str,
    key: &'t str,
    daemons: &'t str,
    since: &'t str,
    before: &'t str,
    file: &'t str,
    kea: &'t str,
    needed: &'t str,
    now: &'t str,
}

/// Everything that rows name by a number.
#[derive(Default)]
struct Names<'t> {
    objects: Vec<&'t str>,
    keys: Vec<&'t str>,
    versions: Vec<(u16, u16, u16)>,
    words: Vec<Vec<&'t str>>,
    ranges: Vec<(i64, i64)>,
    now: Vec<&'t str>,
}

/// The tables as Rust code.
pub fn tables(text: &str) -> Result<String, Failure> {
    let lines: Vec<Line<'_>> = text.lines().skip(1).map(line).collect::<Result<_, _>>()?;
    let mut names =
        Names { words: vec![Vec::new()], ranges: vec![(0, 0)], now: vec![""], ..Names::default() };
    for line in &lines {
        place(&mut names.objects, line.object);
    }
    let keys: BTreeSet<&str> = lines.iter().map(|line| line.key).collect();
    names.keys = keys.into_iter().collect();
    let mut versions = BTreeSet::new();
    for text in lines.iter().flat_map(|line| [line.since, line.before]).filter(|text| !text.is_empty()) {
        versions.insert(version(text)?);
    }
    names.versions = versions.into_iter().collect();
    let mut groups: BTreeMap<(u8, &str), Vec<String>> = BTreeMap::new();
    for line in &lines {
        let object = place(&mut names.objects, line.object) + 1;
        groups.entry((object, line.key)).or_default().push(row(line, &mut names)?);
    }
    code(&groups, &names)
}

fn line(text: &str) -> Result<Line<'_>, Failure> {
    let fields: Vec<&str> = text.split('\t').collect();
    let [object, key, daemons, since, before, file, kea, needed, now, _source] = fields.as_slice() else {
        return Err(format!("keys.tsv: a row has ten fields: {text}").into());
    };
    Ok(Line { object, key, daemons, since, before, file, kea, needed, now })
}

/// The number of an entry, which is added when it is new.
fn place<T: PartialEq>(list: &mut Vec<T>, entry: T) -> u8 {
    let index = list.iter().position(|known| *known == entry).unwrap_or_else(|| {
        list.push(entry);
        list.len() - 1
    });
    u8::try_from(index).unwrap_or(u8::MAX)
}

fn version(text: &str) -> Result<(u16, u16, u16), Failure> {
    let parts: Vec<u16> = text.split('.').map(str::parse).collect::<Result<_, _>>()?;
    match parts.as_slice() {
        [major, minor, patch] => Ok((*major, *minor, *patch)),
        _ => Err(format!("keys.tsv: no version: {text}").into()),
    }
}

fn row<'t>(line: &Line<'t>, names: &mut Names<'t>) -> Result<String, Failure> {
    let rank = |text: &str, default: usize| -> Result<usize, Failure> {
        if text.is_empty() {
            return Ok(default);
        }
        let wanted = version(text)?;
        Ok(names.versions.iter().position(|known| *known == wanted).map_or(default, |index| index + 1))
    };
    let (since, before) = (rank(line.since, 0)?, rank(line.before, 255)?);
    let (file, child) = type_of(line.file, names)?;
    let at_times = line.kea.strip_prefix("at-times:");
    let kea = match at_times.unwrap_or(line.kea) {
        "=" => widened(&file),
        other => type_of(other, names)?.0,
    };
    let daemons = line.daemons.chars().map(|letter| match letter {
        '4' => 1,
        '6' => 2,
        'a' => 4,
        'd' => 8,
        _ => 16,
    });
    let needed = match line.needed {
        "" => 0,
        "file" => 1,
        _ => 2,
    };
    let key = names.keys.iter().position(|key| *key == line.key).unwrap_or_default();
    Ok(format!(
        "Row {{ object: Object({}), key: {key}, daemons: {}, since: {since}, before: {before}, file: {}, kea: {}, \
         at_times: {}, child: Object({child}), needed: {needed}, now: {} }}",
        place(&mut names.objects, line.object) + 1,
        daemons.sum::<u8>(),
        file.code(),
        kea.code(),
        at_times.is_some(),
        place(&mut names.now, line.now),
    ))
}

/// What a reader takes.
#[derive(Clone, Copy, Default)]
struct Type {
    kinds: u16,
    words: u8,
    range: u8,
}

impl Type {
    fn code(self) -> String {
        format!("Type {{ kinds: {}, words: {}, range: {} }}", self.kinds, self.words, self.range)
    }
}

const NULL: u16 = 1;
const BOOLEAN: u16 = 2;
const INTEGER: u16 = 4;
const REAL: u16 = 8;
const TEXT: u16 = 16;
const EMPTY_TEXT: u16 = 32;
const LIST: u16 = 64;
const EMPTY_LIST: u16 = 128;
const MAP: u16 = 256;
const EMPTY_MAP: u16 = 512;
const OF_TEXTS: u16 = 1024;
const OF_MAPS: u16 = 2048;
const OF_FULL_MAPS: u16 = 4096;
const ANY_CASE: u16 = 8192;
const ALL: u16 = 1023;

/// What the parsers take that follow the grammar: the same kinds, empty ones too, and any word.
fn widened(file: &Type) -> Type {
    let mut kinds = file.kinds & !(ANY_CASE | OF_FULL_MAPS);
    if kinds & LIST != 0 {
        kinds |= EMPTY_LIST;
    }
    if kinds & MAP != 0 {
        kinds |= EMPTY_MAP;
    }
    Type { kinds, words: 0, range: 0 }
}

fn type_of<'t>(text: &'t str, names: &mut Names<'t>) -> Result<(Type, u8), Failure> {
    let (plain, full) = text.strip_suffix('+').map_or((text, false), |plain| (plain, true));
    let list = LIST | if full { 0 } else { EMPTY_LIST };
    let of = |kinds| Ok((Type { kinds, ..Type::default() }, 0));
    if let Some((head, inside)) = plain.strip_suffix(')').and_then(|text| text.split_once('(')) {
        return Ok((listed(head, inside, list, names)?, 0));
    }
    if let Some(object) = plain.strip_prefix('{').and_then(|text| text.strip_suffix('}')) {
        let kinds = MAP | if full { 0 } else { EMPTY_MAP };
        return Ok((Type { kinds, ..Type::default() }, child(object, names)?));
    }
    if let Some(object) = plain.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        let (object, items) = object.strip_suffix('+').map_or((object, 0), |object| (object, OF_FULL_MAPS));
        return Ok((Type { kinds: list | OF_MAPS | items, ..Type::default() }, child(object, names)?));
    }
    match plain {
        "any" => of(ALL),
        "none" => of(0),
        "null" => of(NULL),
        "bool" => of(BOOLEAN),
        "int" => of(INTEGER),
        "real" => of(REAL),
        "string" if full => of(TEXT),
        "string" => of(TEXT | EMPTY_TEXT),
        "map" => of(MAP | EMPTY_MAP),
        "list" | "words" => of(list),
        "strings" => of(list | OF_TEXTS),
        "strings-or-{}" => of(list | OF_TEXTS | EMPTY_MAP),
        _ => Err(format!("keys.tsv: no type: {text}").into()),
    }
}

fn child(object: &str, names: &Names<'_>) -> Result<u8, Failure> {
    let index = names.objects.iter().position(|known| *known == object);
    Ok(u8::try_from(index.ok_or_else(|| format!("keys.tsv: no object: {object}"))? + 1)?)
}

fn listed<'t>(head: &str, inside: &'t str, list: u16, names: &mut Names<'t>) -> Result<Type, Failure> {
    let mut words = || place(&mut names.words, inside.split(',').collect());
    Ok(match head {
        "one-of" => Type { kinds: TEXT | EMPTY_TEXT, words: words(), range: 0 },
        "one-of-any-case" => Type { kinds: TEXT | EMPTY_TEXT | ANY_CASE, words: words(), range: 0 },
        "words" => Type { kinds: list | OF_TEXTS, words: words(), range: 0 },
        "int" => {
            let (low, high) = inside.split_once("..").ok_or("keys.tsv: a range is low..high")?;
            let high = if high.is_empty() { i64::MAX } else { high.parse()? };
            Type { kinds: INTEGER, words: 0, range: place(&mut names.ranges, (low.parse()?, high)) }
        }
        _ => return Err(format!("keys.tsv: no type: {head}").into()),
    })
}

fn code(groups: &BTreeMap<(u8, &str), Vec<String>>, names: &Names<'_>) -> Result<String, Failure> {
    let size = (groups.len() * 3).next_power_of_two();
    let mut slots = vec![0_usize; size];
    let mut rows = String::new();
    let mut count = 0;
    for ((object, key), group) in groups {
        let mut slot = usize::try_from(hash(*object, key))? % size;
        while slots.get(slot).is_some_and(|taken| *taken != 0) {
            slot = (slot + 1) % size;
        }
        if let Some(free) = slots.get_mut(slot) {
            *free = count + 1;
        }
        for row in group {
            writeln!(rows, "    {row},")?;
        }
        count += group.len();
    }
    let mut code = format!("static ROWS: [Row; {count}] = [\n{rows}];\n");
    writeln!(code, "static SLOTS: [u16; {size}] = {slots:?};")?;
    writeln!(code, "static KEYS: [&str; {}] = {:?};", names.keys.len(), names.keys)?;
    writeln!(code, "static OBJECTS: [&str; {}] = {:?};", names.objects.len(), names.objects)?;
    writeln!(code, "static VERSIONS: [(u16, u16, u16); {}] = {:?};", names.versions.len(), names.versions)?;
    writeln!(code, "static NOW: [&str; {}] = {:?};", names.now.len(), names.now)?;
    writeln!(code, "static RANGES: [(i64, i64); {}] = {:?};", names.ranges.len(), names.ranges)?;
    let words: Vec<String> = names.words.iter().map(|list| format!("&{list:?}")).collect();
    writeln!(code, "static WORDS: [&[&str]; {}] = [{}];", words.len(), words.join(", "))?;
    for (index, object) in names.objects.iter().enumerate() {
        let name = object.to_ascii_uppercase().replace('-', "_");
        writeln!(
            code,
            "impl Object {{ #[allow(dead_code, reason = \"one for each object\")] pub(crate) const {name}: Self = Self({}); }}",
            index + 1
        )?;
    }
    Ok(code)
}
