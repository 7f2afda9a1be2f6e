// Who you are, where you can go, and what waits there.

import { statusOf } from "./account.js";
import { h, icon, replace } from "./dom.js";

export function drawSidebar(seen, here, { enter, become, open, openApp, openDirect, openMe }) {
  const me = seen.people.find((each) => each.id === seen.me);
  const people = seen.people.filter((each) => !each.deleted && !each.is_bot && !each.is_external);
  const channels = seen.channels.filter((each) => each.kind === "channel" || each.kind === "group");
  const groups = seen.channels.filter((each) => each.kind === "mpim");
  const entry = (label, icon, isHere, unread, mentions, onclick, time) =>
    h(
      "li",
      {},
      h(
        "button",
        { class: unread ? "unread" : "", "aria-current": isHere ? "true" : "false", onclick },
        h("span", { "aria-hidden": "true" }, icon),
        h("span", { class: "name" }, label),
        mentions ? h("span", { class: "badge" }, String(mentions)) : null,
        time ? h("time", {}, time) : null,
      ),
    );
  const directWith = (id) => seen.channels.find((each) => each.kind === "im" && each.with[0] === id);
  const app = directWith(seen.app.user);
  replace(
    document.getElementById("sidebar"),
    h("div", { class: "workspace" }, h("h1", {}, seen.team.name), switcher(seen, enter)),
    h(
      "label",
      {},
      h("span", {}, `You are, at ${me.local}`),
      h(
        "select",
        { "aria-label": "You are", onchange: (event) => become(event.target.value) },
        people.map((each) =>
          h("option", { value: each.name, selected: each.id === seen.me }, each.is_guest ? `${each.real_name} (guest)` : each.real_name),
        ),
      ),
    ),
    h(
      "button",
      { class: "status", onclick: openMe },
      me.status.emoji ? `${statusOf(me)} ${me.status.text}` : "Set a status…",
    ),
    h("h2", {}, "Channels"),
    h(
      "ul",
      {},
      channels.map((each) =>
        entry(each.name, each.kind === "group" ? icon("lock") : "#", here === each.id, each.unread, each.mentions, () => open(each.id)),
      ),
    ),
    h("h2", {}, "Apps"),
    h("ul", {}, entry(seen.app.name, icon("bolt"), here === "app", app?.unread, app?.mentions, openApp)),
    h("h2", {}, "Direct messages"),
    h(
      "ul",
      {},
      groups.map((each) => entry(names(each.with, seen), "◌", here === each.id, each.unread, each.mentions, () => open(each.id))),
      people
        .filter((each) => each.id !== seen.me)
        .map((each) => {
          const direct = directWith(each.id);
          const isHere = direct && here === direct.id;
          return entry(`${each.name} ${statusOf(each)}`.trim(), "◦", isHere, direct?.unread, direct?.mentions, () => openDirect(each.name), each.local.slice(4));
        }),
    ),
  );
}

// Where several workspaces share the server: a tile for each, as in Slack.
function switcher(seen, enter) {
  if (seen.teams.length < 2) return null;
  const tile = (team) =>
    h(
      "button",
      { title: team.name, "aria-label": team.name, "aria-current": team.id === seen.team.id ? "true" : "false", onclick: () => enter(team.id) },
      team.name.slice(0, 1),
    );
  return h("div", { class: "teams", role: "group", "aria-label": "Workspaces" }, seen.teams.map(tile));
}

const names = (ids, seen) =>
  ids.map((id) => seen.people.find((each) => each.id === id)?.name ?? id).join(", ");
