// A menu behind a button: closed by a choice, by Escape and by a click elsewhere. On the keyboard the
// arrows go from entry to entry, and whoever closes it is back at the button.

import { h } from "./dom.js";

export const OPEN = ".menu:not([hidden])";
export const CLOSED = "menu-closed";

// `entries` are pairs of a label and what to do about it.
export function menuBehind(props, face, entries) {
  const list = h("div", { class: "menu", role: "menu", hidden: true });
  const button = h("button", { ...props, type: "button", "aria-haspopup": "menu", "aria-expanded": "false", onclick: toggle }, face);
  const isOutside = (event) => !list.contains(event.target) && !button.contains(event.target);
  const leave = (event) => {
    if (event.key ? event.key !== "Escape" : !isOutside(event)) return;
    const isInside = list.contains(document.activeElement);
    show(false);
    if (event.key && isInside) button.focus();
  };

  function show(isOpen) {
    if (list.hidden !== isOpen) return;
    list.hidden = !isOpen;
    button.setAttribute("aria-expanded", isOpen);
    const change = isOpen ? "addEventListener" : "removeEventListener";
    for (const kind of ["pointerdown", "keydown"]) document[change](kind, leave);
    if (!isOpen) list.dispatchEvent(new Event(CLOSED, { bubbles: true }));
  }

  // A click by the keyboard has no count: whoever made it goes on with the arrows.
  function toggle(event) {
    show(list.hidden);
    if (!list.hidden && event.detail === 0) list.firstElementChild?.focus();
  }

  function walk(event) {
    const all = [...list.children];
    const [at, last] = [all.indexOf(document.activeElement), all.length - 1];
    const goals = { ArrowDown: (at + 1) % all.length, ArrowUp: at > 0 ? at - 1 : last, Home: 0, End: last };
    if (list.hidden || !(event.key in goals)) return;
    event.preventDefault();
    all[goals[event.key]].focus();
  }

  const entry = ([label, choose]) =>
    h("button", { type: "button", role: "menuitem", onclick: () => (show(false), choose()) }, label);
  list.append(...entries.map(entry));
  for (const part of [button, list]) part.addEventListener("keydown", walk);
  return [button, list];
}
