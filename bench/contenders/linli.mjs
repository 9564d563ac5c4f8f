import { fileURLToPath } from 'node:url';
import { startGateway } from '../../gateway/dist/gateway.js';
import { ready } from '../measure/child.mjs';

/** Without an issuer: without identity and policy, as the other gateways have none. */
const { supergraphFile, issuer, assertionKeyFile } = JSON.parse(process.argv[2]);
const protection = issuer
  ? { issuer, assertionKeyFile, policies: fileURLToPath(new URL('../../schema/policies', import.meta.url)) }
  : { insecure: true };
const { url } = await startGateway({
  ...protection,
  port: 0,
  supergraph: supergraphFile,
  watch: false,
  shareInFlight: false,
  log: () => undefined,
});
ready({ url: `${url}/graphql` });
