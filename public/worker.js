// Runs the engine beside the page, so that no check delays a keystroke. It holds the text; changes come as changes.
import init, { Engine } from "./engine.js";

let engine = null;
let revision = 0;
let due = false;

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

/** Judges the text once everything that was typed meanwhile is in it. */
function soon() {
  if (due) return;
  due = true;
  setTimeout(() => {
    due = false;
    const judged = revision;
    guarded(() => {
      const start = performance.now();
      const report = engine.report();
      postMessage(["report", judged, report, performance.now() - start]);
    });
  });
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
  },
  edit([now, changes]) {
    revision = now;
    engine.edit(changes);
    soon();
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
