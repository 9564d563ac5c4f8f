import { resolve } from 'node:path';
import { startGateway } from '@linli/gateway/gateway';
import { badOption } from '../errors.js';

export interface GatewayCommandOptions {
  readonly supergraph: string;
  readonly port: string;
  readonly insecureNoPolicy?: boolean;
}

/** `linli gateway`: the gateway alone over any supergraph, for developers of subgraphs; until it is told to stop. */
export async function gateway({ supergraph, port, insecureNoPolicy }: GatewayCommandOptions): Promise<void> {
  if (!insecureNoPolicy) {
    throw badOption(
      'A gateway by itself checks no identity and applies no policy: say --insecure-no-policy if that is meant, or run a whole hub with linli dev.',
    );
  }
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw badOption(`--port ${port} is no port: give a whole number from 0 (any free port) to 65535.`);
  }
  const running = await startGateway({ insecure: true, supergraph: resolve(supergraph), port: Number(port) });
  console.log(`Gateway over ${supergraph}: ${running.url}/graphql, health ${running.url}/health.`);
  await new Promise<void>((tell) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => tell());
  });
  await running.close();
}
