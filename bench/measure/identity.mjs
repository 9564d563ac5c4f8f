import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startIssuer } from '@linli/infra/identity/issuer';
import { readRealm } from '@linli/infra/identity/realm';
import { fetchToken } from '@linli/infra/identity/token';
import { exportJWK, generateKeyPair } from 'jose';
import { ready } from './child.mjs';

/** The hub's own issuer over the hub's own realm, the tokens of some of its users, and a key for the gateway. */
const { folder, users } = JSON.parse(process.argv[2]);
const realm = readRealm();
const { issuer } = await startIssuer({
  realm,
  directory: folder,
  host: '127.0.0.1',
  port: 0,
  environment: { LINLI_KIOSK_SECRET: 'of the benchmark' },
});
const tokens = {};
for (const username of users) {
  const [{ value: password }] = realm.users.find((user) => user.username === username).credentials;
  tokens[username] = await fetchToken({ issuer, username, password, clientId: 'linli-cli' });
}
const assertionKeyFile = join(folder, 'assertion-key.json');
const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
writeFileSync(assertionKeyFile, JSON.stringify({ ...(await exportJWK(privateKey)), kid: 'benchmark' }), {
  mode: 0o600,
});

ready({ issuer, tokens, assertionKeyFile });
