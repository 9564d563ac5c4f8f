import type { ServerResponse } from 'node:http';
import type { GraphQLError } from 'graphql';
import {
  OperationTypeNode,
  getOperationAST,
  parse,
  subscribe,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import { z } from 'zod';

/** Answers a subscription as an event stream (GraphQL over SSE, distinct connections mode), as long as it lasts. */
export type Subscribe = (body: unknown, context: object, response: ServerResponse) => Promise<void>;

const request = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

/** Milliseconds between two comments that keep a quiet connection open. */
const keepAlive = 15_000;

function refuse(response: ServerResponse, status: number, errors: readonly GraphQLFormattedError[]): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify({ errors }));
}

/** Serves the subscriptions of a schema. */
export function eventStreams(
  schema: GraphQLSchema,
  formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError,
): Subscribe {
  const formatted = ({ errors, ...result }: ExecutionResult) => ({
    ...result,
    ...(errors && { errors: errors.map((error) => formatError(error.toJSON(), error)) }),
  });

  return async (body, contextValue, response) => {
    const parsed = request.safeParse(body);
    if (!parsed.success) return refuse(response, 400, [{ message: 'The request has no query.' }]);
    const { query, operationName, variables } = parsed.data;
    let document: DocumentNode;
    try {
      document = parse(query);
    } catch (error) {
      return refuse(response, 400, [(error as GraphQLError).toJSON()]);
    }
    const mistakes = validate(schema, document);
    if (mistakes.length) {
      return refuse(
        response,
        400,
        mistakes.map((mistake) => mistake.toJSON()),
      );
    }
    if (getOperationAST(document, operationName)?.operation !== OperationTypeNode.SUBSCRIPTION) {
      return refuse(response, 405, [{ message: 'Only subscriptions are answered as event streams.' }]);
    }
    const events = await subscribe({
      schema,
      document,
      contextValue,
      operationName: operationName ?? null,
      variableValues: variables ?? {},
    });
    if (!(Symbol.asyncIterator in events)) {
      return refuse(response, 200, formatted(events).errors ?? []);
    }
    // Whoever leaves, or is left, ends the source of the events as well.
    response.once('close', () => void events.return(undefined));
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
    response.write(':\n\n');
    const timer = setInterval(() => response.write(':\n\n'), keepAlive);
    try {
      for await (const result of events) {
        response.write(`event: next\ndata: ${JSON.stringify(formatted(result))}\n\n`);
      }
      response.end('event: complete\ndata:\n\n');
    } finally {
      clearInterval(timer);
    }
  };
}
