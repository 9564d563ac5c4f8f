/** A request to another path than `/graphql`, from whoever calls: that is for the route to find out. */
export interface RouteRequest {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  /** By lower-case names; of a header that came several times the first. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** Answers requests below a path of a service's own, in JSON. */
export type Route = (request: RouteRequest) => Promise<{ readonly status: number; readonly body: object }>;
