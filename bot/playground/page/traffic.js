// What went over the wire, the newest last.

import { get } from "./api.js";
import { h } from "./dom.js";

let newest = 0;

// Somebody went to another workspace: what went over the wire there is shown from its start.
export function forgetTraffic() {
  newest = 0;
  document.getElementById("traffic").replaceChildren();
}

export async function drawTraffic() {
  const box = document.getElementById("traffic");
  if (box.hidden) return;
  const isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
  for (const each of await get("traffic", { after: newest })) {
    newest = each.number;
    const arrow = each.direction === "to app" ? "→" : "←";
    const kind = each.detail?.event?.type ?? each.detail?.type ?? "";
    const isBad = !["ok", "sent", "200"].includes(each.outcome);
    const line = `${each.at.slice(11, 19)} ${arrow} ${each.what} ${kind} ${each.outcome}`;
    box.append(
      h("details", { class: isBad ? "bad" : "" }, h("summary", {}, line), h("pre", {}, JSON.stringify(each.detail, null, 2))),
    );
  }
  if (isAtEnd) box.scrollTop = box.scrollHeight;
}
