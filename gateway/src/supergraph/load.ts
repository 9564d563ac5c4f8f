import { readFile } from 'node:fs/promises';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { parse, validateSchema } from 'graphql';
import { StartError } from '../errors.js';
import { apiSchema } from './api-schema.js';
import type { Classification } from './classification.js';
import { readClassification } from './classification/read.js';
import type { Subgraph } from './subgraphs.js';
import { readSubgraphs } from './subgraphs.js';

/** A composed supergraph, read once. */
export interface Supergraph {
  readonly sdl: string;
  readonly document: DocumentNode;
  /** What clients see; operations are valid against it. */
  readonly apiSchema: GraphQLSchema;
  readonly subgraphs: readonly Subgraph[];
  readonly classification: Classification;
}

/** Loads a Federation 2 supergraph file: `readSupergraph`, then `openSupergraph`. */
export async function loadSupergraph(file: string, urls: Readonly<Record<string, string>>): Promise<Supergraph> {
  return openSupergraph(await readSupergraph(file), file, urls);
}

/** Reads a supergraph file. Throws a StartError, one line, where it cannot be read. */
export async function readSupergraph(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'does not exist' : 'cannot be read';
    throw new StartError(
      `The supergraph file ${file} ${reason}. Compose it with "linli schema compose", or name another file.`,
    );
  }
}

/**
 * Makes a supergraph of a file's text. Throws a StartError, one line, where it is not a Federation 2 supergraph.
 *
 * @param file named in errors
 * @param urls URL by subgraph name, in place of those in the text
 */
export function openSupergraph(sdl: string, file: string, urls: Readonly<Record<string, string>>): Supergraph {
  let document: DocumentNode;
  try {
    document = parse(sdl, { noLocation: true });
  } catch (error) {
    throw new StartError(`The supergraph file ${file} is not GraphQL: ${oneLine(error)}. Compose it anew.`);
  }
  const subgraphs = readSubgraphs(document, urls);
  if (!subgraphs.length) {
    throw new StartError(
      `The file ${file} is not a Federation 2 supergraph: it has no enum join__Graph with subgraphs. ` +
        'Give the composed supergraph, not the SDL of one subgraph.',
    );
  }
  const classification = readClassification(document);
  return { sdl, document, subgraphs, apiSchema: schemaOf(document, classification, file), classification };
}

function schemaOf(document: DocumentNode, classification: Classification, file: string): GraphQLSchema {
  try {
    const schema = apiSchema(document, classification);
    const [problem] = validateSchema(schema);
    if (problem) throw problem;
    return schema;
  } catch (error) {
    throw new StartError(
      `The supergraph file ${file} is not valid: ${oneLine(error).replace(/\.$/, '')}. Compose it anew.`,
    );
  }
}

function oneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}
