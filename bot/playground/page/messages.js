// Messages: who said what when, what can be done with it.

import { statusOf } from "./account.js";
import { address } from "./api.js";
import { blocks } from "./blocks.js";
import { h, icon } from "./dom.js";
import { QUICK_REACTIONS, emoji, text } from "./markup.js";
import { menuBehind } from "./menu.js";

const COLOURS = ["#2a6f97", "#8a4f7d", "#3d7a5a", "#a5532b", "#5b5ea6", "#8c6d1f", "#a23b4a", "#35686d"];

export function avatar(person) {
  const sum = [...person.id].reduce((total, char) => total + char.charCodeAt(0), 0);
  const style = `background:${person.is_bot ? "#1d3557" : COLOURS[sum % COLOURS.length]}`;
  return h("div", { class: "avatar", style, "aria-hidden": "true" }, person.name.slice(0, 1));
}

export function timeOf(ts, zone, options) {
  return new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }).format(parseFloat(ts) * 1000);
}

// `does` tells what to do about a message: use, react, reply, shortcut, edit, remove.
export function messageList(list, seen, zone, does, foundTs) {
  let day = "";
  return list.flatMap((message) => {
    const today = timeOf(message.ts, zone, { weekday: "long", day: "numeric", month: "long" });
    const line = today === day ? [] : [h("div", { class: "day" }, h("span", {}, today))];
    day = today;
    return [...line, drawMessage(message, seen, zone, does, foundTs)];
  });
}

function drawMessage(message, seen, zone, does, foundTs) {
  const app = { id: message.bot_id ?? "gone", name: message.username ?? "Slack", is_bot: true };
  const author = seen.people.find((each) => each.id === message.user) ?? app;
  const classes = ["message", message.is_ephemeral ? "ephemeral" : "", message.ts === foundTs ? "found" : ""];
  return h(
    "article",
    { class: classes.join(" "), "data-ts": message.ts, "aria-label": `Message of ${author.name}` },
    avatar(author),
    h(
      "div",
      {},
      byline(message, author, zone),
      body(message, seen, does),
      (message.attachments ?? []).map((each) => attachment(each, seen)),
      (message.files ?? []).map((file) => picture(file, seen)),
      reactions(message, seen, does),
      replies(message, does),
    ),
    message.is_ephemeral || message.subtype === "tombstone" ? null : tools(message, seen, does),
  );
}

function byline(message, author, zone) {
  return h(
    "div",
    { class: "byline" },
    h("b", {}, author.name),
    author.status?.emoji ? h("span", { class: "status-mark", title: author.status.text }, statusOf(author)) : null,
    author.is_bot ? h("span", { class: "app-mark" }, "APP") : null,
    author.is_external ? h("span", { class: "app-mark" }, "OTHER COMPANY") : null,
    h("time", {}, timeOf(message.ts, zone, { hour: "2-digit", minute: "2-digit" })),
    message.edited ? h("span", { class: "note" }, "(edited)") : null,
    message.is_ephemeral ? h("span", { class: "note" }, icon("eye"), " Only visible to you") : null,
  );
}

function body(message, seen, does) {
  if (message.blocks?.length) {
    const use = (element, block, chosen) => does.use(message, element, block, chosen);
    const options = { use, given: message.given, scope: message.ts };
    return h("div", {}, blocks(message.blocks, seen, options));
  }
  return h("div", { class: "text", dir: "auto" }, text(message.text, seen));
}

function attachment(shape, seen) {
  const title = shape.title ? (shape.title_link ? `<${shape.title_link}|${shape.title}>` : shape.title) : null;
  const fields = (shape.fields ?? []).map((each) => `*${each.title}*: ${each.value}`);
  const parts = [title, shape.text, ...fields].filter(Boolean);
  if (!parts.length && !shape.pretext && shape.fallback) parts.push(shape.fallback);
  const lines = (list) => list.map((each) => h("div", {}, text(each, seen)));
  return h(
    "div",
    { class: "text", dir: "auto" },
    shape.pretext ? lines([shape.pretext]) : null,
    h("div", { class: "attachment" }, lines(parts)),
  );
}

function picture(file, seen) {
  const src = address("file", { person: seen.me, id: file.id });
  return h("img", { class: "picture", src, alt: file.alt_txt ?? file.title });
}

function reactions(message, seen, does) {
  if (!message.reactions?.length) return null;
  const chip = (reaction) => {
    const mine = reaction.users.includes(seen.me);
    const names = reaction.users.map((id) => seen.people.find((each) => each.id === id)?.name ?? id);
    const props = { "aria-pressed": mine ? "true" : "false", title: names.join(", ") };
    return h(
      "button",
      { ...props, onclick: () => does.react(message, reaction.name, !mine) },
      `${emoji(reaction.name)} ${reaction.count}`,
    );
  };
  return h("div", { class: "reactions" }, message.reactions.map(chip));
}

function replies(message, does) {
  if (!message.reply_count) return null;
  const word = message.reply_count === 1 ? "reply" : "replies";
  return h("button", { class: "replies", onclick: () => does.reply(message) }, `${message.reply_count} ${word}`);
}

function tools(message, seen, does) {
  const shortcuts = seen.app.shortcuts.filter((each) => !each.is_global);
  const entries = shortcuts.map((each) => [`${each.name} · ${seen.app.name}`, () => does.shortcut(message, each)]);
  entries.push(["Copy link", () => does.copyLink(message)]);
  if (message.user === seen.me) entries.push(["Edit", () => does.edit(message)], ["Delete", () => does.remove(message)]);
  return h(
    "div",
    { class: "tools" },
    QUICK_REACTIONS.map((name) =>
      h("button", { class: "plain", "aria-label": `React with ${name}`, onclick: () => does.react(message, name, true) }, emoji(name)),
    ),
    h("button", { class: "plain", "aria-label": "Reply in thread", onclick: () => does.reply(message) }, icon("reply")),
    menuBehind({ class: "plain", "aria-label": "More actions" }, icon("more"), entries),
  );
}
