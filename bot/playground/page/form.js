// The form in front of somebody: what they typed survives every redraw.

import { blocks } from "./blocks.js";
import { control, isGroup, sure } from "./controls.js";
import { h, replace } from "./dom.js";

let shown = { id: null, hash: null, errors: "" };
let typed = {}; // by block and action, as Slack keeps it while the ids stay the same

const keyOf = (block) => `${block.block_id}/${block.element.action_id}`;

export function drawForm(view, seen, { submit, close, use }) {
  const overlay = document.getElementById("overlay");
  if (!view) {
    overlay.hidden = true;
    shown = { id: null, hash: null, errors: "" };
    return;
  }
  const errors = JSON.stringify(view.errors);
  if (shown.id === view.id && shown.hash === view.hash && shown.errors === errors) return;
  if (shown.id !== view.id) typed = {};
  const focused = shown.id === view.id ? document.activeElement?.id : "";
  shown = { id: view.id, hash: view.hash, errors };
  const send = async (event) => {
    event.preventDefault();
    const button = event.target.querySelector("button.primary");
    if (button) button.disabled = true;
    await submit(view, valuesOf(view));
    if (button) button.disabled = false;
  };
  const useHere = (element, block, chosen) => use(view, element, block, chosen, valuesOf(view));
  const title = view.title.text;
  replace(
    overlay,
    h(
      "form",
      { class: "modal", role: "dialog", "aria-label": title, novalidate: true, onsubmit: send },
      h(
        "header",
        {},
        h("h2", {}, title),
        h("button", { type: "button", class: "plain", "aria-label": "Close form", onclick: close }, "✕"),
      ),
      h(
        "div",
        { class: "body" },
        blocks(view.blocks, seen, {
          use: useHere,
          fields: (block) => field(block, view, seen, useHere),
          given: view.given,
          scope: view.id,
        }),
      ),
      h(
        "footer",
        {},
        h("button", { type: "button", onclick: close }, view.close?.text ?? "Cancel"),
        view.submit ? h("button", { class: "primary" }, view.submit.text) : null,
      ),
    ),
  );
  overlay.hidden = false;
  const first = overlay.querySelector(".body input, .body textarea, .body select");
  (document.getElementById(focused) ?? first)?.focus();
}

function valuesOf(view) {
  const fields = view.blocks.filter((block) => block.type === "input" && keyOf(block) in typed);
  return Object.fromEntries(fields.map((block) => [block.block_id, typed[keyOf(block)]]));
}

function field(block, view, seen, use) {
  const id = `field-${block.block_id}`;
  const label = block.optional ? `${block.label.text} (optional)` : block.label.text;
  const error = view.errors[block.block_id];
  const { element } = block;
  return h(
    "div",
    { class: "field" },
    isGroup(element) ? h("div", { class: "label", id: `${id}-label` }, label) : h("label", { for: id }, label),
    control(element, seen, {
      id,
      labelledBy: `${id}-label`,
      given: typed[keyOf(block)] ?? view.given[block.block_id]?.[element.action_id],
      typed: (value) => {
        typed[keyOf(block)] = value;
      },
      ...(block.dispatch_action ? telling(block, use) : {}),
    }),
    block.hint ? h("div", { class: "small" }, block.hint.text) : null,
    error ? h("div", { class: "error", role: "alert" }, error) : null,
  );
}

// A field that tells the app of each change.
function telling(block, use) {
  const tell = async (value) => {
    if (!block.element.confirm || (await sure(block.element.confirm))) use(block.element, block, value);
  };
  return { change: tell, changeOnce: (input) => tell(input.value) };
}
