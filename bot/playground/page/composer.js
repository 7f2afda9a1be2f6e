// Where people write: Enter sends, "/" offers commands, "@" offers people and groups; beside it the
// shortcuts that apps offer everywhere.

import { h, icon, replace } from "./dom.js";
import { menuBehind } from "./menu.js";

export function composer(label, { seen, send, use }) {
  const area = h("textarea", { "aria-label": label, placeholder: label });
  const list = h("ul", { class: "suggestions", role: "listbox", hidden: true });
  let offers = [];
  let chosen = 0;

  const offer = () => {
    const before = area.value.slice(0, area.selectionStart);
    offers = suggestions(before, seen());
    chosen = 0;
    draw();
  };
  const draw = () => {
    list.hidden = !offers.length;
    replace(
      list,
      offers.map((each, index) =>
        h(
          "li",
          { role: "option", "aria-selected": index === chosen ? "true" : "false" },
          h("button", { type: "button", onmousedown: (event) => pick(event, each) }, h("b", {}, each.name), ` ${each.about}`),
        ),
      ),
    );
  };
  const pick = (event, each) => {
    event.preventDefault();
    const end = area.selectionStart;
    const start = end - each.typed.length;
    area.value = `${area.value.slice(0, start)}${each.name} ${area.value.slice(end)}`;
    area.selectionStart = area.selectionEnd = start + each.name.length + 1;
    offers = [];
    draw();
  };
  const onkeydown = (event) => {
    if (offers.length && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : offers.length - 1;
      chosen = (chosen + step) % offers.length;
      draw();
    } else if (offers.length && (event.key === "Tab" || event.key === "Enter")) {
      pick(event, offers[chosen]);
    } else if (event.key === "Escape") {
      offers = [];
      draw();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      submit();
    }
  };
  const submit = async () => {
    const text = area.value.trim();
    if (!text) return;
    area.value = "";
    if (!(await send(text))) area.value = text; // nothing typed is lost
  };
  area.addEventListener("input", offer);
  area.addEventListener("keydown", onkeydown);
  const hint = h("div", { class: "hint" }, "Enter sends · Shift+Enter starts a line · / for commands · @ for people");
  return h("div", { class: "composer" }, list, area, h("div", { class: "foot" }, shortcuts(seen(), use), hint));
}

// The menu of shortcuts; none where no app offers any.
function shortcuts(seen, use) {
  const offered = seen.app.shortcuts.filter((each) => each.is_global);
  if (!offered.length) return null;
  const entries = offered.map((each) => [
    [h("b", {}, each.name), h("small", {}, `${each.description} · ${seen.app.name}`)],
    () => use(each),
  ]);
  const face = [icon("bolt"), " Shortcuts"];
  return h("div", { class: "shortcuts" }, menuBehind({ class: "plain" }, face, entries));
}

function suggestions(before, seen) {
  const command = /^\/(\S*)$/.exec(before);
  if (command) {
    const own = { name: "/invite", usage: "@person", description: "Add somebody to this channel" };
    return [...seen.app.commands, own]
      .filter((each) => each.name.startsWith(before) && each.name !== before)
      .map((each) => ({ name: each.name, about: `${each.usage} — ${each.description}`, typed: before }));
  }
  const begun = /(?:^|\s)@([\w.-]*)$/.exec(before)?.[1].toLowerCase();
  if (begun === undefined) return [];
  const typed = before.slice(before.length - begun.length - 1);
  return [...accounts(seen, false), ...groups(seen), ...accounts(seen, true)]
    .filter(({ name }) => name.toLowerCase().startsWith(`@${begun}`) && name.length > typed.length)
    .slice(0, 10)
    .map((each) => ({ ...each, typed }));
}

const accounts = (seen, isBot) =>
  seen.people
    .filter((each) => !each.deleted && each.is_bot === isBot)
    .map((each) => ({ name: `@${each.name}`, about: `${each.real_name}, ${each.local}` }));

const groups = (seen) =>
  seen.groups
    .filter((each) => !each.is_disabled)
    .map((each) => ({ name: `@${each.handle}`, about: `${each.name}, ${each.members.length} people` }));
