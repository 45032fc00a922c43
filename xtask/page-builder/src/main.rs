//! Turns the compiled page into the folder that the proxy serves: splits it by route, makes its bindings, puts
//! everything under one name made of its content, and compresses it. Started by `cargo xtask page`; a crate of its
//! own, so that nobody waits for its dependencies who does not build the page.

mod arguments;
mod bindings;
mod compress;
mod folder;
mod loader;
mod merge;
mod names;
mod report;
mod units;

use std::time::Instant;

use anyhow::{Context as _, Result};

fn main() -> Result<()> {
    let arguments = arguments::Arguments::read(std::env::args_os().skip(1))?;
    let started = Instant::now();
    let work = arguments.out.with_extension("work");
    folder::empty(&work)?;
    let fresh = arguments.out.with_extension("new");
    folder::empty(&fresh)?;

    let modules = bindings::make(&arguments.wasm, &work)?;
    bindings::make_engine(&arguments.engine, &modules.folder)?;
    let module = modules.folder.join("editor.js");
    match &arguments.editor {
        Some(editor) => {
            std::fs::copy(editor, module).map(drop).with_context(|| editor.display().to_string())?
        }
        // The text field stands in for it, under its name: nobody looks for a file in vain.
        None => std::fs::write(module, "export * from \"./plain-editor.js\";\n")?,
    }
    let bound = started.elapsed();
    let page = folder::assemble(&modules.folder, &arguments.public, &fresh)?;
    let sizes = compress::all(&fresh, arguments.compress)?;
    report::write(&page, &modules.needed_by, &sizes, &arguments.report).context("the report of the sizes")?;
    folder::swap(&fresh, &arguments.out)?;
    std::fs::remove_dir_all(&work).with_context(|| work.display().to_string())?;
    let (bound, whole) = (bound.as_secs_f32(), started.elapsed().as_secs_f32());
    println!("split and bound in {bound:.1} s, compressed in {:.1} s: {}", whole - bound, page.assets);
    Ok(())
}
