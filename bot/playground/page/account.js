// What somebody sets about themselves: status and time zone; admins also who is what, and what is shared.

import { act } from "./api.js";
import { h } from "./dom.js";
import { STATUSES, emoji } from "./markup.js";

const HOUR = 3600;
const ROLES = ["member", "guest", "single-channel guest", "admin", "owner", "primary owner"];

export function openAccount(seen, run) {
  const me = seen.people.find((each) => each.id === seen.me);
  const dialog = h(
    "dialog",
    { class: "account", "aria-label": "You" },
    h(
      "header",
      {},
      h("h2", {}, me.real_name),
      h("button", { type: "button", class: "plain", "aria-label": "Close", onclick: () => dialog.close() }, "✕"),
    ),
  );
  const does = async (action, given) => {
    if (await run(() => act(me.name, action, given))) dialog.close();
  };
  dialog.append(statusForm(me, seen, does), zoneForm(me, does));
  if (me.is_admin) dialog.append(roleForm(seen, does), sharingForm(seen, does));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

export const statusOf = (person) => (person.status.emoji ? emoji(person.status.emoji.replaceAll(":", "")) : "");

const labelled = (label, control) => h("label", {}, h("span", {}, label), control);

const choice = (entries, chosen) =>
  h("select", {}, entries.map(([value, label]) => h("option", { value, selected: value === chosen }, label)));

function form(onsubmit, ...children) {
  const send = (event) => {
    event.preventDefault();
    onsubmit();
  };
  return h("form", { class: "field", onsubmit: send }, children);
}

function statusForm(me, seen, does) {
  const sign = choice(STATUSES.map((name) => [`:${name}:`, emoji(name)]), me.status.emoji);
  const words = h("input", { maxlength: 100, autocomplete: "off" });
  words.value = me.status.text;
  const ends = { never: 0, hour: HOUR, today: untilMidnight(me, seen), week: 7 * 24 * HOUR };
  const until = choice([["never", "Until I clear it"], ["hour", "For an hour"], ["today", "Until tonight"], ["week", "For a week"]], "never");
  const set = () => {
    const lasts = ends[until.value];
    const ending = lasts ? Math.floor(Date.parse(seen.now) / 1000) + lasts : 0;
    does("status", { emoji: sign.value, text: words.value, until: ending });
  };
  return form(
    set,
    h("div", { class: "row" }, labelled("Emoji", sign), labelled("Status", words)),
    labelled("How long", until),
    h(
      "div",
      { class: "row" },
      h("button", { class: "primary" }, "Set status"),
      me.status.emoji ? h("button", { type: "button", onclick: () => does("status", {}) }, "Clear status") : null,
    ),
  );
}

function untilMidnight(me, seen) {
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone: me.tz, hour: "2-digit", minute: "2-digit" });
  const [hours, minutes] = clock.format(new Date(seen.now)).split(":").map(Number);
  return 24 * HOUR - hours * HOUR - minutes * 60;
}

function zoneForm(me, does) {
  const zones = [...new Set([me.tz, ...Intl.supportedValuesOf("timeZone")])].sort();
  const zone = choice(zones.map((name) => [name, name.replaceAll("_", " ")]), me.tz);
  return form(
    () => does("zone", { tz: zone.value }),
    labelled("Time zone", zone),
    h("button", {}, "Move there"),
  );
}

function roleForm(seen, does) {
  const people = seen.people.filter((each) => !each.is_bot);
  const whom = choice(people.map((each) => [each.name, each.deleted ? `${each.name} (deactivated)` : each.name]), people[0].name);
  const role = choice(ROLES.map((name) => [name, name]), "member");
  return form(
    () => does("role", { whom: whom.value, role: role.value }),
    labelled("Account", whom),
    labelled("Role", role),
    h(
      "div",
      { class: "row" },
      h("button", {}, "Give role"),
      h("button", { type: "button", onclick: () => does("deactivate", { whom: whom.value }) }, "Deactivate"),
      h("button", { type: "button", onclick: () => does("activate", { whom: whom.value }) }, "Activate"),
    ),
  );
}

function sharingForm(seen, does) {
  const rooms = seen.channels.filter((each) => ["channel", "group"].includes(each.kind) && each.name !== "general");
  const labels = rooms.map((each) => [each.id, each.is_shared ? `#${each.name} (shared)` : `#${each.name}`]);
  const channel = choice(labels, rooms[0].id);
  return form(
    () => does("share", { channel: channel.value }),
    labelled("Conversation", channel),
    h(
      "div",
      { class: "row" },
      h("button", {}, "Share with another company"),
      h("button", { type: "button", onclick: () => does("unshare", { channel: channel.value }) }, "Stop sharing"),
    ),
  );
}
