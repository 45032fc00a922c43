//! `perch-agree`: holds Perch's verdicts against those of real Keas; `cargo xtask agree` runs it.

use anyhow::{Context as _, Result, bail, ensure};
use perch_agree::{
    case::{Case, Kind, Reader, VERSIONS},
    corpus, fuzz, generate,
    kea::Root,
    keep, recorded,
    run::{self, Plan},
    tally::Tally,
};
use perch_shared::{Daemon, KeaVersion, check::check};
use std::{
    path::PathBuf,
    process::ExitCode,
    time::{Duration, Instant, SystemTime},
};

const HELP: &str = "\
cargo xtask agree [OPTIONS]

  --cases N          fresh cases of each kind (default 200)
  --seed S           where they begin; printed, and another one each time
  --only INDEX       that case of the seed alone, printed with all verdicts
  --kind KIND        json, expression, option-def, option-data, scope or config; repeat for more
  --version V        2.2.0, 2.6.3 or 3.0.4; repeat for more
  --reader R         file or api; repeat for both
  --corpus           the kept cases instead of fresh ones
  --files FOLDER     the configurations in that folder instead; repeat for more
  --recorded FILE    old verdicts instead of daemons; repeat for more
  --seconds N        begin no case after so long
  --keep LIKE        print fresh cases to be kept, at most so many that are alike
  --judge FILE       print that file of kept cases with what Kea says of them now
  --fuzz SECONDS     feed hostile inputs to the engine in this process; no daemon is needed
  --jobs N           cases at a time (default: one for each processor)
  --shrink N         questions for making one failing case small (default 300; 0: none)
  --out FOLDER       a list of differences for each kind, as KIND.txt

The result is 1 when a verdict differs.
";

/// What the command line says.
struct Options {
    cases: usize,
    seed: u64,
    only: Option<u64>,
    kinds: Vec<Kind>,
    versions: Vec<KeaVersion>,
    readers: Vec<Reader>,
    corpus: bool,
    files: Vec<PathBuf>,
    recorded: Vec<PathBuf>,
    seconds: Option<u64>,
    keep: Option<usize>,
    fuzz: Option<u64>,
    judge: Option<PathBuf>,
    jobs: usize,
    shrink: usize,
    out: Option<PathBuf>,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match read(&words).and_then(|options| options.map_or_else(help, |options| start(&options))) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn help() -> Result<ExitCode> {
    print!("{HELP}");
    Ok(ExitCode::SUCCESS)
}

fn read(words: &[String]) -> Result<Option<Options>> {
    let seed = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(1, |time| time.as_secs());
    let mut options = Options {
        cases: 200,
        seed,
        only: None,
        kinds: Vec::new(),
        versions: Vec::new(),
        readers: Vec::new(),
        corpus: false,
        files: Vec::new(),
        recorded: Vec::new(),
        seconds: None,
        keep: None,
        fuzz: None,
        judge: None,
        jobs: std::thread::available_parallelism().map_or(1, usize::from),
        shrink: 300,
        out: None,
    };
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let mut value = || words.next().with_context(|| format!("{word} needs a value"));
        match word.as_str() {
            "--cases" => options.cases = value()?.parse()?,
            "--seed" => options.seed = value()?.parse()?,
            "--only" => options.only = Some(value()?.parse()?),
            "--kind" => options.kinds.push(value()?.parse()?),
            "--version" => options.versions.push(value()?.parse()?),
            "--reader" => options.readers.push(reader(value()?)?),
            "--corpus" => options.corpus = true,
            "--files" => options.files.push(value()?.into()),
            "--recorded" => options.recorded.push(value()?.into()),
            "--seconds" => options.seconds = Some(value()?.parse()?),
            "--fuzz" => options.fuzz = Some(value()?.parse()?),
            "--keep" => options.keep = Some(value()?.parse()?),
            "--judge" => options.judge = Some(value()?.into()),
            "--jobs" => options.jobs = value()?.parse()?,
            "--shrink" => options.shrink = value()?.parse()?,
            "--out" => options.out = Some(value()?.into()),
            "--help" | "-h" => return Ok(None),
            _ => bail!("unknown option {word}\n\n{HELP}"),
        }
    }
    if options.kinds.is_empty() {
        options.kinds = Kind::ALL.to_vec();
    }
    if options.versions.is_empty() {
        options.versions = VERSIONS.to_vec();
    }
    if options.readers.is_empty() {
        options.readers = Reader::ALL.to_vec();
    }
    Ok(Some(options))
}

fn reader(word: &str) -> Result<Reader> {
    Reader::ALL
        .into_iter()
        .find(|reader| reader.name() == word)
        .with_context(|| format!("no reader is called {word}"))
}

