/** A GraphQL request as GraphQL over HTTP names its parameters, before anything is known of its operation. */
export interface GraphQLRequest {
  query: string;
  operationName: string | null;
  variables: Readonly<Record<string, unknown>> | null;
  extensions: Readonly<Record<string, unknown>> | null;
}
