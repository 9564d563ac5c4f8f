/** Tokens of one browser tab. They are gone when it closes, and no other tab sees them. */
export interface Session {
  accessToken: string;
  refreshToken?: string;
  idToken?: string;
}

/** What is shown of a token. It is not verified here: that is the gateway's part. */
export interface Identity {
  name: string;
  roles: string[];
  /** Milliseconds since 1970. */
  expiresAt: number;
}

const key = 'linli-session';

export function readSession(): Session | undefined {
  const text = sessionStorage.getItem(key);
  return text === null ? undefined : (JSON.parse(text) as Session);
}

export function writeSession(session: Session | undefined): void {
  if (session) sessionStorage.setItem(key, JSON.stringify(session));
  else sessionStorage.removeItem(key);
}

/** Reads who an access token is for; undefined where it is no JWT. */
export function identityOf(accessToken: string): Identity | undefined {
  try {
    const [, payload = ''] = accessToken.split('.');
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (it) => it.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes)) as {
      sub?: string;
      preferred_username?: string;
      realm_access?: { roles?: string[] };
      exp?: number;
    };
    return {
      name: claims.preferred_username ?? claims.sub ?? '?',
      roles: claims.realm_access?.roles ?? [],
      expiresAt: (claims.exp ?? 0) * 1000,
    };
  } catch {
    return undefined;
  }
}
