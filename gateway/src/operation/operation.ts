import type { DocumentNode, OperationDefinitionNode, OperationTypeNode } from 'graphql';

/** One operation of a document that is valid against the API schema. Immutable and shared by all requests for it. */
export interface Operation {
  readonly text: string;
  /** SHA-256 of the text, hex: names the document in caches and logs. */
  readonly hash: string;
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  /** As written in the document; undefined for an anonymous operation. */
  readonly name: string | undefined;
  readonly type: OperationTypeNode;
}
