// The page's text editor. It knows how to show and to change text; what the text means it is told.
import { EditorState, StateEffect, StateField, Text, Transaction } from "@codemirror/state";
import {
  Decoration, EditorView, dropCursor, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, hoverTooltip, keymap,
  lineNumbers, placeholder,
} from "@codemirror/view";
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, startCompletion } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab, insertNewlineAndIndent } from "@codemirror/commands";
import { bracketMatching, codeFolding, foldGutter, foldKeymap, indentOnInput, indentUnit } from "@codemirror/language";
import { lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics } from "@codemirror/lint";
import { gotoLine, highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { configuration, exactly, expression, meant } from "./languages.js";
import { fixMenu, quickFix } from "./fixes.js";
import { looks } from "./looks.js";

const LANGUAGES = { configuration, expression };

const setSpans = StateEffect.define();
const spans = StateField.define({
  create: () => Decoration.none,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setSpans)) return effect.value;
    return value.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Text in which `backticks` mark code. */
function prose(text, name) {
  const element = document.createElement("span");
  if (name) element.className = name;
  text.split("`").forEach((piece, index) => {
    if (index % 2) element.append(Object.assign(document.createElement("code"), { textContent: piece }));
    else if (piece) element.append(piece);
  });
  return element;
}

/** A flat list `from, to, text, …` of changes that do not touch each other. */
function changeList(flat, length) {
  const changes = [];
  for (let at = 0; at + 2 < flat.length; at += 3) {
    const to = Math.min(flat[at + 1], length);
    changes.push({ from: Math.min(flat[at], to), to, insert: flat[at + 2] });
  }
  return changes;
}

/** How many changes at once are looked at one by one. */
const SOME = 20;

/** Whether two marks look the same. */
function alike(one, other) {
  const [a, b] = [one.mark, other.mark];
  const same = a.message === b.message && a.severity === b.severity && a.code === b.code && a.help === b.help;
  return same && one.from === other.from && one.to === other.to && a.fix?.title === b.fix?.title;
}

/** A fix's title as a button has it. */
const title = (text) => text.charAt(0).toUpperCase() + text.slice(1).replaceAll("`", "");

/** A mark as the editor's library has it. It says what its slot says at that time. */
function diagnostic(slot, apply) {
  const { mark, from, to } = slot;
  return {
    from,
    to,
    severity: mark.severity === "hint" ? "info" : mark.severity,
    message: mark.message,
    renderMessage: () => message(slot.mark),
    actions: mark.fix ? [{ name: title(mark.fix.title), apply: (view) => apply(view, slot.mark.fix.changes) }] : [],
  };
}

/** What a mark says. */
function message(mark) {
  const element = document.createElement("div");
  element.className = "cm-mark";
  element.append(prose(mark.message));
  if (mark.help) element.append(prose(mark.help, "cm-mark-help"));
  element.append(prose(mark.code, "cm-mark-code"));
  return element;
}

/**
 * Puts an editor into a shadow root of `host`, where its styles need no <style> element, which the page's policy
 * forbids.
 *
 * `options`: `text`, `language`, `label`, `help` (said to screen readers), `placeholder`, `compact` (no gutters, lines
 * wrap). `calls`: `changed(flat)` after every change but `open`; `moved(line, column)`;
 * `complete(position, explicit)` and `hover(position)`, which promise an answer or null; `files(list)` for what was
 * dropped.
 */
export function create(host, options, calls) {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  root.replaceChildren();
  // What was found is about the text before the last change until the page says what is true now.
  let stale = false;
  // Somebody asked for a fix meanwhile.
  let wanted = false;
  // The marks that are shown, moved along with the text; whether a change touched one of them.
  let shown = [];
  let touched = true;

  const applyFix = (view, fix) => {
    if (stale) return;
    const changes = changeList(fix.flatMap(({ from, to, text }) => [from, to, text]), view.state.doc.length);
    view.dispatch({ changes, userEvent: "input.fix", scrollIntoView: true });
    view.focus();
  };

  /** Moves the marks along with a change. */
  const follow = (changes) => {
    let count = 0;
    changes.iterChangedRanges((from, to) => {
      count += 1;
      touched ||= count > SOME || shown.some((slot) => slot.from <= to && slot.to >= from);
    });
    if (touched) return;
    for (const slot of shown) {
      slot.from = changes.mapPos(slot.from);
      slot.to = changes.mapPos(slot.to);
    }
  };

  /** Applies a fix at the cursor; while it is not known what is wrong, as soon as that is known. */
  const mend = (view) => {
    wanted = stale;
    return wanted || quickFix(view);
  };

  const watch = EditorView.updateListener.of((update) => {
    if (update.docChanged) {
      stale = true;
      wanted = false;
      follow(update.changes);
      const flat = [];
      update.changes.iterChanges((from, to, _start, _end, inserted) => flat.push(from, to, inserted.toString()));
      calls.changed(flat);
    }
    if (update.selectionSet || update.docChanged) {
      const { head } = update.state.selection.main;
      const line = update.state.doc.lineAt(head);
      calls.moved(line.number, head - line.from + 1);
    }
  });

  const complete = async (context) => {
    // Unasked, proposals come only where something has begun: not after a literal's end.
    const begun = context.matchBefore(/[\w.[('-]/) && !context.matchBefore(/^[^']*('[^']*'[^']*)*'[^']*'$/);
    if (!context.explicit && !begun) return null;
    const answer = await calls.complete(context.pos, context.explicit);
    if (!answer || context.aborted || answer.items.length === 0) return null;
    return {
      from: answer.from,
      to: answer.to,
      validFor: /^[\w-]*$/,
      options: answer.items.map(({ label, detail, insert }, order) => ({
        label, detail: detail.replaceAll("`", ""), apply: insert, boost: -order / 100,
      })),
    };
  };

  const hover = hoverTooltip(async (_view, position) => {
    const answer = await calls.hover(position);
    if (!answer) return null;
    return {
      pos: answer.from,
      end: answer.to,
      create: () => ({ dom: prose(answer.text, "cm-info") }),
    };
  });

  const files = EditorView.domEventHandlers({
    drop(event) {
      if (!event.dataTransfer?.files.length) return false;
      event.preventDefault();
      calls.files(event.dataTransfer.files);
      return true;
    },
  });

  const roomy = options.compact
    ? [EditorView.lineWrapping, EditorView.editorAttributes.of({ class: "compact" })]
    : [lintGutter(), lineNumbers(), codeFolding(), foldGutter({ openText: "▾", closedText: "▸", domEventHandlers: { click: meant } }), highlightActiveLine(), highlightActiveLineGutter()];

  const helpId = "cm-help";
  const extensions = [
    // The browser's own cursor and selection: a cursor that blinks by animation makes every frame wait for the screen's.
    roomy, highlightSpecialChars(), history(), dropCursor(), indentOnInput(), indentUnit.of("  "), bracketMatching(), closeBrackets(),
    highlightSelectionMatches(), search({ top: true }), spans, fixMenu, watch, files, hover,
    autocompletion({ override: [complete], icons: false }),
    options.placeholder ? placeholder(options.placeholder) : [],
    EditorView.contentAttributes.of({ tabindex: "0", "aria-label": options.label, "aria-describedby": helpId, "data-testid": "code" }),
    keymap.of([
      { key: "F8", run: nextDiagnostic, shift: previousDiagnostic, preventDefault: true },
      { key: "Mod-.", run: mend, preventDefault: true },
      { key: "Alt-g", run: gotoLine, preventDefault: true },
      { key: "Ctrl-Space", run: startCompletion },
      { key: "Enter", run: insertNewlineAndIndent },
      ...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap.map((binding) => ({ ...binding, run: exactly(binding.run) })), ...completionKeymap,
      options.compact ? [] : indentWithTab,
    ].flat()),
    LANGUAGES[options.language], looks,
  ];

  const fresh = (text) => {
    // The file's own line breaks come back when its text is asked for.
    const separator = /\r\n/.test(text.slice(0, 10_000)) ? [EditorState.lineSeparator.of("\r\n")] : [];
    const lines = text.split(/\r\n|\r|\n/);
    return EditorState.create({ doc: Text.of(lines), extensions: [...separator, ...extensions] });
  };

  const view = new EditorView({ state: fresh(options.text), parent: root, root });
  const help = Object.assign(document.createElement("span"), { id: helpId, className: "cm-help", textContent: options.help });
  view.dom.append(help);

  return {
    /** The whole text, with the line breaks that it came with. */
    text: () => view.state.sliceDoc(),
    /** The whole text with plain line breaks: places count in this. */
    plain: () => view.state.doc.toString(),
    /** Replaces the text and forgets its history; the page knows. */
    open(text) {
      view.setState(fresh(text));
      shown = [];
      stale = touched = true;
    },
    /** Changes places of the text, as one step of its history. */
    change(flat) {
      view.dispatch({ changes: changeList(flat, view.state.doc.length), userEvent: "input.fix" });
    },
    /** Shows what was found in the text as it is now: texts of JSON, whose form the page describes. */
    mark(texts) {
      const marks = texts.length ? JSON.parse(`[${texts.join(",")}]`) : [];
      const { length } = view.state.doc;
      const slots = marks.map((mark) => ({ mark, from: Math.min(mark.place.from, length), to: Math.min(mark.place.to, length) }));
      stale = false;
      if (!touched && slots.length === shown.length && slots.every((slot, at) => alike(slot, shown[at]))) {
        // They are where they should be: only what mends them counts in the text as it is now.
        slots.forEach((slot, at) => Object.assign(shown[at], slot));
      } else {
        shown = slots;
        touched = false;
        view.dispatch(setDiagnostics(view.state, shown.map((slot) => diagnostic(slot, applyFix))));
      }
      if (wanted) quickFix(view);
      wanted = false;
    },
    /** Selects a place, brings it into view and the keyboard with it. */
    reveal(from, to) {
      const { length } = view.state.doc;
      const selection = { anchor: Math.min(from, length), head: Math.min(to, length) };
      view.dispatch({ selection, effects: EditorView.scrollIntoView(selection.anchor, { y: "center", x: "nearest" }) });
      view.focus();
    },
    /** Shows one place as the one that is meant; null: none. */
    point(from, to) {
      const { length } = view.state.doc;
      const end = Math.min(to, length);
      const value = from < end ? Decoration.set([Decoration.mark({ class: "cm-span" }).range(from, end)]) : Decoration.none;
      view.dispatch({ effects: setSpans.of(value), annotations: Transaction.addToHistory.of(false) });
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}
