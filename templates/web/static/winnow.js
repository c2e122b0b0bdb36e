// Progressive enhancement only: every page works without this file. It sends a desk's forms without
// loading the page anew, presses buttons by letter, and keeps a note that is being written safe.

const main = document.querySelector("#main");
const LETTERS_OFF = "winnow letters off";
const PAUSE = 400; // milliseconds
const FRESH = 150; // milliseconds in which nobody has seen what came next
let busy = false;
let shown = 0; // since when what can be decided on can be read
let settling; // until what has just come counts as seen
let last = 0; // when a key was pressed last
let carried = false; // whether keys belong to what was typed before that

const typing = (element) => element?.matches("input:not([type=checkbox]):not([type=radio]), textarea, select");

// --- Forms that replace the main part -----------------------------------------------------------

async function send(form, button) {
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  const answer = await fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(data),
    headers: { "X-Fragment": "1" },
  });
  if (answer.redirected) {
    location.assign(answer.url);
    return;
  }
  if (answer.ok) forget(form);
  main.innerHTML = await answer.text();
  shown = performance.now();
  main.dataset.fresh = "";
  clearTimeout(settling);
  settling = setTimeout(() => delete main.dataset.fresh, FRESH);
  prepare();
  window.scrollTo(0, 0);
  const where = ["[role=alert]", ".problems", "h2.title", "h1"].map((each) => main.querySelector(each)).find(Boolean);
  where?.setAttribute("tabindex", "-1");
  where?.focus({ preventScroll: true });
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("[data-swap]")) return;
  event.preventDefault();
  if (busy) return;
  busy = true;
  main.setAttribute("aria-busy", "true");
  try {
    await send(form, event.submitter);
  } catch {
    // The network failed: let the browser send the form itself and say so in its own words.
    const button = event.submitter;
    if (button?.name) {
      const kept = Object.assign(document.createElement("input"), { type: "hidden", name: button.name, value: button.value });
      form.append(kept);
    }
    form.submit();
  } finally {
    busy = false;
    main.removeAttribute("aria-busy");
  }
});

// --- Letters --------------------------------------------------------------------------------------

// Whoever goes on typing while an answer is under way means what they see, not what comes next: letters
// count again after a pause. A letter pressed twice, the second time just as the next reference has
// come, is not a verdict on that one. And the second click of a double click is not a second decision.
const tooEarly = (event) => busy || event.timeStamp < shown;

document.addEventListener("click", (event) => {
  if (event.target.closest("form[data-swap] button") && (event.detail > 1 || tooEarly(event))) event.preventDefault();
}, true);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (tooEarly(event)) carried = true;
  else if (event.timeStamp - last > PAUSE) carried = false;
  last = event.timeStamp;
  if (event.key === "Escape" && typing(event.target)) {
    event.target.blur();
    return;
  }
  if (typing(event.target) || event.repeat || carried || "fresh" in main.dataset || localStorage.getItem(LETTERS_OFF)) return;
  const target = [...main.querySelectorAll("[data-key]")].find((each) => each.dataset.key === event.key);
  if (!target) return;
  event.preventDefault();
  if (target.matches("button")) target.click();
  else if (target.matches("details")) {
    target.open = !target.open;
    target.querySelector("summary").focus();
  } else if ("first" in target.dataset) target.querySelector("button").focus();
  else target.focus();
});

// --- Notes survive a crash -------------------------------------------------------------------------

const draftOf = (form) => {
  const reference = form.querySelector("input[name=reference], input[name=unit]")?.value;
  return reference && `winnow draft ${document.body.dataset.viewer} ${form.getAttribute("action")} ${reference}`;
};

function forget(form) {
  const name = draftOf(form);
  if (name) localStorage.removeItem(name);
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-swap]");
  const name = form && event.target.matches("textarea[name=note]") && draftOf(form);
  if (name) localStorage.setItem(name, event.target.value);
});

function prepare() {
  for (const note of main.querySelectorAll("form[data-swap] textarea[name=note]")) {
    const kept = localStorage.getItem(draftOf(note.form));
    if (kept && !note.value) note.value = kept;
  }
  for (const place of main.querySelectorAll("[data-switch]")) {
    place.hidden = false;
    const box = place.querySelector("input");
    box.checked = Boolean(localStorage.getItem(LETTERS_OFF));
    box.addEventListener("change", () => {
      if (box.checked) localStorage.setItem(LETTERS_OFF, "1");
      else localStorage.removeItem(LETTERS_OFF);
    });
  }
}

prepare();
