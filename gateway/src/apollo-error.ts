import { GraphQLError, Source } from 'graphql';
import type { Refusal, ResponseError } from './errors.js';

/**
 * An error as Apollo Server takes it.
 *
 * @param text the document that `locations` speak of
 * @param refusal gives the answer its status and headers, by `extensions.http`, which Apollo Server takes out
 */
export function apolloError(
  { message, path, locations, extensions }: ResponseError,
  { text, refusal }: { text?: string | undefined; refusal?: Refusal | undefined },
): GraphQLError {
  const http = refusal && { status: refusal.status, headers: new Map(Object.entries(refusal.headers)) };
  return new GraphQLError(message, {
    ...(path && { path }),
    ...(locations &&
      text !== undefined && {
        source: new Source(text),
        positions: locations.map(({ line, column }) => offsetOf(text, line, column)),
      }),
    extensions: http ? { ...extensions, http } : extensions,
  });
}

/** The offset of a place as graphql-js counts them: the inverse of its `getLocation`. */
function offsetOf(text: string, line: number, column: number): number {
  const ends = Array.from(text.matchAll(/\r\n|[\n\r]/g), ({ index, 0: end }) => index + end.length);
  return (line > 1 ? ends[line - 2]! : 0) + column - 1;
}
