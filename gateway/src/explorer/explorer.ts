import type { IssuerMetadata } from '../authentication/issuer.js';

export interface ExplorerIdentity {
  issuer: string;
  metadata: () => Promise<IssuerMetadata>;
}

/** A page or file of the explorer. */
export interface ExplorerFile {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
}

/** Serves the explorer by path. */
export async function explorer(
  _identity: ExplorerIdentity | undefined,
): Promise<(path: string) => Promise<ExplorerFile | undefined>> {
  return async () => undefined;
}
