import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';

/** One small world: contracts of subgraphs. Its data follow from them (see world.ts). */
export interface Universe {
  readonly name: string;
  /** SDL by subgraph name. */
  readonly subgraphs: Readonly<Record<string, string>>;
  /** Entities that a subgraph does not know, as `Type#index`, by subgraph name. */
  readonly unknown?: Readonly<Record<string, readonly string[]>>;
  /** Labels of progressive overrides that are on. */
  readonly labels?: readonly string[];
  /** Some nullable fields that nothing else needs throw. */
  readonly throws?: boolean;
  /** Some values are not what the contract says, and no subgraph notices. */
  readonly corrupt?: boolean;
  /** Some fields may be denied to somebody, so that Linli promises less of them than the subgraphs do. */
  readonly classified?: boolean;
  /** Part of all operations that this universe gets; 1 where not said. */
  readonly weight?: number;
}

const imports =
  '["@key", "@requires", "@external", "@provides", "@shareable", "@interfaceObject", "@override", "@inaccessible"]';

/** The line that makes a contract one of Federation 2. */
export const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ${imports})\n`;

/** The composed supergraph; throws what composition finds. */
export function compose({ name, subgraphs }: Pick<Universe, 'name' | 'subgraphs'>): string {
  const services = Object.entries(subgraphs).map(([service, sdl]) => ({
    name: service,
    typeDefs: parse(sdl),
    url: `http://127.0.0.1:1/${service}`,
  }));
  const { errors, supergraphSdl } = composeServices(services);
  if (errors?.length) throw new Error(`${name}: ${errors.map(({ message }) => message).join('; ')}`);
  return supergraphSdl!;
}
