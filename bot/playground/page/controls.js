// The elements that people fill in or choose from, drawn for one person.
//
// `here.id` names the element on the page, `here.given` is what was typed or chosen before, and
// `here.change(value)` is told what is typed or chosen now, as the server takes it: the value of an
// option, an id, a text, or a list of those.

import { h } from "./dom.js";
import { text } from "./markup.js";
import { menuBehind } from "./menu.js";

const open = new Set(); // lists that are unfolded stay so when the page is drawn anew

export const optionsOf = (element) => [
  ...(element.options ?? []),
  ...(element.option_groups ?? []).flatMap((group) => group.options),
];

// Whether the element consists of several controls, which one label cannot name.
export const isGroup = (element) =>
  ["checkboxes", "radio_buttons"].includes(element.type) || element.type.startsWith("multi_");

export function control(element, seen, here) {
  const given = here.given ?? initial(element);
  if (element.type === "radio_buttons") return boxes("radio", optionsOf(element), [given], seen, here);
  if (element.type === "checkboxes") return boxes("checkbox", optionsOf(element), given, seen, here);
  if (element.type.startsWith("multi_")) return chooser(element, given, seen, here);
  if (element.type === "static_select") return menu(element, staticEntries(element), given, "Choose an option", here);
  if (element.type === "users_select") return menu(element, people(seen), given, "Choose somebody", here);
  if (element.type.endsWith("s_select")) return menu(element, channels(element, seen), given, "Choose a channel", here);
  return field(element, given, here);
}

function initial(element) {
  const value = (option) => option.value;
  if (element.initial_options) return element.initial_options.map(value);
  if (element.initial_option) return element.initial_option.value;
  const name = Object.keys(element).find((key) => key.startsWith("initial_"));
  if (name) return element[name];
  return isGroup(element) && element.type !== "radio_buttons" ? [] : "";
}

function field(element, given, here) {
  const kinds = { timepicker: "time", datepicker: "date", number_input: "number" };
  const props = {
    id: here.id,
    type: kinds[element.type],
    "aria-label": here.label,
    placeholder: element.placeholder?.text,
    maxlength: element.max_length,
    min: element.min_value,
    max: element.max_value,
    step: element.is_decimal_allowed ? "any" : null,
    autocomplete: "off",
    oninput: (event) => here.typed?.(event.target.value),
    onchange: (event) => event.target.value !== given && here.changeOnce?.(event.target),
  };
  const input = h(element.multiline ? "textarea" : "input", props);
  input.value = given;
  return input;
}

const staticEntries = (element) =>
  (element.option_groups ?? [{ options: element.options }]).map((group) => ({
    label: group.label?.text,
    entries: group.options.map((option) => [option.value, option.text.text]),
  }));

const people = (seen) => [
  {
    entries: seen.people
      .filter((each) => !each.deleted)
      .map((each) => [each.id, `${each.name} (${each.local})`]),
  },
];

function channels(element, seen) {
  const kinds = { public: "channel", private: "group" };
  const wanted = element.filter?.include ?? ["public", "private"];
  const shown = element.type.includes("channels") ? ["channel"] : wanted.map((kind) => kinds[kind]);
  const entries = seen.channels
    .filter((each) => shown.includes(each.kind))
    .map((each) => [each.id, `#${each.name}`]);
  return [{ entries }];
}

function menu(element, groups, given, placeholder, here) {
  const entry = ([value, label]) => h("option", { value, selected: value === given }, label);
  const lists = groups.map((group) =>
    group.label ? h("optgroup", { label: group.label }, group.entries.map(entry)) : group.entries.map(entry),
  );
  const onchange = (event) => {
    here.typed?.(event.target.value);
    here.change?.(event.target.value);
  };
  return h(
    "select",
    { id: here.id, "aria-label": here.label, onchange },
    h("option", { value: "", selected: !given }, element.placeholder?.text ?? placeholder),
    lists.flat(),
  );
}

// Boxes of which several, or radio buttons of which one, are ticked.
function boxes(type, options, given, seen, here) {
  const ticked = new Set(given);
  const group = h("div", { class: "boxes", role: type === "radio" ? "radiogroup" : "group", id: here.id, "aria-labelledby": here.labelledBy, "aria-label": here.label });
  const onchange = (event) => {
    if (type === "radio") ticked.clear();
    if (event.target.checked) ticked.add(event.target.value);
    else ticked.delete(event.target.value);
    const chosen = options.map((option) => option.value).filter((value) => ticked.has(value));
    const value = type === "radio" ? chosen[0] : chosen;
    here.typed?.(value);
    here.change?.(value);
  };
  group.append(
    ...options.map((option, index) => {
      const box = h("input", { type, name: here.id, id: `${here.id}-${index}`, value: option.value, onchange });
      box.checked = ticked.has(option.value);
      const words = option.text.type === "mrkdwn" ? text(option.text.text, seen) : [option.text.text];
      const about = option.description ? h("span", { class: "small" }, option.description.text) : null;
      return h("label", {}, box, h("span", {}, words, about ? " " : null, about));
    }),
  );
  return group;
}

// A list to choose several from; it is folded up outside of forms.
function chooser(element, given, seen, here) {
  const groups = element.type === "multi_static_select" ? staticEntries(element) : element.type === "multi_users_select" ? people(seen) : channels(element, seen);
  const options = groups.flatMap((group) =>
    group.entries.map(([value, label]) => ({ value, text: { type: "plain_text", text: label } })),
  );
  const list = boxes("checkbox", options, given, seen, here);
  list.classList.add("long");
  if (!here.isFolded) return list;
  const title = given.length ? `${given.length} chosen` : (element.placeholder?.text ?? "Choose");
  const ontoggle = (event) => (event.target.open ? open.add(here.id) : open.delete(here.id));
  return h("details", { class: "chooser", open: open.has(here.id), ontoggle }, h("summary", {}, title), list);
}

// Three dots with things to do behind them.
export function overflow(element, here) {
  const entries = element.options.map((option) => [option.text.text, () => here.change(option.value, option.url)]);
  return h("div", { class: "overflow" }, menuBehind({ id: here.id, "aria-label": "More" }, "⋯", entries));
}

// Asks whether it is meant; the answer is a promise.
export function sure(confirm) {
  const dialog = h(
    "dialog",
    { class: "confirm", "aria-label": confirm.title.text },
    h(
      "form",
      { method: "dialog" },
      h("h2", {}, confirm.title.text),
      h("p", {}, confirm.text.text),
      h("footer", {}, h("button", { value: "no" }, confirm.deny.text), h("button", { value: "yes", class: confirm.style ?? "primary" }, confirm.confirm.text)),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}
