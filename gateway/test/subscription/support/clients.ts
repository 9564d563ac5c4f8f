import { createClient, type Client, type ClientOptions } from 'graphql-ws';
import { WebSocket } from 'ws';

export interface Response {
  data?: Record<string, any> | null;
  errors?: { message: string; path?: unknown[]; extensions: Record<string, unknown> }[];
}

/** What a client has heard of one operation. */
export interface Heard {
  readonly responses: Response[];
  /** The end of the operation: `complete`, or what it was refused or cut with. */
  readonly end: Promise<unknown>;
  leave(): void;
}

/** A client of the public graphql-ws library. */
export function webSocketClient(url: string, options: Partial<ClientOptions> = {}): Client {
  return createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...options,
  });
}

export function listen(client: Client, query: string, variables?: Record<string, unknown>): Heard {
  const responses: Response[] = [];
  let leave: () => void = () => undefined;
  const end = new Promise<unknown>((resolve) => {
    leave = client.subscribe(
      { query, ...(variables && { variables }) },
      {
        next: (response) => responses.push(response as Response),
        error: resolve,
        complete: () => resolve('complete'),
      },
    );
  });
  return { responses, end, leave };
}

export interface HeardOverHttp extends Heard {
  status: number;
  headers: Headers;
  /** The whole body, where it is no stream. */
  json: Response | undefined;
}

/** Asks over HTTP for an event stream. */
export async function listenOverHttp(
  url: string,
  query: string,
  { token, accept = 'text/event-stream', get = false }: { token?: string; accept?: string; get?: boolean } = {},
): Promise<HeardOverHttp> {
  const leaving = new AbortController();
  const search = get ? `?query=${encodeURIComponent(query)}` : '';
  const response = await fetch(`${url}/graphql${search}`, {
    method: get ? 'GET' : 'POST',
    headers: {
      accept,
      ...(!get && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(!get && { body: JSON.stringify({ query }) }),
    signal: leaving.signal,
  });
  const { status, headers } = response;
  const responses: Response[] = [];
  const leave = () => leaving.abort();
  if (!headers.get('content-type')?.startsWith('text/event-stream')) {
    return { status, headers, responses, leave, json: (await response.json()) as Response, end: Promise.resolve() };
  }
  const read = async () => {
    let text = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const events = text.split('\n\n');
      text = events.pop()!;
      for (const event of events) {
        if (event === 'event: complete\ndata: ') return 'complete';
        const data = /^event: next\ndata: (.*)$/.exec(event)?.[1];
        if (data !== undefined) responses.push(JSON.parse(data) as Response);
      }
    }
    return 'cut';
  };
  return { status, headers, responses, leave, json: undefined, end: read().catch((error: unknown) => error) };
}
