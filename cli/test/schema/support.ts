import { subgraphs } from '@linli/schema/platforms';
import { contractFiles, readContract } from '../../src/schema/contracts.js';
import type { Contract } from '../../src/schema/contracts.js';

/** A contract out of SDL text, after the shared definitions of the real ones. */
export function contract(department: string, sdl: string): Contract {
  const shared = contractFiles('health').slice(0, 2);
  const read = readContract(department, [...shared, { name: `${department}.graphql`, text: sdl }]);
  if (!('document' in read)) throw new Error(read.map(({ message }) => message).join('\n'));
  return read;
}

/** The real contracts of all subgraphs. */
export function ownContracts(): Contract[] {
  return subgraphs.map((department) => {
    const read = readContract(department, contractFiles(department));
    if (!('document' in read)) throw new Error(read.map(({ message }) => message).join('\n'));
    return read;
  });
}
