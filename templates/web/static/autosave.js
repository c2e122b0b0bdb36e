// A form with data-autosave keeps itself: it is sent as a draft a moment after each change and when
// the page is left. Digits choose a score where the focus is in a category and not in a text field.

const PAUSE = 1200;
const typing = (element) => element?.matches("input:not([type=radio]), textarea");

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const status = form.querySelector("[data-saved]");
  let timer = 0;
  let changed = false;
  let busy = false;
  let sending = Promise.resolve();

  const save = async (keepalive = false) => {
    clearTimeout(timer);
    if (!changed) return;
    changed = false;
    busy = true;
    const body = new URLSearchParams(new FormData(form));
    body.set("action", "draft");
    try {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body, headers: { "X-Autosave": "1" }, keepalive });
      const told = await answer.json();
      if (answer.ok) for (const [name, event] of Object.entries(told.seen)) form.elements.namedItem(name).value = event;
      else changed = answer.status >= 500;
      status.textContent = told.words;
    } catch {
      changed = true;
      status.textContent = "Not saved: the server does not answer. What you wrote is still here.";
    } finally {
      busy = false;
    }
  };
  const soon = () => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(() => { sending = sending.then(() => save()); }, PAUSE);
  };

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    changed = false;
    if (!busy) return;
    // What is on its way as a draft must have arrived, or the two would contradict each other.
    event.preventDefault();
    sending.then(() => setTimeout(() => form.requestSubmit(event.submitter)));
  });
  window.addEventListener("pagehide", () => { if (changed) save(true); });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const category = event.target.closest?.("fieldset.category");
  if (!category || !/^[0-9]$/.test(event.key) || event.target.matches("select")) return;
  const choice = [...category.querySelectorAll(".scores input")].find((input) => input.value === event.key);
  if (!choice) return;
  event.preventDefault();
  choice.checked = true;
  choice.focus();
  choice.dispatchEvent(new Event("change", { bubbles: true }));
});
