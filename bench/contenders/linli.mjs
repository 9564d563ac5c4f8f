import { startGateway } from '../../gateway/dist/gateway.js';
import { ready } from '../measure/child.mjs';

const { supergraphFile } = JSON.parse(process.argv[2]);
const { url } = await startGateway({
  insecure: true,
  port: 0,
  supergraph: supergraphFile,
  watch: false,
  shareInFlight: false,
  log: () => undefined,
});
ready({ url: `${url}/graphql` });
