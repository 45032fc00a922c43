// Starts the page.
import init from "./app.js";

init().catch((error) => {
  console.error(error);
  const boot = document.getElementById("boot");
  if (boot) boot.textContent = "Perch could not start in this browser. Reload the page; if that does not help, use a current browser.";
});
