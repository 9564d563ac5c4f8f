import { Buffer } from 'node:buffer';
import { createServer } from 'node:http';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, parse } from 'graphql';
import { graphs } from '../graphs/workloads.mjs';
import { ready } from './child.mjs';

const { graph } = JSON.parse(process.argv[2]);

/**
 * Answers a body once by executing it and from then on with the same bytes, so that subgraphs are never what is
 * measured: no contender's request costs more here than a look into a map.
 */
function answering({ sdl, resolvers, fieldResolver }) {
  const schema = buildSubgraphSchema({ typeDefs: parse(sdl), ...(resolvers && { resolvers }) });
  const known = new Map();
  return async (body) => {
    const before = known.get(body);
    if (before) return before;
    const { query, variables, operationName } = JSON.parse(body);
    const document = parse(query);
    const result = await execute({ schema, document, variableValues: variables, operationName, fieldResolver });
    const bytes = Buffer.from(JSON.stringify(result));
    known.set(body, bytes);
    return bytes;
  };
}

function serve(answer) {
  const server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (data) => (body += data));
    request.on('end', async () => {
      const bytes = await answer(body);
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length }).end(bytes);
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}/graphql`));
  });
}

const urls = {};
for (const [name, subgraph] of Object.entries(graphs[graph].subgraphs)) urls[name] = await serve(answering(subgraph));
ready({ urls });
