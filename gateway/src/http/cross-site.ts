import type { IncomingHttpHeaders } from 'node:http';
import { crossSiteRefused } from '../errors.js';
import { declarationHeaders } from '../policy/declaration.js';

/** A header that no page can send to another site without a preflight, so its presence shows there was one. */
const preflightHeader = 'linli-require-preflight';
const allowedHeaders = [
  'content-type',
  'authorization',
  'accept',
  preflightHeader,
  ...Object.values(declarationHeaders),
].join(', ');

const none = Object.freeze({});

/** Which other origins may read answers; `*` is every one. Never with credentials: tokens travel in a header. */
export class CrossSite {
  readonly #origins: ReadonlySet<string>;

  constructor(origins: readonly string[]) {
    this.#origins = new Set(origins);
  }

  #allows(origin: string): boolean {
    return this.#origins.has('*') || this.#origins.has(origin);
  }

  /**
   * Refuses a GET that a page of another site made without being allowed to (403). Browsers say so in `Sec-Fetch-Site`
   * (W3C Fetch Metadata); what is no browser has no user whose rights could be borrowed.
   */
  guardGet(headers: IncomingHttpHeaders): void {
    const site = headers['sec-fetch-site'];
    if (site === undefined || site === 'same-origin' || site === 'none') return;
    if (headers[preflightHeader] !== undefined) return;
    if (headers.origin !== undefined && this.#allows(headers.origin)) return;
    throw crossSiteRefused(
      `A page of another site asked. Send a POST with "Content-Type: application/json", or the header ${preflightHeader}.`,
    );
  }

  /**
   * Refuses a WebSocket that a page of another site opens without being allowed to (403): no preflight asks for it, and
   * browsers say in `Origin` whose page it is (RFC 6455, 10.2).
   */
  guardUpgrade({ origin, host }: IncomingHttpHeaders): void {
    if (origin === undefined || this.#allows(origin)) return;
    if (URL.canParse(origin) && new URL(origin).host === host) return;
    throw crossSiteRefused('A page of another site asked. The operator can allow it in LINLI_CORS_ORIGINS.');
  }

  /** The headers of an answer to a request of `origin` (Fetch standard, CORS protocol). */
  responseHeaders(origin: string | undefined): Readonly<Record<string, string>> {
    if (origin === undefined || !this.#allows(origin)) return none;
    return { 'access-control-allow-origin': origin, 'access-control-expose-headers': 'www-authenticate, retry-after' };
  }

  /** What an answer to a preflight of `origin` has beside those. */
  preflightHeaders(origin: string | undefined): Readonly<Record<string, string>> {
    if (origin === undefined || !this.#allows(origin)) return none;
    return {
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': allowedHeaders,
      'access-control-max-age': '600',
    };
  }
}
