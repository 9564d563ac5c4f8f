import type { ASTNode, GraphQLError } from 'graphql';

/** A place in an SDL file. */
export interface Place {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
}

/** Something wrong with a contract. */
export interface Problem {
  /** Apollo's code for composition errors, our own for the house rules. */
  readonly code: string;
  readonly message: string;
  /** Departments it concerns. */
  readonly departments: readonly string[];
  readonly places: readonly Place[];
}

/** Where a node stands; nothing for nodes that no file holds. */
export function placeOf(node: ASTNode): Place | undefined {
  const { loc } = node;
  return loc && { file: loc.source.name, line: loc.startToken.line };
}

export function problemFrom(error: GraphQLError, code: string, departments: readonly string[]): Problem {
  const line = error.locations?.[0]?.line;
  const file = error.source?.name;
  const places = file !== undefined && line !== undefined ? [{ file, line }] : [];
  return { code, message: error.message, departments, places };
}

/** For people: where, which code, what. One problem may span several lines, the first of which can be clicked. */
export function formatProblem({ code, message, departments, places }: Problem): string {
  const where = places.map(({ file, line }) => `${file}:${line}`).join(', ') || departments.join(', ');
  return `${where}\n  ${code}: ${message.replaceAll('\n', '\n  ')}`;
}
