//! Modules and workers of the page that are loaded when they are first needed, and files of the person's.

use wasm_bindgen::prelude::*;
use web_sys::{File, Worker};

#[wasm_bindgen(module = "/src/browser/modules.js")]
extern "C" {
    /// Loads a module of the page by its name.
    ///
    /// # Errors
    /// When it is not there or cannot be run.
    #[wasm_bindgen(catch, js_name = load)]
    pub async fn load_module(name: &str) -> Result<JsValue, JsValue>;

    /// Starts a worker of the page by its module's name.
    ///
    /// # Errors
    /// When the browser has no such workers.
    #[wasm_bindgen(catch, js_name = start)]
    pub fn start_worker(name: &str) -> Result<Worker, JsValue>;

    /// The text of a file.
    ///
    /// # Errors
    /// When the browser may not read it any more.
    #[wasm_bindgen(catch, js_name = read)]
    pub async fn read_file(file: &File) -> Result<JsValue, JsValue>;

    /// The bytes of a file.
    ///
    /// # Errors
    /// When the browser may not read it any more.
    #[wasm_bindgen(catch, js_name = bytes)]
    pub async fn read_bytes(file: &File) -> Result<JsValue, JsValue>;

    /// Gives the person a file to keep.
    #[wasm_bindgen(js_name = save)]
    pub fn save_file(name: &str, text: &str);
}
