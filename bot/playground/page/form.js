// The form in front of somebody: what they typed survives every redraw.

import { blocks } from "./blocks.js";
import { h, replace } from "./dom.js";

let shown = { id: null, hash: null, errors: "" };
let typed = {};

export function drawForm(view, seen, { submit, close, press }) {
  const overlay = document.getElementById("overlay");
  if (!view) {
    overlay.hidden = true;
    shown = { id: null, hash: null, errors: "" };
    return;
  }
  const errors = JSON.stringify(view.errors);
  if (shown.id === view.id && shown.hash === view.hash && shown.errors === errors) return;
  if (shown.id !== view.id || shown.hash !== view.hash) typed = {};
  shown = { id: view.id, hash: view.hash, errors };
  const send = async (event) => {
    event.preventDefault();
    const button = event.target.querySelector("button.primary");
    if (button) button.disabled = true;
    await submit(view, typed);
    if (button) button.disabled = false;
  };
  const title = view.title.text;
  replace(
    overlay,
    h(
      "form",
      { class: "modal", role: "dialog", "aria-label": title, onsubmit: send },
      h(
        "header",
        {},
        h("h2", {}, title),
        h("button", { type: "button", class: "plain", "aria-label": "Close form", onclick: close }, "✕"),
      ),
      h(
        "div",
        { class: "body" },
        blocks(view.blocks, seen, (element) => press(view, element), (block) => field(block, view, seen)),
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
  overlay.querySelector("input, textarea, select")?.focus();
}

function field(block, view, seen) {
  const id = `field-${block.block_id}`;
  const label = block.optional ? `${block.label.text} (optional)` : block.label.text;
  const error = view.errors[block.block_id];
  return h(
    "div",
    { class: "field" },
    h("label", { for: id }, label),
    control(block, id, seen),
    block.hint ? h("div", { class: "small" }, block.hint.text) : null,
    error ? h("div", { class: "error", role: "alert" }, error) : null,
  );
}

function control(block, id, seen) {
  const element = block.element;
  const keep = (event) => {
    typed[block.block_id] = event.target.value;
  };
  const initial = element.initial_value ?? element.initial_user ?? "";
  const value = typed[block.block_id] ?? initial;
  if (element.type === "users_select") {
    const people = seen.people.filter((each) => !each.deleted);
    return h(
      "select",
      { id, onchange: keep },
      h("option", { value: "", selected: !value }, "Choose somebody"),
      people.map((each) =>
        h("option", { value: each.id, selected: each.id === value }, `${each.name} (${each.local})`),
      ),
    );
  }
  const tag = element.multiline ? "textarea" : "input";
  const max = element.max_length;
  const input = h(tag, { id, maxlength: max, oninput: keep, autocomplete: "off" });
  input.value = value;
  return input;
}
