/** An answer, with its body read. */
export interface Page {
  status: number;
  /** Where the answer came from. */
  url: string;
  headers: Headers;
  /** Absolute, where the answer is a redirect. */
  location: string | undefined;
  text: string;
}

interface Cookie {
  name: string;
  value: string;
  path: string;
}

/** As much of a browser as a sign-in needs: it keeps cookies by path, follows redirects and posts forms. No script. */
export class Browser {
  #cookies: Cookie[] = [];

  /** Another browser with the same cookies, as of somebody who copied them. */
  copy(): Browser {
    const other = new Browser();
    other.#cookies = [...this.#cookies];
    return other;
  }

  /** One request, without following where it leads. */
  async request(url: string, init: RequestInit = {}): Promise<Page> {
    const headers = new Headers(init.headers);
    headers.set('cookie', this.#cookieHeader(new URL(url).pathname));
    headers.set('accept', 'text/html');
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    const location = response.headers.get('location');
    return {
      status: response.status,
      url,
      headers: response.headers,
      location: location === null ? undefined : new URL(location, url).href,
      text: await response.text(),
    };
  }

  /** Opens an address and follows redirects, up to one that leads away from the address's own origin. */
  async open(url: string, init: RequestInit = {}): Promise<Page> {
    let page = await this.request(url, init);
    for (let hop = 0; page.location && new URL(page.location).origin === new URL(url).origin; hop += 1) {
      if (hop === 10) throw new Error(`${url} redirects without end`);
      page = await this.request(page.location);
    }
    return page;
  }

  /** Fills in and posts the page's first form that posts; hidden fields go along. */
  async submit(page: Page, fields: Record<string, string>): Promise<Page> {
    const form = /<form\b([^>]*\bmethod="post"[^>]*)>([\s\S]*?)<\/form>/i.exec(page.text);
    if (!form) throw new Error(`${page.url} (status ${page.status}) has no form to post`);
    const action = unescape(attribute(form[1] ?? '', 'action') ?? '');
    const hidden = [...(form[2] ?? '').matchAll(/<input\b([^>]*\btype="hidden"[^>]*)>/gi)]
      .map(
        (input) =>
          [attribute(input[1] ?? '', 'name') ?? '', unescape(attribute(input[1] ?? '', 'value') ?? '')] as const,
      )
      .filter(([name]) => name);
    const body = new URLSearchParams({ ...Object.fromEntries(hidden), ...fields });
    return this.open(new URL(action, page.url).href, { method: 'POST', body });
  }

  #cookieHeader(path: string): string {
    const sent = this.#cookies.filter((one) => path === one.path || path.startsWith(one.path.replace(/\/?$/, '/')));
    return sent.map((one) => `${one.name}=${one.value}`).join('; ');
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const name = pair.slice(0, pair.indexOf('='));
    const get = (key: string) =>
      attributes.find((one) => one.toLowerCase().startsWith(`${key}=`))?.slice(key.length + 1);
    const path = get('path') ?? '/';
    const expires = get('expires');
    this.#cookies = this.#cookies.filter((one) => one.name !== name || one.path !== path);
    const gone = get('max-age') === '0' || (expires !== undefined && Date.parse(expires) < Date.now());
    if (!gone) this.#cookies.push({ name, path, value: pair.slice(pair.indexOf('=') + 1) });
  }
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\b${name}="([^"]*)"`, 'i').exec(tag)?.[1];
}

function unescape(text: string): string {
  return text.replace(/&amp;/g, '&').replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}
