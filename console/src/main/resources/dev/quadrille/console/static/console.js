// Shows a page's parts as they change, and sends its buttons' forms without leaving it. Without this script every page and
// every button works too.

const RETRY_MS = 2000;
const SILENCE_MS = 15000;
const RENEWED_MS = 3000;
const FULL_MS = 10000;

const body = document.body;
const connection = document.getElementById("connection");
const told = document.getElementById("told");

// --- what is pushed ---------------------------------------------------------------------------------------------------

let source = null;
let watchdog = 0;

const parts = document.querySelectorAll("main > section[id^='part-']");

function address() {
  const here = new URL(location.href);
  here.hash = "";
  here.searchParams.set("key", body.dataset.key);
  return here;
}

function listen() {
  hush();
  source = new EventSource(address());
  for (const part of parts) {
    source.addEventListener(part.id.slice("part-".length), (event) => update(part, event.data));
  }
  source.addEventListener("connection", (event) => {
    heard();
    renewed();
    say(event.data && event.data + " What you see is what was last known; it goes on by itself.");
  });
  source.addEventListener("full", () => {
    hush();
    say("So many pages are open that this one is brought up to date every ten seconds only.");
    reload().catch(gone).finally(renewed);
    watchdog = setTimeout(listen, FULL_MS);
  });
  source.onerror = () => {
    gone();
    // A browser tries again by itself, but not after an answer that it did not like.
    if (source?.readyState === EventSource.CLOSED) {
      later(RETRY_MS);
    }
  };
  heard();
}

async function reload() {
  const answer = await fetch(address());
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of parts) {
    const now = page.getElementById(part.id);
    if (now) {
      update(part, now.innerHTML);
    }
  }
}

function hush() {
  clearTimeout(watchdog);
  source?.close();
  source = null;
}

function heard() {
  later(SILENCE_MS);
}

function later(milliseconds) {
  clearTimeout(watchdog);
  watchdog = setTimeout(() => {
    gone();
    listen();
  }, milliseconds);
}

function gone() {
  say("The console does not answer. What you see is what was last known; it goes on by itself.");
}

function say(sentence) {
  if (connection.textContent !== sentence) {
    connection.textContent = sentence;
  }
}

// A hidden page does not listen: a browser has but few connections to one server, for all its tabs together.
function listenWhileSeen() {
  if (document.visibilityState === "visible") {
    listen();
  } else {
    hush();
  }
}

if (body.dataset.live) {
  document.addEventListener("visibilitychange", listenWhileSeen);
  addEventListener("pagehide", hush);
  addEventListener("pageshow", listenWhileSeen);
}

// --- changing what is shown, leaving what stays as it is --------------------------------------------------------------

function update(part, html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  const focused = document.activeElement;
  morph(part, fresh.content);
  if (focused?.id && document.activeElement !== focused) {
    const same = document.getElementById(focused.id);
    if (same) {
      same.focus({ preventScroll: true });
    } else if (!part.contains(document.activeElement)) {
      // What it did is done, and it is gone: the keyboard goes on from here.
      part.tabIndex = -1;
      part.focus({ preventScroll: true });
    }
  }
}

// Makes the children of one node those of the other. Nodes with an id stay the same node wherever they move to.
function morph(node, wanted) {
  const known = new Map();
  for (const child of node.children) {
    if (child.id) {
      known.set(child.id, child);
    }
  }
  let next = node.firstChild;
  for (const child of [...wanted.childNodes]) {
    const match = child.id ? known.get(child.id) : alike(next, child) ? next : null;
    if (!match || match.nodeName !== child.nodeName) {
      node.insertBefore(child, next);
    } else {
      if (match === next) {
        next = next.nextSibling;
      } else {
        node.insertBefore(match, next);
      }
      adapt(match, child);
    }
  }
  while (next) {
    const rest = next;
    next = next.nextSibling;
    rest.remove();
  }
}

function alike(one, other) {
  return one && one.nodeType === other.nodeType && one.nodeName === other.nodeName && !one.id;
}

function adapt(node, wanted) {
  if (node.nodeType !== Node.ELEMENT_NODE) {
    if (node.nodeValue !== wanted.nodeValue) {
      node.nodeValue = wanted.nodeValue;
    }
    return;
  }
  for (const { name } of [...node.attributes]) {
    if (!wanted.hasAttribute(name) && name !== "aria-disabled") {
      node.removeAttribute(name);
    }
  }
  for (const { name, value } of wanted.attributes) {
    if (node.getAttribute(name) !== value) {
      node.setAttribute(name, value);
    }
  }
  morph(node, wanted);
}

// --- buttons ----------------------------------------------------------------------------------------------------------

const sending = new WeakSet();

// Whether the forms have the request ids of their page's key, as they have once all of it was pushed.
let fresh = Promise.resolve();
let renewed = () => {};

// From here on a click is a wish of its own.
function renew(key) {
  body.dataset.key = key;
  if (body.dataset.live && document.visibilityState === "visible") {
    fresh = new Promise((resolve) => {
      renewed = resolve;
      setTimeout(resolve, RENEWED_MS);
    });
    listen();
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") {
    return;
  }
  event.preventDefault();
  if (!sending.has(form)) {
    send(form);
  }
});

async function send(form) {
  sending.add(form);
  const button = form.querySelector("button");
  // Not disabled: it would lose the focus.
  button.setAttribute("aria-disabled", "true");
  tell("wait", button.textContent.trim() + " …");
  try {
    await fresh;
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { "Console-Part": "told" },
      body: new URLSearchParams(new FormData(form)),
    });
    told.innerHTML = await answer.text();
    const key = answer.headers.get("Console-Key");
    if (key) {
      renew(key);
    }
  } catch {
    tell("bad", "The console does not answer, and may have heard you or not. Press again once it does: it counts once.");
  } finally {
    sending.delete(form);
    button.removeAttribute("aria-disabled");
  }
}

function tell(tone, sentence) {
  const notice = document.createElement("div");
  notice.className = "notice " + tone;
  notice.textContent = sentence;
  told.replaceChildren(notice);
}
