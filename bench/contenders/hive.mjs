import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { ready } from '../measure/child.mjs';

const { supergraphFile, rust } = JSON.parse(process.argv[2]);
const { unifiedGraphHandler } = rust ? await import('@graphql-hive/router-runtime') : {};
const gateway = createGatewayRuntime({
  supergraph: readFileSync(supergraphFile, 'utf8'),
  logging: false,
  inboundInflightRequestDeduplication: false,
  transportEntries: { '*.http': { options: { deduplicateInflightRequests: false } } },
  ...(unifiedGraphHandler && { unifiedGraphHandler }),
});
const server = createServer(gateway);
server.listen(0, '127.0.0.1', () => ready({ url: `http://127.0.0.1:${server.address().port}/graphql` }));
