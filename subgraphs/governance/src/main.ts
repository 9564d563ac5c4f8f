import { runSubgraph } from '@linli/kit/service/subgraph';
import { subgraph } from './subgraph.js';

await runSubgraph(subgraph);
