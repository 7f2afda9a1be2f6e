// Elements without innerHTML: whatever people wrote stays text.

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  lock: "M5 7V5a3 3 0 0 1 6 0v2h1v7H4V7h1Zm1.5 0h3V5a1.5 1.5 0 0 0-3 0v2Z",
  eye: "M8 4c3 0 5.5 1.8 7 4-1.5 2.2-4 4-7 4S2.5 10.2 1 8c1.5-2.2 4-4 7-4Zm0 6.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z",
  reply: "M2 3h12v8H7l-3.5 3V11H2V3Zm1.5 1.5v5H5v1.6l1.6-1.6h5.9v-5h-9Z",
  more: "M3 8a1.3 1.3 0 1 1 2.6 0A1.3 1.3 0 0 1 3 8Zm3.7 0a1.3 1.3 0 1 1 2.6 0 1.3 1.3 0 0 1-2.6 0Zm3.7 0a1.3 1.3 0 1 1 2.6 0 1.3 1.3 0 0 1-2.6 0Z",
  bolt: "M9 1 3 9h4l-1 6 7-9H8.5L9 1Z",
};

export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  for (const [key, value] of Object.entries({ viewBox: "0 0 16 16", width: 14, height: 14 })) {
    svg.setAttribute(key, value);
  }
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  path.setAttribute("fill", "currentColor");
  svg.append(path);
  return svg;
}

export function replace(parent, ...children) {
  parent.replaceChildren(...children.flat().filter((child) => child !== null));
}

export function toast(text) {
  const shown = h("div", { class: "toast" }, text);
  document.getElementById("toasts").append(shown);
  setTimeout(() => shown.remove(), 6000);
}
