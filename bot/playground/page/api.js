// What the page asks of the local Slack, and in which of its workspaces.

let team = "";
let stream = null;

// From now on everything is about this workspace; "" is the first.
export function enter(id) {
  team = id;
}

export const address = (what, query = {}) => `/local/${what}?${new URLSearchParams(team ? { ...query, team } : query)}`;

export async function get(what, query = {}) {
  const answer = await fetch(address(what, query));
  if (!answer.ok) throw new Error(`${what}: ${answer.status}`);
  return answer.json();
}

export async function post(what, given) {
  const answer = await fetch(address(what), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(given),
  });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.error);
  return told;
}

export const act = (person, action, given = {}) => post("act", { person, action, ...given });

// Calls back whenever something changed; comes back by itself when the server was away.
export function onChange(call) {
  stream?.close();
  stream = new EventSource(address("live"));
  stream.onmessage = call;
}
