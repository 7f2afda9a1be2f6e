// What the page asks of the local Slack.

export async function get(what, query = {}) {
  const answer = await fetch(`/local/${what}?${new URLSearchParams(query)}`);
  if (!answer.ok) throw new Error(`${what}: ${answer.status}`);
  return answer.json();
}

export async function post(what, given) {
  const answer = await fetch(`/local/${what}`, {
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
  new EventSource("/local/live").onmessage = call;
}
