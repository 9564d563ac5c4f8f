import { absence } from './fixtures/absence.js';
import { abstractions } from './fixtures/abstractions.js';
import { changes } from './fixtures/changes.js';
import { faults } from './fixtures/faults.js';
import { firstGeneration } from './fixtures/first-generation.js';
import { hidden } from './fixtures/hidden.js';
import { hub } from './fixtures/hub.js';
import { inputs } from './fixtures/inputs.js';
import { furniture, interfaceObjects, places } from './fixtures/interface-objects.js';
import { keys } from './fixtures/keys.js';
import { nullKeys } from './fixtures/null-keys.js';
import { overrides } from './fixtures/overrides.js';
import { provisions } from './fixtures/provisions.js';
import { requirements } from './fixtures/requirements.js';
import { shop } from './fixtures/shop.js';
import type { Universe } from './universe.js';

/** All worlds in which contenders are compared. */
export const universes: readonly Universe[] = [
  shop,
  keys,
  nullKeys,
  requirements,
  provisions,
  abstractions,
  interfaceObjects,
  furniture,
  places,
  ...overrides,
  hidden,
  absence,
  firstGeneration,
  inputs,
  changes,
  ...faults,
  hub,
];
