/** Milliseconds in which a client must have sent its headers, and its whole request. */
export interface HttpTimeouts {
  headersMs: number;
  requestMs: number;
}

export const defaultTimeouts: Readonly<HttpTimeouts> = Object.freeze({ headersMs: 10_000, requestMs: 30_000 });

/** Milliseconds that requests in flight have when the gateway is closed. */
export const defaultDrainMs = 4000;
