/** What a client sends, as GraphQL over HTTP names it, before anything is known of its operation. */
export interface RequestParameters {
  /** The text of a document; null where the document is named by its hash or id. */
  query: string | null;
  /** Names a persisted document (GraphQL over HTTP, appendix A). */
  documentId: string | null;
  operationName: string | null;
  variables: Readonly<Record<string, unknown>> | null;
  extensions: Readonly<Record<string, unknown>> | null;
}

/** A request whose document is known, and allowed as far as its text alone can tell. */
export interface GraphQLRequest {
  /** The text of the document. */
  document: string;
  operationName: string | null;
  variables: Readonly<Record<string, unknown>> | null;
}
