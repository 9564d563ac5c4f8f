import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startIssuer } from '../../src/identity/issuer.js';
import type { IssuerOptions, RunningIssuer } from '../../src/identity/issuer.js';
import type { Party } from '../../src/identity/contract/party.js';
import { readRealm } from '../../src/identity/realm.js';

export const kioskSecret = 'a-kiosk-secret-of-this-test';

/** A folder that is gone after the test file. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'linli-identity-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Starts the real issuer on a free port; an error inside it fails the test that caused it. */
export async function start(directory: string, changed: Partial<IssuerOptions> = {}): Promise<RunningIssuer & Party> {
  const realm = changed.realm ?? readRealm();
  const running = await startIssuer({
    realm,
    directory,
    host: '127.0.0.1',
    port: 0,
    environment: { LINLI_KIOSK_SECRET: kioskSecret },
    onError: (error) => {
      throw error;
    },
    ...changed,
  });
  return { ...running, realm, kioskSecret };
}
