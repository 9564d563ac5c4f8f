import { absence } from './fixtures/absence.js';
import { abstractions } from './fixtures/abstractions.js';
import { changes } from './fixtures/changes.js';
import { faults } from './fixtures/faults.js';
import { firstGeneration } from './fixtures/first-generation.js';
import { hidden } from './fixtures/hidden.js';
import { hub } from './fixtures/hub.js';
import { inputs } from './fixtures/inputs.js';
import { interfaceObjects } from './fixtures/interface-objects.js';
import { keys } from './fixtures/keys.js';
import { overrides } from './fixtures/overrides.js';
import { provisions } from './fixtures/provisions.js';
import { requirements } from './fixtures/requirements.js';
import { shop } from './fixtures/shop.js';
import type { Universe } from './universe.js';

/** All worlds in which contenders are compared. */
export const universes: readonly Universe[] = [
  shop,
  keys,
  requirements,
  provisions,
  abstractions,
  interfaceObjects,
  ...overrides,
  hidden,
  absence,
  firstGeneration,
  inputs,
  changes,
  ...faults,
  hub,
];
