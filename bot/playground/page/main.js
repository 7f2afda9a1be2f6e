// The page: looks at everything in front of one person, and draws it anew when something changed.

import { openAccount } from "./account.js";
import { act, enter, get, onChange } from "./api.js";
import { blocks } from "./blocks.js";
import { composer } from "./composer.js";
import { h, icon, replace, toast } from "./dom.js";
import { drawForm } from "./form.js";
import { CLOSED, OPEN } from "./menu.js";
import { messageList } from "./messages.js";
import { drawSidebar } from "./sidebar.js";
import { drawTime } from "./time.js";
import { drawTraffic, forgetTraffic } from "./traffic.js";

const state = { team: "", me: "Tom", place: "web-relaunch", tab: "home", thread: "", found: "" };
let seen = null;
let shown = null;
let drawn = "";

function readAddress() {
  const hash = new URLSearchParams(location.hash.slice(1));
  state.me = hash.get("as") ?? sessionStorage.getItem("me") ?? state.me;
  sessionStorage.setItem("me", state.me);
  state.team = hash.get("team") ?? "";
  state.place = hash.get("channel") ?? state.place;
  state.tab = hash.get("tab") ?? state.tab;
  state.found = hash.get("message") ?? "";
  state.thread = hash.get("thread") || state.found;
}

function go(change) {
  const next = { ...state, thread: "", found: "", ...change };
  const hash = new URLSearchParams({ as: next.me, channel: next.place });
  if (next.team) hash.set("team", next.team);
  if (next.place === "app") hash.set("tab", next.tab);
  if (next.thread) hash.set("thread", next.thread);
  document.body.classList.remove("with-sidebar");
  location.hash = hash;
}

// Does something as the person; says so if it was not possible.
async function run(action) {
  try {
    await action();
    return true;
  } catch (error) {
    toast(error.message);
    return false;
  } finally {
    await refresh();
  }
}

const I = (action, given) => run(() => act(state.me, action, given));

let refreshes = 0;

// What a later refresh has overtaken is old: it is not drawn.
async function refresh() {
  const number = ++refreshes;
  const news = await get("see", { person: state.me });
  if (number !== refreshes) return;
  seen = news;
  if (!channelHere()) state.place = seen.channels.find((each) => each.is_member)?.id ?? "app";
  const channel = channelHere();
  const content = channel.id ? await get("channel", { person: state.me, channel: channel.id }) : null;
  if (number !== refreshes) return;
  shown = content;
  const isRead = !document.hidden && !(state.place === "app" && state.tab === "home");
  if (channel.unread && isRead) act(state.me, "read", { channel: channel.id });
  draw();
  await drawTraffic();
}

// The conversation that is open; the app's own before anybody wrote has no id yet.
function channelHere() {
  if (state.place === "app") {
    const direct = seen.channels.find((each) => each.kind === "im" && each.with[0] === seen.app.user);
    return direct ?? { id: "", name: seen.app.name };
  }
  return seen.channels.find((each) => each.id === state.place || each.name === state.place);
}

// What is drawn anew under a pressed mouse button gets no click: drawing waits until it is let go.
let isPressed = false;
let isLate = false;

document.addEventListener("pointerdown", () => (isPressed = true), true);
for (const end of ["pointerup", "pointercancel", "keydown"]) document.addEventListener(end, letGo, true);
document.addEventListener("pointermove", (event) => event.buttons === 0 && letGo(), true);

function letGo() {
  isPressed = false;
  if (isLate) setTimeout(draw);
  isLate = false;
}

function draw() {
  if (isPressed) {
    isLate = true;
    return;
  }
  drawSidebar(seen, state.place === "app" ? "app" : channelHere().id, {
    enter: (team) => go({ team, place: "web-relaunch" }),
    become: (name) => go({ me: name }),
    open: (id) => go({ place: id }),
    openApp: () => go({ place: "app" }),
    openMe: () => openAccount(seen, run),
    openDirect: async (name) => go({ place: (await act(state.me, "direct", { with: [name] })).channel }),
  });
  drawTime(seen, { run, toggleSidebar, toggleTraffic });
  drawConversation();
  drawThread();
  drawForm(seen.view, seen, {
    submit: (view, values) => I("submit", { view: view.id, values }),
    close: () => I("close"),
    use: (view, element, block, chosen, values) =>
      I("press", { view: view.id, values, ...used(element, block, chosen) }),
  });
}

