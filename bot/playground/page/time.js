// The time machine: what time it is for whom, and how to move on.

import { post } from "./api.js";
import { h, replace } from "./dom.js";

let morningOf = "";

export function drawTime(seen, { run, toggleSidebar, toggleTraffic }) {
  const me = seen.people.find((each) => each.id === seen.me);
  const team = seen.people.filter((each) => !each.is_bot && !each.deleted && !each.is_guest);
  const others = team.filter((each) => each.id !== seen.me).map((each) => `${each.local.slice(4)} ${each.name}`);
  const day = new Intl.DateTimeFormat("en-GB", {
    timeZone: me.tz,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }).format(new Date(seen.now));
  const city = me.tz.split("/").pop().replaceAll("_", " ");
  const select = h(
    "select",
    {
      "aria-label": "Whose morning",
      onchange: (event) => {
        morningOf = event.target.value;
      },
    },
    team.map((each) =>
      h("option", { value: each.name, selected: morningOf ? each.name === morningOf : each.id === seen.me }, each.name),
    ),
  );
  const move = (given) => () => run(() => post("move", given()));
  replace(
    document.getElementById("time"),
    h("button", { class: "narrow", "aria-label": "Workspace", "aria-expanded": document.body.classList.contains("with-sidebar") ? "true" : "false", onclick: toggleSidebar }, "☰"),
    h("strong", {}, `${day} in ${city}`),
    h("span", { class: "others" }, others.join(" · ")),
    h("button", { onclick: move(() => ({ seconds: 120 })) }, "+2 min"),
    h("button", { onclick: move(() => ({ seconds: 3600 })) }, "+1 hour"),
    h("button", { onclick: move(() => ({ seconds: 86400 })) }, "+1 day"),
    h("button", { onclick: move(() => ({ morning_of: select.value })) }, "Next morning of"),
    select,
    h("button", { onclick: toggleTraffic }, "Traffic"),
  );
}
