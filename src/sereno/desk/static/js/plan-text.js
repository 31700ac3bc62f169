// The plan as text: CodeMirror over the plain field, which keeps the text for the form and works without this script.
// The editor stands in a shadow root: there CodeMirror's styles are constructed sheets, which the policy allows.
import * as cm from "../vendor/codemirror-yaml.min.js";
import { paint, look } from "./plan-text-look.js";

const CHECK_AFTER = 400;
const words = JSON.parse(document.getElementById("editor-words").textContent);
const form = document.getElementById("text-form");
const plain = document.getElementById("text");
const state = document.getElementById("save-state");
const saysNothing = document.getElementById("rule-says").textContent;
let saved = form.dataset.unsaved === undefined ? plain.value : null;
let rules = [];
let asking = null;
let timer = 0;
let leaving = false;

const host = document.createElement("div");
host.className = "editor__host";
plain.hidden = true;
plain.after(host);
// the desk's single keys listen on the document; what is typed here is text
host.addEventListener("keydown", (event) => event.stopPropagation());

const view = new cm.EditorView({
  root: host.attachShadow({ mode: "open" }),
  parent: host.shadowRoot,
  state: cm.EditorState.create({
    doc: plain.value,
    extensions: [
      cm.lineNumbers(),
      cm.foldGutter(),
      cm.lintGutter(),
      cm.highlightActiveLine(),
      cm.highlightActiveLineGutter(),
      cm.highlightSelectionMatches(),
      cm.history(),
      cm.drawSelection(),
      cm.indentOnInput(),
      cm.indentUnit.of("  "),
      cm.bracketMatching(),
      cm.search({ top: true }),
      cm.yaml(),
      cm.keymap.of([
        { key: "Mod-s", run: () => (save(), true), preventDefault: true },
        { key: "Tab", run: cm.indentMore },
        { key: "Shift-Tab", run: cm.indentLess },
        ...cm.searchKeymap,
        ...cm.historyKeymap,
        ...cm.foldKeymap,
        ...cm.lintKeymap,
        ...cm.defaultKeymap,
      ]),
      cm.EditorState.phrases.of(words.phrases),
      cm.EditorView.contentAttributes.of({ "aria-label": words.label, spellcheck: "false", tabindex: "0" }),
      cm.EditorView.updateListener.of(changed),
      // a phone shows a third of a line: there lines go on below
      ...(matchMedia("(max-width: 48rem)").matches ? [cm.EditorView.lineWrapping] : []),
      ...look(cm),
    ],
  }),
});
document.getElementById("editor-keys").hidden = false;
show(JSON.parse(document.getElementById("editor-found").textContent), false);
tellState();
if (form.dataset.line) toLine(Number(form.dataset.line));

function changed(update) {
  if (update.docChanged) {
    plain.value = view.state.doc.toString();
    tellState();
    clearTimeout(timer);
    timer = setTimeout(check, CHECK_AFTER);
  }
  if (update.selectionSet || update.docChanged) sayRule();
}

// what was typed while an answer was under way is asked about anew; an answer to an older text is thrown away
async function check() {
  asking?.abort();
  asking = new AbortController();
  const text = plain.value;
  try {
    const answer = await fetch(form.dataset.check, {
      method: "POST",
      body: text,
      signal: asking.signal,
      headers: { "Content-Type": "text/plain; charset=utf-8", "X-CSRFToken": token() },
    });
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const found = await answer.json();
    if (text === plain.value) show(found, true);
  } catch (error) {
    if (error.name !== "AbortError") document.getElementById("counted").textContent = words.unchecked;
  }
}

function show(found, anew) {
  rules = found.rules;
  const lines = view.state.doc.lines;
  const diagnostics = found.issues.map((issue) => {
    const line = view.state.doc.line(Math.min(Math.max(issue.line, 1), lines));
    const indent = line.text.length - line.text.trimStart().length;
    return { from: line.from + indent, to: line.to, severity: issue.severity, message: issue.message };
  });
  view.dispatch(cm.setDiagnostics(view.state, diagnostics));
  if (anew) {
    document.getElementById("counted").textContent = found.sentence;
    document.getElementById("faults").replaceChildren(...listed(found.issues));
  }
  sayRule();
}

function listed(issues) {
  if (!issues.length) {
    const none = document.createElement("li");
    none.className = "soft faults__none";
    none.textContent = words.none;
    return [none];
  }
  return issues.map((issue) => {
    const item = document.getElementById("fault-pattern").content.firstElementChild.cloneNode(true);
    item.classList.add(`fault--${issue.severity}`);
    item.querySelector("strong").textContent = words[issue.severity];
    const link = item.querySelector("[data-line]");
    link.textContent = issue.message;
    link.href = `?line=${issue.line}`;
    link.dataset.line = issue.line;
    item.querySelector("[data-where]").textContent = words.line.replace("{0}", issue.line);
    if (issue.severity === "warning" && issue.code) {
      const accept = item.querySelector("[data-accept]");
      const query = new URLSearchParams({ warning: issue.code, at: issue.at, back: "text" });
      accept.hidden = false;
      accept.querySelector("a").href = `${form.dataset.accept}?${query}`;
    }
    return item;
  });
}

document.getElementById("faults").addEventListener("click", (event) => {
  const link = event.target.closest("[data-line]");
  if (!link || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  toLine(Number(link.dataset.line));
});

function toLine(number) {
  const line = view.state.doc.line(Math.min(Math.max(number, 1), view.state.doc.lines));
  view.dispatch({ selection: { anchor: line.from }, effects: cm.EditorView.scrollIntoView(line.from, { y: "center" }) });
  view.focus();
  host.scrollIntoView({ block: "nearest" });
}

function sayRule() {
  const line = view.state.doc.lineAt(view.state.selection.main.head).number;
  const rule = rules.find((one) => one.from <= line && line <= one.to);
  const place = document.getElementById("rule-says");
  const says = rule ? rule.says : saysNothing;
  if (place.textContent !== says) place.textContent = says;
  place.classList.toggle("soft", !rule);
}

form.addEventListener("submit", (event) => {
  if (leaving) return;
  event.preventDefault();
  save();
});

async function save() {
  const text = plain.value;
  paint(state, words.saving);
  const body = new FormData(form);
  body.set("text", text);
  try {
    const answer = await fetch(form.action, {
      method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": token() },
    });
    // two texts, or a draft whose life is over: the page says so, with this text in it
    if (answer.status === 422) {
      leaving = true;
      form.submit();
      return;
    }
    if (answer.status === 413) return paint(state, words.too_long, "failed");
    if (!answer.ok || answer.redirected) return paint(state, words.refused, "failed");
    const found = await answer.json();
    form.elements.revision.value = found.revision;
    saved = text;
    if (text === plain.value) show(found, true);
    tellState(true);
  } catch {
    paint(state, words.failed, "failed");
  }
}

function tellState(just = false) {
  if (plain.value !== saved) paint(state, words.unsaved, "unsaved");
  else paint(state, just ? words.saved : "", "");
}

addEventListener("beforeunload", (event) => {
  if (plain.value !== saved && !leaving) event.preventDefault();
});

// whoever signed in again in another tab has a new token
function token() {
  const cookie = document.cookie.split("; ").find((part) => part.startsWith("csrftoken="));
  return cookie ? cookie.slice("csrftoken=".length) : form.elements.csrfmiddlewaretoken.value;
}