// What somebody used, as the local Slack is told of it.
const used = (element, block, chosen) => ({
  action_id: element.action_id,
  block_id: block.block_id,
  value: element.value,
  chosen,
});

// On a narrow page the sidebar lies over the conversation while somebody looks for another.
function toggleSidebar() {
  document.body.classList.toggle("with-sidebar");
  draw();
}

function toggleTraffic() {
  const box = document.getElementById("traffic");
  box.hidden = !box.hidden;
  drawTraffic();
}

const composing = {
  seen: () => seen,
  use: (shortcut) => I("shortcut", { callback_id: shortcut.callback_id }),
};

function drawConversation() {
  const channel = channelHere();
  const isHome = state.place === "app" && state.tab === "home";
  const here = `${state.team} ${state.me} ${state.place} ${state.tab}`;
  const main = document.getElementById("conversation");
  const roots = (shown?.messages ?? []).filter((message) => !message.is_reply || message.is_ephemeral);
  if (here !== drawn) {
    drawn = here;
    const list = h("div", { class: "messages" });
    const write = composer(`Message ${titleOf(channel)}`, { ...composing, send: (text) => say(text) });
    replace(main, h("div", { class: "head" }), list, isHome ? null : write);
  }
  replace(main.querySelector(".head"), heading(channel));
  const list = main.querySelector(".messages");
  const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  redraw(list, isHome ? homePage() : roots.length ? messageList(roots, seen, zone(), does, state.found) : nothingYet(channel));
  const found = state.found && list.querySelector(".found");
  if (found) found.scrollIntoView({ block: "center" });
  else if (isAtEnd && !isHome) list.scrollTop = list.scrollHeight;
}

const TYPING = "textarea, select, input:not([type=checkbox], [type=radio])";

// Draws a list anew, but not under the hands of somebody who types or chooses in it.
function redraw(list, content) {
  const focused = list.contains(document.activeElement) ? document.activeElement : null;
  if (focused?.matches(TYPING)) return redrawAfter("blur", focused);
  const menu = list.querySelector(OPEN);
  if (menu) return redrawAfter(CLOSED, menu);
  replace(list, content);
  if (focused?.id) document.getElementById(focused.id)?.focus({ preventScroll: true });
}

function redrawAfter(what, element) {
  if (!element.dataset.late) element.addEventListener(what, () => refresh(), { once: true });
  element.dataset.late = "yes";
}

function heading(channel) {
  const lock = channel.kind === "group" ? [icon("lock"), " "] : [];
  const parts = [h("h2", {}, lock, titleOf(channel))];
  if (state.place === "app") {
    const tab = (name, label) =>
      h("button", { role: "tab", "aria-selected": state.tab === name ? "true" : "false", onclick: () => go({ tab: name }) }, label);
    return [...parts, h("div", { class: "tabs", role: "tablist" }, tab("home", "Home"), tab("messages", "Messages"))];
  }
  const isRoom = channel.kind === "channel" || channel.kind === "group";
  parts.push(h("span", { class: "about" }, shown.topic || (isRoom ? `${shown.members.length} members` : "")));
  if (channel.is_archived) parts.push(h("span", { class: "about" }, "archived"));
  if (channel.is_shared) parts.push(h("span", { class: "about" }, "shared with another company"));
  if (isRoom && !channel.is_member) {
    parts.push(h("button", { onclick: () => I("join", { channel: channel.id }) }, "Join"));
  }
  if (isRoom && !shown.members.includes(seen.app.user)) {
    const add = () => I("invite", { channel: channel.id, whom: seen.app.user });
    parts.push(h("button", { onclick: add }, `Add ${seen.app.name}`));
  }
  return parts;
}

function titleOf(channel) {
  if (state.place === "app") return seen.app.name;
  if (channel.kind === "channel" || channel.kind === "group") return `#${channel.name}`;
  return channel.with.map((id) => seen.people.find((each) => each.id === id)?.name ?? id).join(", ");
}

function homePage() {
  if (!seen.home) return h("div", { class: "empty" }, `${seen.app.name} has put nothing here for you.`);
  const use = (element, block, chosen) => I("press", { view: seen.home.id, ...used(element, block, chosen) });
  const options = { use, given: seen.home.given, scope: seen.home.id };
  return h("div", { class: "home" }, blocks(seen.home.blocks, seen, options));
}

