// Keys for those who want them: j k Enter in lists, g and a figure for a list, / for the search, ? for help.
// Each does what a link or button does too; all can be switched off, and the choice is kept on this device.
"use strict";
const box = document.querySelector("[data-keys]");
if (box) {
  const KEY = "stadtamt-tasten";
  const button = box.querySelector("[data-keys-switch]");
  const stored = () => { try { return localStorage.getItem(KEY); } catch { return null; } };
  let on = stored() !== "aus";
  let waiting = false;
  const show = () => { button.textContent = on ? "Tastenkürzel ausschalten" : "Tastenkürzel einschalten"; };
  box.hidden = false;
  show();
  button.addEventListener("click", () => {
    on = !on;
    try { localStorage.setItem(KEY, on ? "an" : "aus"); } catch { /* the choice then lasts for this page */ }
    show();
  });
  const links = () => [...document.querySelectorAll("[data-rows] tbody th a")];
  const move = (step) => {
    const all = links();
    const place = all.findIndex((link) => link.closest("tr").contains(document.activeElement));
    const next = all[place < 0 ? 0 : Math.min(Math.max(place + step, 0), all.length - 1)];
    if (next) next.focus();
  };
  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const key = event.key;
    if (waiting && /^[1-9]$/.test(key)) {
      const list = document.querySelector(`[data-list="${key}"]`);
      if (list) list.click();
    }
    waiting = key === "g";
    if (key === "j") move(1);
    else if (key === "k") move(-1);
    else if (key === "?") { box.querySelector("details").open = true; box.querySelector("summary").focus(); }
    else if (key === "/") {
      const search = document.querySelector("[data-key-search]");
      if (search) { event.preventDefault(); search.focus(); }
    }
  });
}
