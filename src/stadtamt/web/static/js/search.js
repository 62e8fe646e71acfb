// Answers while typing: asks the same page for its part "results". Without it, Enter does the same.
"use strict";
const form = document.querySelector("form[data-search]");
const input = form && form.querySelector("input[name=q]");
const results = document.getElementById("ergebnisse");
const said = document.getElementById("ergebnisse-gesagt");
if (input && results && said) {
  let timer = 0;
  let asked = null;
  const ask = async () => {
    if (asked) asked.abort();
    asked = new AbortController();
    const url = new URL(form.action);
    url.searchParams.set("q", input.value.trim());
    try {
      const answer = await fetch(url, { headers: { "X-Part": "results" }, signal: asked.signal });
      if (!answer.ok) return;
      results.innerHTML = await answer.text();
      const count = results.querySelector("[data-count]");
      said.textContent = count ? count.textContent : "";
    } catch (error) {
      if (error.name !== "AbortError") form.removeAttribute("data-search");
    }
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 200);
  });
}
