// Runs the engine beside the page, so that no check delays a keystroke. It holds the text; changes come as changes.
import init, { Engine } from "./engine.js";

let engine = null;
let revision = 0;
let timer = 0;
/** How long nobody must have typed before the text is judged, in milliseconds: as long as the last check took, so that a
 * question asked while typing does not wait behind one. */
let pause = 0;
/** The longest such wait. */
const LONGEST = 250;
/** Whether nobody brought a text yet. */
let idle = true;
/** How often an example is judged meanwhile, and for how many milliseconds in one go. */
const ROUNDS = 400;
const SLICE = 8;
/** When that begins, in milliseconds: the page is there by then. */
const SOON = 500;

const ready = init().then(() => {
  engine = new Engine();
});

/** Whatever goes wrong in the engine is a mistake in it: the page starts another one. */
function guarded(work) {
  try {
    work();
  } catch (error) {
    console.error(error);
    postMessage(["failed"]);
  }
}

/** Judges the text after a while, with everything in it that was typed meanwhile. */
function soon(wait = 0) {
  clearTimeout(timer);
  timer = setTimeout(() => {
    guarded(() => {
      const start = performance.now();
      const report = engine.report();
      const time = performance.now() - start;
      pause = Math.min(time, LONGEST);
      postMessage(["report", revision, report, time]);
    });
  }, wait);
}

/**
 * A browser makes quick what runs often. While there is no text, an example is judged in the background, so that the
 * first real check is not the slow one.
 */
function warm() {
  const other = new Engine();
  other.open(JSON.parse(engine.answer('"Examples"', new Uint8Array())).Examples[0][2]);
  let left = ROUNDS;
  const some = () => {
    const end = performance.now() + SLICE;
    for (; left > 0 && performance.now() < end; left -= 1) other.report();
    if (left > 0 && idle) setTimeout(some);
    else other.free();
  };
  some();
}

const TASKS = {
  configure([settings]) {
    engine.configure(settings);
    soon();
  },
  open([now, text]) {
    revision = now;
    engine.open(text);
    soon();
    if (text) idle = false;
    else if (idle) setTimeout(() => idle && guarded(warm), SOON);
  },
  edit([now, changes]) {
    revision = now;
    idle = false;
    engine.edit(changes);
    soon(pause);
  },
  ask([number, question, bytes]) {
    postMessage(["answer", number, engine.answer(question, bytes ?? new Uint8Array()) ?? null]);
  },
};

onmessage = ({ data: [task, ...rest] }) => {
  ready.then(
    () => guarded(() => TASKS[task](rest)),
    (error) => {
      console.error(error);
      postMessage(["failed"]);
    },
  );
};
