import { readFile, readdir } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { schemaFile } from '@linli/schema/files';
import type { IssuerMetadata } from '../authentication/issuer.js';
import { readExamples } from './examples.js';

export interface ExplorerIdentity {
  /** URL of the issuer; the pages may talk to its origin. */
  issuer: string;
  metadata: () => Promise<IssuerMetadata>;
}

/** A page or file of the explorer, as it is answered. */
export interface ExplorerFile {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
}

/** Where `scripts/build-explorer.mjs` puts the pages, seen from `src/` and from `dist/` alike. */
const pages = fileURLToPath(new URL('../../dist/explorer/pages/', import.meta.url));

/** The public client of the explorer, as registered at the issuer. */
const clientId = 'linli-explorer';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

/** Makes the server of the explorer: the page at `/`, its files and its settings under `/explorer/`. */
export async function explorer(
  identity: ExplorerIdentity | undefined,
): Promise<(path: string) => Promise<ExplorerFile | undefined>> {
  // Only what was there at the start is served, so no path can lead out of the folder.
  const files = await readdir(pages, { recursive: true, withFileTypes: true }).catch(() => []);
  const served = new Map(
    files
      .filter((file) => file.isFile())
      .map((file) => join(file.parentPath, file.name))
      .map((file) => [`/explorer/${file.slice(pages.length).split(sep).join('/')}`, file]),
  );
  const policy = contentSecurityPolicy(identity?.issuer);

  return async (path) => {
    if (path === '/explorer/config.json') return config(identity);
    const file = served.get(path === '/' ? '/explorer/index.html' : path);
    if (file === undefined) return path === '/' ? notBuilt() : undefined;
    const named = path.startsWith('/explorer/assets/');
    return {
      status: 200,
      headers: {
        'content-type': types[extname(file)] ?? 'application/octet-stream',
        // The names of assets hold a hash of their content.
        'cache-control': named ? 'public, max-age=31536000, immutable' : 'no-cache',
        'content-security-policy': policy,
      },
      body: await readFile(file),
    };
  };
}

/** The editor sets styles in elements and loads its workers from files; scripts come from here alone. */
function contentSecurityPolicy(issuer: string | undefined): string {
  const connect = ["'self'", ...(issuer === undefined ? [] : [new URL(issuer).origin])];
  return [
    "default-src 'none'",
    "script-src 'self'",
    "worker-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    `connect-src ${connect.join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

async function config(identity: ExplorerIdentity | undefined): Promise<ExplorerFile> {
  const metadata = await identity?.metadata().catch(() => undefined);
  const body = JSON.stringify({
    secure: identity !== undefined,
    ...(metadata?.authorization_endpoint &&
      metadata.token_endpoint && {
        issuer: {
          clientId,
          authorizationEndpoint: metadata.authorization_endpoint,
          tokenEndpoint: metadata.token_endpoint,
          endSessionEndpoint: metadata.end_session_endpoint,
        },
      }),
    examples: identity === undefined ? [] : await readExamples(schemaFile('operations')),
  });
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body,
  };
}

function notBuilt(): ExplorerFile {
  return {
    status: 503,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    body: 'The explorer is not built. Run "npm run build"; GraphQL is served at /graphql all the same.\n',
  };
}
