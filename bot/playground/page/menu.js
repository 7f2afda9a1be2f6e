// A menu behind a button: closed by a choice, by Escape and by a click elsewhere.

import { h } from "./dom.js";

export const OPEN = ".menu:not([hidden])";
export const CLOSED = "menu-closed";

// `entries` are pairs of a label and what to do about it.
export function menuBehind(props, face, entries) {
  const list = h("div", { class: "menu", role: "menu", hidden: true });
  const button = h("button", { ...props, type: "button", "aria-haspopup": "menu", onclick: toggle }, face);
  const isOutside = (event) => !list.contains(event.target) && !button.contains(event.target);
  const leave = (event) => (event.key ? event.key === "Escape" : isOutside(event)) && show(false);

  function show(isOpen) {
    if (list.hidden !== isOpen) return;
    list.hidden = !isOpen;
    const change = isOpen ? "addEventListener" : "removeEventListener";
    for (const kind of ["pointerdown", "keydown"]) document[change](kind, leave);
    if (!isOpen) list.dispatchEvent(new Event(CLOSED, { bubbles: true }));
  }

  function toggle() {
    show(list.hidden);
  }

  const entry = ([label, choose]) =>
    h("button", { type: "button", role: "menuitem", onclick: () => (show(false), choose()) }, label);
  list.append(...entries.map(entry));
  return [button, list];
}
