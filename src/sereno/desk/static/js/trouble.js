// What did not reach the desk is said, where the person looks: in the open dialog, else as a toast.
const told = document.getElementById("trouble-words");
const words = told ? JSON.parse(told.textContent) : {};

export function startTrouble() {
  document.body.addEventListener("htmx:configRequest", freshToken);
  document.body.addEventListener("htmx:responseError", (event) => sayTrouble(kindOf(event.detail.xhr)));
  for (const name of ["htmx:sendError", "htmx:timeout"]) {
    document.body.addEventListener(name, (event) => {
      // questions that the page asks by itself are asked again by itself
      if (event.detail.requestConfig?.verb !== "get" || event.detail.target?.id === "case") sayTrouble("network");
    });
  }
}

function kindOf(xhr) {
  if (xhr.status === 403) return xhr.getResponseHeader("X-Sereno-Refused") === "role" ? "role" : "session";
  if (xhr.status === 401) return "session";
  if (xhr.getResponseHeader("X-Sereno-Refused") === "full") return "full";
  return xhr.status === 404 ? "gone" : "server";
}

// whoever signed in again in another tab has a new token; the forms of this page learn it from the cookie
function freshToken(event) {
  const cookie = document.cookie.split("; ").find((part) => part.startsWith("csrftoken="));
  if (cookie && event.detail.parameters.csrfmiddlewaretoken) {
    event.detail.parameters.csrfmiddlewaretoken = cookie.slice("csrftoken=".length);
  }
}

export function sayTrouble(kind) {
  const form = document.querySelector("dialog[open] form.form");
  const place = form ?? document.getElementById("toasts");
  if (!place) return;
  for (const old of document.querySelectorAll("[data-trouble]")) old.remove();
  const line = document.createElement("p");
  line.className = form ? "notice notice--failing" : "toast toast--error";
  line.dataset.trouble = kind;
  line.setAttribute("role", "alert");
  const text = document.createElement("span");
  text.textContent = words[kind] ?? words.server;
  line.append(text);
  place.prepend(line);
}
