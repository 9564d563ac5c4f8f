import { existsSync, readFileSync } from 'node:fs';
import { GraphQLError, Kind, Source, parse } from 'graphql';
import type { DefinitionNode, DocumentNode } from 'graphql';
import type { SubgraphName } from '@linli/schema/platforms';
import { contractNames, schemaFile } from '@linli/schema/files';
import { contractMissing } from '../errors.js';
import type { Problem } from './problem.js';
import { problemFrom } from './problem.js';

/** What one department publishes, with the place of every definition in its file. */
export interface Contract {
  readonly department: string;
  /** Shared definitions first, then the department's own. */
  readonly document: DocumentNode;
}

/** One SDL file: its name as people know it, and its text. */
export interface SdlFile {
  readonly name: string;
  readonly text: string;
}

/** The files that make up a department's contract, in the order in which `subgraphSdl` joins them. */
export function contractFiles(department: SubgraphName): SdlFile[] {
  return contractNames(department).map((name) => {
    const path = schemaFile(name);
    if (!existsSync(path)) throw contractMissing(`schema/${name}`);
    return { name: `schema/${name}`, text: readFileSync(path, 'utf8') };
  });
}

/**
 * Parses a department's files, each by itself, so that every node knows its own file and line.
 *
 * @returns the contract, or the syntax errors, one a file
 */
export function readContract(department: string, files: readonly SdlFile[]): Contract | readonly Problem[] {
  const definitions: DefinitionNode[] = [];
  const problems: Problem[] = [];
  for (const { name, text } of files) {
    try {
      definitions.push(...parse(new Source(text, name)).definitions);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      problems.push(problemFrom(error, 'INVALID_GRAPHQL', [department]));
    }
  }
  return problems.length > 0 ? problems : { department, document: { kind: Kind.DOCUMENT, definitions } };
}