fn start(options: &Options) -> Result<ExitCode> {
    let until = options.seconds.map(|seconds| Instant::now() + Duration::from_secs(seconds));
    if let Some(seconds) = options.fuzz {
        let (count, wrong) = fuzz::run(options.seed, Duration::from_secs(seconds));
        wrong.iter().for_each(|line| println!("{line}"));
        println!("--seed {}: {count} inputs, {} findings", options.seed, wrong.len());
        return Ok(if wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let mut tally;
    if options.recorded.is_empty() {
        let plan =
            Plan { roots: roots(options)?, readers: options.readers.clone(), jobs: options.jobs, until };
        if let Some(index) = options.only {
            return one(options, &plan, index);
        }
        if let Some(file) = &options.judge {
            let cases = corpus::file(options.kinds[0], file)?;
            let cases: Vec<Case> = cases.into_iter().map(|recorded| recorded.case).collect();
            keep::judge(&plan, &cases).iter().for_each(|line| println!("{line}"));
            return Ok(ExitCode::SUCCESS);
        }
        if let Some(like) = options.keep {
            return keep(options, &plan, like);
        }
        tally = judge(options, &plan)?;
        if options.shrink > 0 {
            run::shrink(&mut tally, &plan.roots, options.shrink, None);
        }
    } else {
        tally = Tally::default();
        for path in &options.recorded {
            tally.merge(run::compare_recorded(&recorded::read(path)?, &options.versions, &options.readers));
        }
    }
    if let Some(folder) = &options.out {
        std::fs::create_dir_all(folder)?;
        for kind in tally.kinds() {
            std::fs::write(folder.join(format!("{}.txt", kind.name())), tally.list(Some(kind)))?;
        }
    }
    println!("{}\n{}", tally.list(None), tally.table());
    Ok(if tally.differences() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn roots(options: &Options) -> Result<Vec<Root>> {
    let (mut found, missing) = Root::all();
    found.retain(|root| options.versions.contains(&root.version));
    missing.iter().for_each(|why| eprintln!("{why}"));
    ensure!(!found.is_empty(), "no Kea is here");
    Ok(found)
}

/// The cases that are not made up; `None`: fresh ones are wanted. Of the given files, those of no DHCP daemon and not
/// of what serves it are left out.
fn given(options: &Options) -> Result<Option<Vec<Case>>> {
    let mut cases = Vec::new();
    if options.corpus {
        cases.extend(corpus::all()?.into_iter().filter(|case| options.kinds.contains(&case.kind)));
    }
    for folder in &options.files {
        for case in corpus::files(folder)? {
            match check(&case.text, KeaVersion::new(3, 0, 4)).daemon {
                Some(daemon) if daemon != Daemon::Netconf => cases.push(case),
                _ => println!("left out: {}", case.origin),
            }
        }
    }
    Ok((options.corpus || !options.files.is_empty()).then_some(cases))
}

/// The cases that the options name, judged.
fn judge(options: &Options, plan: &Plan) -> Result<Tally> {
    let kept = corpus::configs().unwrap_or_default();
    let began = Instant::now();
    let (tally, spent) = if let Some(cases) = given(options)? {
        run::compare(plan, cases.len(), |index| cases.get(index).cloned())
    } else {
        println!("--seed {}", options.seed);
        let kinds = options.kinds.len();
        run::compare(plan, options.cases * kinds, |index| {
            Some(generate::case(options.kinds[index % kinds], options.seed, (index / kinds) as u64, &kept))
        })
    };
    for reader in Reader::ALL {
        let (time, questions) = (spent.readers[reader as usize], spent.questions[reader as usize]);
        let rate = questions as f64 / time.as_secs_f64().max(0.001);
        println!("{}: {questions} questions, {rate:.0} a second and worker", reader.name());
    }
    println!("{:.1} s in all", began.elapsed().as_secs_f64());
    Ok(tally)
}

/// Prints the cases that are worth to be kept.
fn keep(options: &Options, plan: &Plan, like: usize) -> Result<ExitCode> {
    for kind in &options.kinds {
        let lines = keep::choose(plan, options.cases, like, like * 60, |index| {
            Some(generate::case(*kind, options.seed, index as u64, &[]))
        });
        lines.iter().for_each(|line| println!("{line}"));
    }
    Ok(ExitCode::SUCCESS)
}

/// One case of every kind that was asked for, with everything that is said about it.
fn one(options: &Options, plan: &Plan, index: u64) -> Result<ExitCode> {
    let kept = corpus::configs().unwrap_or_default();
    for kind in &options.kinds {
        let case = generate::case(*kind, options.seed, index, &kept);
        println!("{}", case.text);
        for line in run::describe(plan, &case) {
            println!("{line}");
        }
    }
    Ok(ExitCode::SUCCESS)
}
