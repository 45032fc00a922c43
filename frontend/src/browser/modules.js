// What only JavaScript can do: load the page's other modules, start a worker, read and write files.

/** The folder of the page's files; this one lies four folders deeper. */
const asset = (name) => new URL(`../../../../${name}`, import.meta.url);

export const load = (name) => import(asset(name));

export const start = (name) => new Worker(asset(name), { type: "module" });

/** A file's text with everything that is in it: a byte order mark would otherwise vanish, and Kea refuses it. */
export const read = async (file) => new TextDecoder("utf-8", { ignoreBOM: true }).decode(await file.arrayBuffer());

export const bytes = async (file) => new Uint8Array(await file.arrayBuffer());

export const save = (name, text) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
};
