/** One error of a GraphQL response, as it leaves the gateway. */
export interface ResponseError {
  message: string;
  locations?: readonly { line: number; column: number }[];
  path?: readonly (string | number)[];
  extensions: { code: string; [key: string]: unknown };
}

/**
 * How a refusal shows in HTTP. `request`: the HTTP request itself is refused, whatever the client accepts.
 * `operation`: the request was a well-formed GraphQL request whose operation is not, which
 * `application/json` answers with 200 and `application/graphql-response+json` with the status
 * (GraphQL over HTTP, section 6.4).
 */
export type RefusalKind = 'request' | 'operation';

/** A request that is refused before anything is fetched. The message says what, where and what to do. */
export class Refusal extends Error {
  constructor(
    readonly kind: RefusalKind,
    readonly status: number,
    readonly errors: readonly ResponseError[],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(errors[0]?.message);
    this.name = 'Refusal';
  }
}

/** What the program around an embedded engine hands over wrongly. Its message, for the log, names parts and no values. */
export class HostError extends Error {
  override name = 'HostError';
}

/** A setting or a file that keeps the gateway from starting. Its message is the one line the operator sees. */
export class StartError extends Error {
  override name = 'StartError';
}

type Details = Record<string, unknown>;

const refuse =
  (kind: RefusalKind, status: number, code: string) =>
  (message: string, headers?: Record<string, string>, details: Details = {}): Refusal =>
    new Refusal(kind, status, [{ message, extensions: { code, ...details } }], headers);

export const notFound = refuse('request', 404, 'NOT_FOUND');
export const methodNotAllowed = refuse('request', 405, 'METHOD_NOT_ALLOWED');
export const notAcceptable = refuse('request', 406, 'NOT_ACCEPTABLE');
export const bodyTooSlow = refuse('request', 408, 'REQUEST_TIMEOUT');
export const bodyTooLarge = refuse('request', 413, 'REQUEST_TOO_LARGE');
export const unsupportedMediaType = refuse('request', 415, 'UNSUPPORTED_MEDIA_TYPE');
export const headersTooLarge = refuse('request', 431, 'REQUEST_HEADERS_TOO_LARGE');
export const badRequest = refuse('request', 400, 'BAD_REQUEST');
export const badJson = refuse('request', 400, 'BAD_JSON');
export const batchingRefused = refuse('request', 400, 'BATCHING_NOT_SUPPORTED');
/** Clients that try a hash first know this message, and send whole documents from then on. */
export const persistedQueryRefused = refuse('operation', 400, 'PERSISTED_QUERY_NOT_SUPPORTED');
export const persistedQueryNotFound = refuse('operation', 404, 'PERSISTED_QUERY_NOT_FOUND');
export const persistedQueryMismatch = refuse('request', 400, 'PERSISTED_QUERY_HASH_MISMATCH');
export const persistedOperationNotFound = refuse('operation', 404, 'PERSISTED_OPERATION_NOT_FOUND');
export const operationNotPersisted = refuse('operation', 403, 'OPERATION_NOT_PERSISTED');
export const crossSiteRefused = refuse('request', 403, 'CROSS_SITE_REQUEST_REFUSED');
export const internalError = refuse('request', 500, 'INTERNAL_SERVER_ERROR');

export const identityUnavailable = (detail: string): Refusal =>
  refuse(
    'request',
    503,
    'IDENTITY_UNAVAILABLE',
  )(`The token cannot be verified right now: ${detail}. Try again shortly, or ask without a token for public data.`, {
    'retry-after': '2',
  });

/** RFC 6750, section 3: `reason` must be plain ASCII without quotes, and never any part of the token. */
export const invalidToken = (reason: string, message: string): Refusal =>
  refuse('request', 401, 'UNAUTHENTICATED')(
    `The access token was refused: ${message}`,
    { 'www-authenticate': `Bearer error="invalid_token", error_description="${message}"` },
    { reason },
  );

