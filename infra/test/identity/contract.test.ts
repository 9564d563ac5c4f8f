import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checks } from '../../src/identity/contract/checks.js';
import type { Party } from '../../src/identity/contract/party.js';
import type { RunningIssuer } from '../../src/identity/issuer.js';
import { start, temporaryFolder } from './support.js';

describe('what every issuer of the realm has to do, Keycloak or this one', () => {
  const folder = temporaryFolder();
  let party: RunningIssuer & Party;
  beforeAll(async () => {
    party = await start(folder.path);
  });
  afterAll(async () => {
    await party.close();
    folder.remove();
  });

  test.each(checks.map((check) => [check.name, check] as const))('%s', async (_name, check) => {
    await expect(check.run(party, () => undefined)).resolves.toBeUndefined();
  });
});
