// Block Kit as elements. `press(element, block)` is called for buttons.

import { h } from "./dom.js";
import { emoji, link, mention, text } from "./markup.js";

export function blocks(list, seen, press = null, fields = null) {
  return list.map((block) => draw(block, seen, press, fields)).filter(Boolean);
}

function draw(block, seen, press, fields) {
  switch (block.type) {
    case "section":
      return h(
        "div",
        { class: "block section" },
        h("div", { class: "text" }, textOf(block.text, seen)),
        block.accessory ? element(block.accessory, block, seen, press) : null,
      );
    case "header":
      return h("div", { class: "block" }, h("h3", {}, textOf(block.text, seen)));
    case "context":
      return h(
        "div",
        { class: "block context text" },
        block.elements.flatMap((each) => textOf(each, seen)),
      );
    case "divider":
      return h("div", { class: "block" }, h("hr"));
    case "actions":
      return h(
        "div",
        { class: "block actions" },
        block.elements.map((each) => element(each, block, seen, press)),
      );
    case "input":
      return fields ? fields(block) : null;
    case "rich_text":
      return h("div", { class: "text" }, block.elements.map((part) => rich(part, seen)));
    default:
      return h("div", { class: "small" }, `(${block.type})`);
  }
}

const textOf = (shape, seen) => (shape.type === "mrkdwn" ? text(shape.text, seen) : [shape.text]);

function element(shape, block, seen, press) {
  if (shape.type !== "button") return h("span", { class: "small" }, `(${shape.type})`);
  const onclick = () => {
    if (shape.url) window.location.assign(shape.url);
    press?.(shape, block);
  };
  return h("button", { class: shape.style ?? "", onclick }, textOf(shape.text, seen));
}

function rich(part, seen) {
  const inner = part.elements.map((each) => richWord(each, seen));
  if (part.type === "rich_text_quote") return h("blockquote", {}, inner);
  if (part.type === "rich_text_preformatted") return h("pre", {}, inner);
  return h("span", {}, inner);
}

function richWord(word, seen) {
  switch (word.type) {
    case "user":
      return mention(word.user_id, seen);
    case "channel": {
      const channel = seen.channels.find((each) => each.id === word.channel_id);
      return h("span", { class: "mention" }, `#${channel?.name ?? "private channel"}`);
    }
    case "broadcast":
      return h("span", { class: "mention me" }, `@${word.range}`);
    case "emoji":
      return emoji(word.name);
    case "link":
      return link(word.url, [word.text ?? word.url]);
    default:
      return code(word.text);
  }
}

// What people typed between backticks arrives as plain text.
const code = (source) => {
  const parts = source.split(/`([^`\n]+)`/);
  return h("span", {}, parts.map((part, index) => (index % 2 ? h("code", {}, part) : part)));
};
