import type { DocumentNode, GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { GraphQLError as ParseError, Kind, parse, validate } from 'graphql';
import { LRUCache } from '../lru.js';
import type { ResponseError } from '../errors.js';
import { badDocument, limitExceeded, unknownOperation } from '../errors.js';
import type { OperationLimits } from './limits.js';
import { enforceLimits } from './limits.js';
import { sha256 } from './manifest.js';
import type { Operation } from './operation.js';

/** Turns a document's text and an operation name into a valid Operation, or throws a Refusal. */
export type LoadOperation = (text: string, operationName: string | null) => Operation;

/** Documents kept for one schema, and the longest text kept: at worst they are some 200 MB. */
const cachedDocuments = 1000;
const cachedTextLength = 20_000;
const maxErrors = 10;

interface ValidDocument {
  hash: string;
  document: DocumentNode;
  operations: Map<string | null, Operation>;
}

/** Makes the loader for one API schema: parse, limit, validate, choose; valid documents are cached by their text, `cached` of them. */
export function operationLoader(
  schema: GraphQLSchema,
  limits: OperationLimits,
  cached: number = cachedDocuments,
): LoadOperation {
  const documents = new LRUCache<string, ValidDocument>(cached);
  return (text, operationName) => {
    let valid = documents.get(text);
    if (!valid) {
      valid = { hash: sha256(text), document: validDocument(text, schema, limits), operations: new Map() };
      if (text.length <= cachedTextLength) documents.set(text, valid);
    }
    const known = valid.operations.get(operationName);
    if (known) return known;
    const definition = chooseOperation(valid.document, operationName);
    // graphql-js finds nothing wrong with an operation of a kind that the schema does not have.
    if (!schema.getRootType(definition.operation)) {
      const message = `The graph has no ${definition.operation}s.`;
      throw badDocument([{ message, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
    }
    const operation: Operation = Object.freeze({
      text,
      hash: valid.hash,
      document: valid.document,
      definition,
      name: definition.name?.value,
      type: definition.operation,
    });
    valid.operations.set(operationName, operation);
    return operation;
  };
}

function validDocument(text: string, schema: GraphQLSchema, limits: OperationLimits): DocumentNode {
  let document: DocumentNode;
  try {
    document = parse(text, { maxTokens: limits.tokens });
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    if (/^Syntax Error: Document contains more that \d+ tokens/.test(error.message)) {
      throw limitExceeded(
        'tokens',
        limits.tokens,
        `The document has more than ${limits.tokens} tokens. Ask for less, or in several requests.`,
      );
    }
    throw badDocument([describe(error, 'GRAPHQL_PARSE_FAILED')]);
  }
  enforceLimits(document, limits);
  const errors = validate(schema, document, undefined, { maxErrors });
  if (errors.length) throw badDocument(errors.map((error) => describe(error, 'GRAPHQL_VALIDATION_FAILED')));
  return document;
}

function describe(error: GraphQLError, code: string): ResponseError {
  return { message: error.message, ...(error.locations && { locations: error.locations }), extensions: { code } };
}

function chooseOperation(document: DocumentNode, operationName: string | null): OperationDefinitionNode {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const names = operations.map((operation) => operation.name?.value ?? '(anonymous)').join(', ');
  const [first] = operations;
  if (!first) throw unknownOperation('The document has no operation. Send a query or a mutation, not fragments alone.');
  if (operationName === null && operations.length > 1) {
    throw unknownOperation(`The document has several operations (${names}). Say which one in "operationName".`);
  }
  const chosen = operationName === null ? first : operations.find(({ name }) => name?.value === operationName);
  if (!chosen) {
    throw unknownOperation(`The document has no operation of the name in "operationName". It has: ${names}.`);
  }
  return chosen;
}
