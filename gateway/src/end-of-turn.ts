type Send = () => void;

let waiting: Send[] = [];

/**
 * Sends when everything has been worked on that came in together. Whoever reads at the other end mostly sleeps, and
 * waking it costs more than writing does: so it is woken for many messages rather than for each. A message that is alone
 * waits for nothing.
 *
 * @param send writes to a socket; must not throw
 */
export function atEndOfTurn(send: Send): void {
  if (waiting.push(send) === 1) setImmediate(sendAll);
}

function sendAll(): void {
  const all = waiting;
  waiting = [];
  for (const send of all) send();
}