function nothingYet(channel) {
  const isHere = shown?.members.includes(seen.app.user);
  if (channel.kind !== "channel" && channel.kind !== "group") return h("div", { class: "empty" }, "Nothing was written here yet.");
  const advice = isHere
    ? ` ${seen.app.name} is here: type /ask @Priya and a question, and move the clock on. Its coach is silent until Tom switches it on: /baton settings channel.`
    : ` ${seen.app.name} is not in this channel; add it above.`;
  return h("div", { class: "empty" }, `Nobody has written in ${titleOf(channel)} yet.`, advice);
}

function drawThread() {
  const pane = document.getElementById("thread");
  const root = shown?.messages.find((message) => message.ts === state.thread);
  pane.hidden = !root;
  if (!root) {
    pane.replaceChildren();
    return;
  }
  if (pane.dataset.root !== root.ts || !pane.children.length) {
    pane.dataset.root = root.ts;
    const write = composer("Reply", { ...composing, send: (text) => say(text, state.thread) });
    const close = h("button", { class: "plain", "aria-label": "Close thread", onclick: () => go({}) }, "✕");
    const head = h("div", { class: "head" }, h("h2", {}, "Thread"), h("span", { class: "about" }), close);
    replace(pane, head, h("div", { class: "messages" }), write);
  }
  const replies = shown.messages.filter((message) => message.is_reply && message.thread_ts === root.ts);
  const list = pane.querySelector(".messages");
  redraw(list, messageList([root, ...replies], seen, zone(), does, state.found));
  list.scrollTop = list.scrollHeight;
}

const zone = () => seen.people.find((each) => each.id === seen.me).tz;

const does = {
  use: (message, element, block, chosen) =>
    I("press", { channel: shown.channel, ts: message.ts, ...used(element, block, chosen) }),
  react: (message, name, add) => I("react", { channel: shown.channel, ts: message.ts, emoji: name, add }),
  reply: (message) => go({ thread: message.thread_ts ?? message.ts }),
  shortcut: (message, shortcut) =>
    I("shortcut", { callback_id: shortcut.callback_id, channel: shown.channel, ts: message.ts }),
  remove: (message) => I("delete", { channel: shown.channel, ts: message.ts }),
  copyLink: (message) => {
    const link = `${seen.team.url}archives/${shown.channel}/p${message.ts.replace(".", "")}`;
    navigator.clipboard?.writeText(link);
    toast(`Copied ${link}`);
  },
  edit: (message) => {
    const text = window.prompt("Edit the message", plain(message.text));
    if (text !== null) I("edit", { channel: shown.channel, ts: message.ts, text });
  },
};

// Back to what somebody typed, for editing.
function plain(source) {
  const name = (id) => seen.people.find((each) => each.id === id)?.name ?? id;
  return source
    .replace(/<@(\w+)[^>]*>/g, (all, id) => `@${name(id)}`)
    .replace(/<#\w+\|([^>]*)>/g, "#$1")
    .replace(/<!subteam\^(\w+)[^>]*>/g, (all, id) => `@${seen.groups.find((each) => each.id === id)?.handle ?? id}`)
    .replace(/<!(\w+)>/g, "@$1")
    .replace(/<(https?:[^|>]+)[^>]*>/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

async function say(text, thread) {
  const channel = channelHere().id || (await act(state.me, "direct", { with: [seen.app.user] })).channel;
  const invited = /^\/invite\s+@?(.+)$/.exec(text);
  if (invited) return I("invite", { channel, whom: invited[1].trim() });
  if (text.startsWith("/")) return I("command", { channel, text });
  return I("post", { channel, text, ...(thread ? { thread_ts: thread } : {}) });
}

function move() {
  enter(state.team);
  forgetTraffic();
  onChange(() => refresh().catch((error) => toast(error.message)));
}

async function arrive() {
  const [before, left] = [`${state.me} ${state.place} ${state.tab}`, state.team];
  readAddress();
  const isElsewhere = state.team !== left || !seen;
  const isNew = `${state.me} ${state.place} ${state.tab}` !== before || isElsewhere;
  if (isElsewhere) move();
  await refresh();
  if (isNew && state.place === "app" && state.tab === "home") await act(state.me, "home");
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
  if (document.body.classList.contains("with-sidebar")) toggleSidebar();
  if (seen?.view) I("close");
});
document.getElementById("conversation").addEventListener("click", () => {
  if (document.body.classList.contains("with-sidebar")) toggleSidebar();
});
window.addEventListener("hashchange", arrive);
await arrive();
