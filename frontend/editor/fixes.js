// The quick fixes at the cursor: one is applied at once, several are offered in a menu.
import { StateEffect, StateField } from "@codemirror/state";
import { showTooltip } from "@codemirror/view";
import { forEachDiagnostic } from "@codemirror/lint";

const setMenu = StateEffect.define();

const menu = StateField.define({
  create: () => null,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setMenu)) return effect.value;
    return transaction.docChanged || transaction.selection ? null : value;
  },
  provide: (field) => showTooltip.from(field),
});

/** The fixes of every mark on the cursor's line, those at the cursor first. */
function fixesAt(state) {
  const { head } = state.selection.main;
  const line = state.doc.lineAt(head);
  const found = [];
  forEachDiagnostic(state, (mark, from, to) => {
    if (to < line.from || from > line.to) return;
    const near = from <= head && head <= to ? 0 : 1;
    for (const action of mark.actions ?? []) found.push({ near, action, from, to });
  });
  const nearest = found.filter((one) => one.near === 0);
  return nearest.length ? nearest : found;
}

function close(view) {
  view.dispatch({ effects: setMenu.of(null) });
  view.focus();
  return true;
}

function show(view, fixes) {
  const list = document.createElement("div");
  list.className = "cm-fixes";
  list.setAttribute("role", "menu");
  list.setAttribute("aria-label", "Fixes");
  for (const { action, from, to } of fixes) {
    const item = document.createElement("button");
    item.type = "button";
    item.setAttribute("role", "menuitem");
    item.textContent = action.name;
    item.onclick = () => {
      close(view);
      action.apply(view, from, to);
    };
    list.append(item);
  }
  list.onkeydown = (event) => {
    const items = [...list.children];
    const now = items.indexOf(list.getRootNode().activeElement);
    if (event.key === "Escape" || event.key === "Tab") close(view);
    else if (event.key === "ArrowDown") items[(now + 1) % items.length]?.focus();
    else if (event.key === "ArrowUp") items[(now + items.length - 1) % items.length]?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const create = () => ({ dom: list, mount: () => list.firstElementChild?.focus() });
  view.dispatch({ effects: setMenu.of({ pos: view.state.selection.main.head, above: false, create }) });
}

/** Applies the only fix at the cursor, or offers them all. */
export function quickFix(view) {
  const fixes = fixesAt(view.state);
  if (fixes.length === 1) fixes[0].action.apply(view, fixes[0].from, fixes[0].to);
  else if (fixes.length > 1) show(view, fixes);
  return true;
}

/** What the menu needs in the editor's state. */
export const fixMenu = menu;
