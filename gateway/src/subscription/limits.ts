/** What streams of events may cost the gateway. Per process; counts and sizes are upper bounds. */
export interface SubscriptionLimits {
  /** WebSocket connections and event streams open at once, all clients together. */
  connections: number;
  /** Operations that run at once on one WebSocket connection. */
  operationsPerConnection: number;
  /** Bytes of one message from a client. */
  messageBytes: number;
  /** Bytes that wait for a client that reads slowly; with more it is cut off. */
  bufferedBytes: number;
  /** Milliseconds a new connection has to introduce itself (`connection_init`). */
  initialisationMs: number;
  /** Milliseconds between signs of life; a client that shows none within one more of them is cut off. */
  heartbeatMs: number;
}

export const defaultSubscriptionLimits: Readonly<SubscriptionLimits> = Object.freeze({
  connections: 1000,
  operationsPerConnection: 50,
  messageBytes: 1024 * 1024,
  bufferedBytes: 1024 * 1024,
  initialisationMs: 3000,
  heartbeatMs: 12_000,
});
