// Slack's markup as elements: tokens, emphasis, quotes, code.

import { h } from "./dom.js";

const EMOJI = {
  white_check_mark: "✅",
  heavy_check_mark: "✔️",
  eyes: "👀",
  thumbsup: "👍",
  "+1": "👍",
  tada: "🎉",
  wave: "👋",
  zap: "⚡",
  warning: "⚠️",
  pushpin: "📌",
  rotating_light: "🚨",
  palm_tree: "🌴",
  face_with_thermometer: "🤒",
  house_with_garden: "🏡",
  spiral_calendar_pad: "🗓️",
  headphones: "🎧",
  speech_balloon: "💬",
  runner: "🏃",
  arrow_right: "➡️",
  leftwards_arrow_with_hook: "↩️",
  question: "❓",
  no_bell: "🔕",
  zzz: "💤",
  hourglass_flowing_sand: "⏳",
  test_tube: "🧪",
  spiral_note_pad: "🗒️",
  no_entry: "⛔",
  no_entry_sign: "🚫",
};

export const emoji = (name) => EMOJI[name] ?? `:${name}:`;
export const STATUSES = [
  "speech_balloon",
  "spiral_calendar_pad",
  "palm_tree",
  "face_with_thermometer",
  "house_with_garden",
  "headphones",
];
export const QUICK_REACTIONS = ["white_check_mark", "eyes", "thumbsup"];

const FENCE = /```\n?([\s\S]*?)\n?```/;
const ATOMS = /`([^`\n]+)`|<([^<>\s][^<>]*)>|:([a-z0-9_+-]+):/g;
const STYLES = [
  [/(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])/, "b"],
  [/(?<![\w_])_(?=\S)([^_\n]+?)(?<=\S)_(?![\w_])/, "i"],
  [/(?<![\w~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\w~])/, "s"],
];
const HELD = 0xe000; // private-use characters stand for what emphasis may span but not look into

const unescape = (text) =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

// The text of a message; `seen` tells how people and channels are called.
export function text(source, seen) {
  const found = FENCE.exec(source);
  if (!found) return lines(source, seen);
  return [
    ...lines(source.slice(0, found.index), seen),
    h("pre", {}, unescape(found[1])),
    ...text(source.slice(found.index + found[0].length), seen),
  ];
}

function lines(source, seen) {
  const runs = [];
  for (const line of source.split("\n")) {
    const quote = /^(?:>|&gt;) ?(.*)$/.exec(line);
    const last = runs.at(-1);
    if (last && last.isQuote === Boolean(quote)) last.lines.push(quote ? quote[1] : line);
    else runs.push({ isQuote: Boolean(quote), lines: [quote ? quote[1] : line] });
  }
  return runs.flatMap((run) => {
    const inner = inline(run.lines.join("\n"), seen);
    return run.isQuote ? [h("blockquote", {}, inner)] : inner;
  });
}

function inline(source, seen) {
  const held = [];
  const hold = (element) => String.fromCharCode(HELD + held.push(element) - 1);
  const flat = source.replace(ATOMS, (all, code, inner, name) => {
    if (code !== undefined) return hold(h("code", {}, unescape(code)));
    if (inner !== undefined) return hold(token(inner, seen));
    return EMOJI[name] ? hold(EMOJI[name]) : all;
  });
  return styled(flat, held);
}

function styled(source, held) {
  for (const [pattern, tag] of STYLES) {
    const found = pattern.exec(source);
    if (found) {
      return [
        ...styled(source.slice(0, found.index), held),
        h(tag, {}, styled(found[1], held)),
        ...styled(source.slice(found.index + found[0].length), held),
      ];
    }
  }
  return source.split(/([\ue000-\uf8ff])/).flatMap((part) => {
    const element = part.length === 1 ? held[part.charCodeAt(0) - HELD] : undefined;
    if (element !== undefined) return [element];
    return part ? [unescape(part)] : [];
  });
}

function token(inner, seen) {
  const [target, label] = inner.split("|");
  if (target.startsWith("@")) return mention(target.slice(1), seen);
  if (target.startsWith("#")) {
    const channel = seen.channels.find((each) => each.id === target.slice(1));
    return h("span", { class: "mention" }, `#${channel?.name ?? label ?? "private channel"}`);
  }
  if (target.startsWith("!subteam^")) return groupMention(target.slice(9), seen, label);
  if (target.startsWith("!date^")) return h("span", {}, instant(Number(target.split("^")[1]), seen));
  if (target.startsWith("!")) return h("span", { class: "mention me" }, `@${target.slice(1)}`);
  return link(unescape(target), [unescape(label ?? target)]);
}

function instant(seconds, seen) {
  const timeZone = seen.people.find((each) => each.id === seen.me)?.tz;
  const shown = { timeZone, weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
  return new Intl.DateTimeFormat("en-GB", shown).format(seconds * 1000);
}

export function mention(id, seen) {
  const person = seen.people.find((each) => each.id === id);
  const isMe = id === seen.me ? " me" : "";
  return h("span", { class: `mention${isMe}` }, `@${person?.name ?? id}`);
}

export function groupMention(id, seen, label) {
  const group = seen.groups.find((each) => each.id === id);
  const members = (group?.members ?? []).map((each) => seen.people.find((one) => one.id === each)?.name ?? each);
  const isMine = group?.members.includes(seen.me) ? " me" : "";
  const name = group ? `@${group.handle}` : label || "@a group";
  return h("span", { class: `mention${isMine}`, title: members.join(", ") || null }, name);
}

export function link(url, label) {
  const isOurs = url.startsWith(`${location.origin}/`);
  const isSafe = /^(https?|mailto):/.test(url);
  if (!isSafe) return h("span", {}, label);
  return h("a", { href: url, target: isOurs ? null : "_blank", rel: "noreferrer" }, label);
}
