// Block Kit as elements. `use(element, block, chosen)` is called when somebody uses one of them;
// `given` is what they chose before, by block and action.

import { control, overflow, sure } from "./controls.js";
import { h } from "./dom.js";
import { emoji, groupMention, link, mention, text } from "./markup.js";

export function blocks(list, seen, { use = null, fields = null, given = {}, scope = "" } = {}) {
  const here = { seen, use, fields, given, scope };
  return list.map((block) => draw(block, here)).filter(Boolean);
}

function draw(block, here) {
  const { seen } = here;
  switch (block.type) {
    case "section":
      return h(
        "div",
        { class: "block section" },
        h(
          "div",
          { class: "text" },
          block.text ? textOf(block.text, seen) : null,
          block.fields ? h("div", { class: "pairs" }, block.fields.map((each) => h("div", {}, textOf(each, seen)))) : null,
        ),
        block.accessory ? element(block.accessory, block, here) : null,
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
        block.elements.map((each) => element(each, block, here)),
      );
    case "input":
      return here.fields ? here.fields(block) : inPlace(block, here);
    case "rich_text":
      return h("div", { class: "text" }, block.elements.map((part) => rich(part, seen)));
    default:
      return h("div", { class: "small" }, `(${block.type})`);
  }
}

const textOf = (shape, seen) => (shape.type === "mrkdwn" ? text(shape.text, seen) : [shape.text]);

// A field of a message or of a home: it has a label, and tells at once if it is meant to.
function inPlace(block, here) {
  return h("div", { class: "field" }, h("div", { class: "label" }, block.label.text), element(block.element, block, here));
}

export function element(shape, block, { seen, use, given, scope }) {
  const send = async (chosen, url) => {
    if (shape.confirm && !(await sure(shape.confirm))) {
      drawn.replaceWith(element(shape, block, { seen, use, given, scope }));
      return;
    }
    if (url) window.open(url, "_blank", "noreferrer");
    use?.(shape, block, chosen);
  };
  const drawn = make(shape, block, { seen, given, scope, send });
  return drawn;
}

function make(shape, block, { seen, given, scope, send }) {
  const id = `${scope}-${block.block_id}-${shape.action_id}`;
  if (shape.type === "button") {
    const onclick = async () => {
      if (shape.url && !shape.confirm) window.location.assign(shape.url);
      await send(undefined);
    };
    return h("button", { type: "button", class: shape.style ?? "", onclick }, textOf(shape.text, seen));
  }
  if (shape.type === "overflow") return overflow(shape, { id, change: send });
  return control(shape, seen, {
    id,
    label: block.label?.text ?? shape.placeholder?.text ?? block.text?.text ?? shape.action_id,
    given: given[block.block_id]?.[shape.action_id],
    isFolded: true,
    change: (value) => {
      document.activeElement?.matches("select") && document.activeElement.blur();
      send(value);
    },
    changeOnce: onceLeft(send),
  });
}

// A time or a date changes with every digit; it is told when it is left, or with Enter.
function onceLeft(send) {
  let waits = false;
  return (input) => {
    if (waits) return;
    waits = true;
    input.addEventListener("keydown", (event) => event.key === "Enter" && input.blur());
    input.addEventListener("blur", () => input.value && send(input.value), { once: true });
    if (document.activeElement !== input) input.dispatchEvent(new Event("blur"));
  };
}

function rich(part, seen) {
  if (part.type === "rich_text_list") {
    const items = part.elements.map((each) => h("li", {}, rich(each, seen)));
    const style = `margin-left:${part.indent * 20}px`;
    return h(part.style === "ordered" ? "ol" : "ul", { style }, items);
  }
  const inner = part.elements.map((each) => styled(richWord(each, seen), each.style));
  if (part.type === "rich_text_quote") return h("blockquote", {}, inner);
  if (part.type === "rich_text_preformatted") return h("pre", {}, inner);
  return h("span", {}, inner);
}

const TAGS = { code: "code", bold: "b", italic: "i", strike: "s" };

const styled = (inner, style = {}) =>
  Object.keys(TAGS).reduce((made, name) => (style[name] ? h(TAGS[name], {}, made) : made), inner);

function richWord(word, seen) {
  switch (word.type) {
    case "user":
      return mention(word.user_id, seen);
    case "usergroup":
      return groupMention(word.usergroup_id, seen);
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
      return word.text;
  }
}
