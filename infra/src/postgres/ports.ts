import { createServer } from 'node:net';

/** Whether a TCP port can be listened on at this address right now. */
export async function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return (await listenOnce(port, host)) !== undefined;
}

/**
 * A port to listen on: the preferred one if nobody has it, else any that is free now.
 *
 * @param taken ports promised to others that do not listen on them yet
 */
export async function choosePort(preferred?: number, taken: ReadonlySet<number> = new Set()): Promise<number> {
  if (preferred !== undefined && !taken.has(preferred) && (await isFree(preferred))) return preferred;
  for (;;) {
    const port = await listenOnce(0, '127.0.0.1');
    if (port === undefined) throw new Error('The system has no free port on 127.0.0.1.');
    if (!taken.has(port)) return port;
  }
}

function listenOnce(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}
