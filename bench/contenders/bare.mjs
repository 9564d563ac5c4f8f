import { Buffer } from 'node:buffer';
import { createServer } from 'node:http';
import { ready } from '../measure/child.mjs';

const bytes = Buffer.from('{"data":{"motto":"One city, one graph"}}');
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length }).end(bytes);
  });
});
server.listen(0, '127.0.0.1', () => ready({ url: `http://127.0.0.1:${server.address().port}/graphql` }));
