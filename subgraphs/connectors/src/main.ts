import { runSubgraphOf } from '@linli/kit/service/subgraph';
import { readAgreements } from './settings.js';
import { connectors } from './subgraph.js';

await runSubgraphOf('connectors', () => connectors(readAgreements(process.env)));
