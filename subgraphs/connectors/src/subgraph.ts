import { fileURLToPath } from 'node:url';
import type { SubgraphDefinition } from '@linli/kit/service/subgraph';
import { openDatabase, type Database } from './database.js';
import { feeds } from './deliveries/enqueue.js';
import { startDeliveries } from './deliveries/worker.js';
import { createLoaders, type Loaders } from './loaders.js';
import { deliveryResolvers } from './resolvers/delivery.js';
import { inboundResolvers } from './resolvers/inbound.js';
import { platformResolvers } from './resolvers/platform.js';
import { scope } from './scope.js';
import { platformsSeed } from './seeds/platforms.js';
import type { Agreements } from './settings.js';
import { webhooks } from './webhooks/receive.js';

/** Connectors (互联平台): what the hub exchanges with the city's other platforms, in and out. */
export function connectors(agreements: Agreements): SubgraphDefinition<Database, Loaders> {
  return {
    department: 'connectors',
    migrations: fileURLToPath(new URL('../prisma/migrations', import.meta.url)),
    seeds: [platformsSeed],
    resolvers: [platformResolvers, inboundResolvers, deliveryResolvers],
    scope,
    connect: openDatabase,
    loaders: createLoaders,
    consumes: feeds,
    routes: ({ transaction }) => ({ '/webhooks': webhooks(agreements, transaction) }),
    background: (tools) => startDeliveries(tools, agreements),
  };
}