export const badDeclaration = refuse('request', 400, 'BAD_DECLARATION');

export const purposeNotGranted = (purpose: string, granted: readonly string[]): Refusal =>
  refuse('request', 403, 'PURPOSE_NOT_GRANTED')(
    `The purpose "${purpose.slice(0, 40)}" was not granted to you. ` +
      (granted.length ? `Declare one of: ${granted.join(', ')}.` : 'None was; ask the security officer for one.'),
    {},
    { granted },
  );

export const emergencyOver = (until: Date): Refusal =>
  refuse(
    'request',
    403,
    'EMERGENCY_OVER',
  )(`Emergency access for this case number ended at ${until.toISOString()}. Declare a new case number if it goes on.`);

/**
 * An argument that would tell what its asker may not read, or write what they may not write.
 *
 * @param coordinate what it uses; undefined where that is nothing that its asker may know of
 */
export const inputDenied = (place: string, coordinate: string | undefined, writes: boolean): Refusal =>
  refuse('operation', 403, 'INPUT_DENIED')(
    `${place} uses ${coordinate ?? 'something'}, which you may not ${writes ? 'write' : 'read in every row that you see'}. Leave it out.`,
    {},
    { argument: place, ...(coordinate !== undefined && { coordinate }) },
  );

export const bulkReadRefused = (rows: number, maximum: number): Refusal =>
  refuse('operation', 403, 'BULK_READ_REFUSED')(
    `The answer holds personal data of ${rows} rows; ${maximum} at once are the most for your roles. ` +
      'Ask for smaller pages, or have an export approved by the security officer.',
    {},
    { rows, maximum },
  );

/** An answer that is held back, because what it shows of somebody cannot be put on record. */
export const disclosureNotRecorded = (written: boolean): Refusal =>
  refuse(
    'operation',
    503,
    'DISCLOSURE_NOT_RECORDED',
  )(
    'The answer shows personal data, and that could not be recorded, so it is held back. ' +
      (written ? 'What the mutation wrote is written: look before you send it again. ' : '') +
      'Try again shortly; if it stays so, tell the operator that the disclosure record cannot be written.',
  );

export const limitExceeded = (limit: string, maximum: number, message: string): Refusal =>
  refuse('operation', 400, 'OPERATION_LIMIT_EXCEEDED')(message, {}, { limit, maximum });

export const unknownOperation = refuse('operation', 400, 'OPERATION_RESOLUTION_FAILURE');
export const streamNeeded = refuse('operation', 406, 'SUBSCRIPTION_NEEDS_STREAM');
export const policiesChanged = (): Refusal =>
  refuse('operation', 403, 'POLICIES_CHANGED')('The policies have changed since this stream began. Subscribe again.');
export const tooManyStreams = refuse('request', 503, 'TOO_MANY_SUBSCRIPTIONS');
export const gatewayClosing = refuse('request', 503, 'GATEWAY_CLOSING');
export const badVariables = (errors: readonly ResponseError[]): Refusal => new Refusal('operation', 400, errors);
export const badDocument = (errors: readonly ResponseError[]): Refusal => new Refusal('operation', 400, errors);

/** What went wrong between the gateway and one department; codes as documented in docs/gateway.md. */
export type SubgraphFaultCode =
  'SUBGRAPH_UNAVAILABLE' | 'SUBGRAPH_TIMEOUT' | 'SUBGRAPH_BAD_RESPONSE' | 'ENTITY_LIMIT_EXCEEDED';

/** A fetch that a department did not answer properly; becomes errors of the response, beside the others' data. */
export class SubgraphFault extends Error {
  constructor(
    readonly code: SubgraphFaultCode,
    readonly service: string,
    message: string,
    /** For the log alone: may name addresses. Empty where there is nothing new to log. */
    readonly detail: string,
  ) {
    super(message);
    this.name = 'SubgraphFault';
  }
}
