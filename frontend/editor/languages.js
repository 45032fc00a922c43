// What the two languages look like: enough to colour, to indent and to close brackets. What they mean, the engine
// says.
import { StreamLanguage, indentService, foldService } from "@codemirror/language";

/** Whole words that join or turn round conditions. */
const WORDS = /^(?:and|or|not)(?![\w-])/;
/** How far it is looked for the bracket that closes while nobody folds, in characters: what is longer is taken for a
 * block. Every keystroke asks for each line in view. */
const FOLD_REACH = 5_000;
/** How much is looked at in one go while somebody folds. */
const FOLD_CHUNK = 60_000;
/** Whether somebody folds now: then every block is followed to its end. */
let folding = false;

/** A command that folds exactly. */
export const exactly = (command) => (view) => {
  folding = true;
  try {
    return command(view);
  } finally {
    folding = false;
  }
};

/** A click beside a line, after which the editor's library folds. */
export const meant = () => {
  folding = true;
  setTimeout(() => (folding = false));
  return false;
};

/** One token of a class expression. */
function expressionToken(stream) {
  if (stream.eatSpace()) return null;
  if (stream.match(/^'[^'"\n]*'/)) return "string";
  if (stream.match(/^0[xX][0-9a-fA-F]+/)) return "number";
  if (stream.match(/^\d+\.\d+\.\d+\.\d+/) || stream.match(/^[0-9a-fA-F]*:[0-9a-fA-F:]*:[0-9a-fA-F:.]*/)) return "atom";
  if (stream.match(/^-?\d+/)) return "number";
  if (stream.match("==")) return "operator";
  if (stream.match(WORDS)) return "keyword";
  if (stream.match(/^[A-Za-z_][\w-]*(?=\s*\()/)) return "typeName";
  if (stream.match(/^[A-Za-z_][\w-]*/)) return "variableName";
  if (stream.match(/^[()[\]]/)) return "bracket";
  stream.next();
  return "operator";
}

/** Class expressions. */
export const expression = [
  StreamLanguage.define({
    name: "expression",
    token: expressionToken,
    languageData: { closeBrackets: { brackets: ["(", "[", "'"] }, wordChars: "-" },
  }),
];

/** One token of a configuration. */
function configurationToken(stream, state) {
  if (state.inside === "comment") {
    if (stream.skipTo("*/")) {
      stream.match("*/");
      state.inside = null;
    } else {
      stream.skipToEnd();
    }
    return "comment";
  }
  if (state.inside === "expression") {
    if (stream.sol()) {
      state.inside = null;
    } else if (stream.eat('"')) {
      state.inside = null;
      return "string";
    } else if (stream.match(/^\\./)) {
      return "string";
    } else {
      return expressionToken(stream);
    }
  }
  if (stream.eatSpace()) return null;
  if (stream.match("//") || stream.match("#")) {
    stream.skipToEnd();
    return "comment";
  }
  if (stream.match("/*")) {
    state.inside = "comment";
    return "comment";
  }
  if (stream.match(/^<\?include\s*"[^"]*"\s*\?>/)) return "meta";
  const key = stream.match(/^"((?:[^"\\]|\\.)*)"(?=\s*:)/);
  if (key) {
    state.key = key[1];
    return "propertyName";
  }
  if (/^(?:template-)?test$/.test(state.key) && stream.match(/^"(?=[^"\n]*")/)) {
    state.inside = "expression";
    return "string";
  }
  if (stream.match(/^"(?:[^"\\]|\\.)*"/)) return "string";
  if (stream.match(/^"[^\n]*/)) return "invalid";
  if (stream.match(/^[+-]?\.?\d[\w.+-]*/)) return "number";
  if (stream.match(/^(?:true|false|null)\b/)) return "atom";
  if (stream.match(/^[{}]/)) {
    state.key = "";
    return "brace";
  }
  if (stream.match(/^[[\]]/)) return "squareBracket";
  if (stream.match(/^[,:]/)) return "separator";
  if (!stream.match(/^\w+/)) stream.next();
  return "invalid";
}

/** As the line above, one step deeper after an opening bracket, one less before a closing one. */
function indentation(context, position) {
  const line = context.lineAt(position, -1);
  let above = null;
  for (let number = context.state.doc.lineAt(line.from).number - 1; number > 0; number -= 1) {
    const candidate = context.state.doc.line(number);
    if (/\S/.test(candidate.text)) {
      above = candidate.text;
      break;
    }
  }
  // The text of the line being broken ends where the new line begins.
  const before = context.simulatedBreak === null || context.simulatedBreak === undefined ? null : textBefore(context, position);
  const base = before ?? above ?? "";
  const depth = /^\s*/.exec(base)[0].length;
  const opens = /[[{]\s*(?:\/\/.*|#.*)?$/.test(base) ? context.unit : 0;
  const closes = /^\s*[\]}]/.test(context.textAfterPos(position)) ? context.unit : 0;
  return Math.max(0, depth + opens - closes);
}

/** What stands on the line before the place where it is being broken. */
function textBefore(context, position) {
  const line = context.state.doc.lineAt(position);
  const text = line.text.slice(0, position - line.from);
  return /\S/.test(text) ? text : null;
}

/** Where the bracket closes that a line ends with; null when it does not. */
function closing(doc, from, open) {
  const close = open === "{" ? "}" : "]";
  const size = folding ? FOLD_CHUNK : FOLD_REACH;
  let depth = 0;
  let inside = null;
  let at = 0;
  for (let start = from; start < doc.length; start += size, at -= size) {
    if (!folding && start > from) return start;
    // One character more: some brackets of comments are two.
    const text = doc.sliceString(start, Math.min(start + size + 1, doc.length));
    for (; at < Math.min(size, text.length); at += 1) {
      const letter = text[at];
      if (inside === "string") {
        if (letter === "\\") at += 1;
        else if (letter === '"' || letter === "\n") inside = null;
      } else if (inside === "line") {
        if (letter === "\n") inside = null;
      } else if (inside === "comment") {
        if (letter === "*" && text[at + 1] === "/") inside = null;
      } else if (letter === '"') inside = "string";
      else if (letter === "#" || (letter === "/" && text[at + 1] === "/")) inside = "line";
      else if (letter === "/" && text[at + 1] === "*") inside = "comment";
      else if (letter === "{" || letter === "[") depth += 1;
      else if (letter === "}" || letter === "]") {
        depth -= 1;
        if (depth === 0) return letter === close ? start + at : null;
      }
    }
  }
  return null;
}

/** A line that ends with an opening bracket folds up to the one that closes it. */
function fold(state, lineStart, lineEnd) {
  const text = state.doc.sliceString(lineStart, Math.min(lineEnd, lineStart + 2_000));
  const found = /([[{])\s*(?:\/\/.*|#.*)?$/.exec(text);
  if (!found) return null;
  const from = lineStart + found.index;
  const to = closing(state.doc, from, found[1]);
  return to === null || to <= lineEnd ? null : { from: from + 1, to };
}

/** Kea's configuration files. */
export const configuration = [
  StreamLanguage.define({
    name: "configuration",
    startState: () => ({ inside: null, key: "" }),
    copyState: (state) => ({ ...state }),
    token: configurationToken,
    languageData: {
      closeBrackets: { brackets: ["{", "[", '"'] },
      commentTokens: { line: "//", block: { open: "/*", close: "*/" } },
      indentOnInput: /^\s*[\]}]$/,
      wordChars: "-",
    },
  }),
  indentService.of(indentation),
  foldService.of(fold),
];
