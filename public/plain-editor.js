// The text field that stands in for the editor where that was not built or cannot be loaded. It has the same calls.

/** A flat list `from, to, text, …` made in a text, from the end on so that every place counts in the text as it was. */
function changed(text, flat) {
  let result = text;
  for (let at = flat.length - 3; at >= 0; at -= 3) result = result.slice(0, flat[at]) + flat[at + 2] + result.slice(flat[at + 1]);
  return result;
}

export function create(host, options, calls) {
  const field = document.createElement("textarea");
  field.className = options.compact ? "plain-editor compact" : "plain-editor";
  field.spellcheck = false;
  field.setAttribute("autocapitalize", "off");
  field.setAttribute("aria-label", options.label);
  field.dataset.testid = "code";
  field.placeholder = options.placeholder;
  field.value = options.text;
  host.replaceChildren(field);
  let before = field.value;

  field.oninput = () => {
    const now = field.value;
    calls.changed([0, before.length, now]);
    before = now;
  };
  field.onselect = field.onkeyup = field.onclick = () => {
    const lines = field.value.slice(0, field.selectionStart).split("\n");
    calls.moved(lines.length, lines.at(-1).length + 1);
  };
  field.ondragover = (event) => event.preventDefault();
  field.ondrop = (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    calls.files(event.dataTransfer.files);
  };

  return {
    text: () => field.value,
    plain: () => field.value,
    open(text) {
      field.value = before = text;
      // A text field has its own idea of line breaks.
      before = field.value;
    },
    change(flat) {
      field.value = changed(field.value, flat);
      field.oninput();
    },
    mark() {},
    reveal(from, to) {
      field.focus();
      field.setSelectionRange(from, to);
    },
    point() {},
    focus: () => field.focus(),
    destroy: () => field.remove(),
  };
}
