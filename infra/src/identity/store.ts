import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

/** Entries of one kind kept at most; past it the oldest goes, so that a loop of sign-ins cannot fill the memory. */
const limit = 50_000;

interface Entry {
  payload: AdapterPayload;
  /** Milliseconds since 1970. */
  expires: number;
}

/** What was issued under a grant, by the grant's id: a way to remove each. */
type Members = Map<string, Set<() => void>>;

/**
 * Sessions, grants, codes and refresh tokens, in memory: they end with the process, and their owners sign in again.
 * Entries of one kind live equally long, so a map in the order of writing has the next to expire in front.
 */
export function memoryStore(now: () => number = Date.now): AdapterFactory {
  const members: Members = new Map();
  return (kind) => new MemoryAdapter(kind, members, now);
}

class MemoryAdapter implements Adapter {
  readonly #kind: string;
  readonly #members: Members;
  readonly #now: () => number;
  readonly #entries = new Map<string, Entry>();
  readonly #byUid = new Map<string, string>();

  constructor(kind: string, members: Members, now: () => number) {
    this.#kind = kind;
    this.#members = members;
    this.#now = now;
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    const known = this.#entries.delete(id);
    this.#entries.set(id, { payload, expires: this.#now() + expiresIn * 1000 });
    if (payload.uid) this.#byUid.set(payload.uid, id);
    if (payload.grantId && !known) this.#join(payload.grantId, id);
    this.#sweep();
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const entry = this.#entries.get(id);
    if (!entry) return undefined;
    if (entry.expires > this.#now()) return entry.payload;
    this.#remove(id);
    return undefined;
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    const id = this.#byUid.get(uid);
    return id === undefined ? undefined : this.find(id);
  }

  /** Only the device flow asks by user code, and the issuer does not offer it. */
  async findByUserCode(): Promise<undefined> {
    return undefined;
  }

  async consume(id: string): Promise<void> {
    const entry = this.#entries.get(id);
    if (entry) entry.payload.consumed = Math.floor(this.#now() / 1000);
  }

  async destroy(id: string): Promise<void> {
    this.#remove(id);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    this.#members.get(grantId)?.forEach((remove) => remove());
    this.#members.delete(grantId);
  }

  #join(grantId: string, id: string): void {
    const members = this.#members.get(grantId) ?? new Set();
    this.#members.set(
      grantId,
      members.add(() => this.#remove(id)),
    );
  }

  #remove(id: string): void {
    const uid = this.#entries.get(id)?.payload.uid;
    if (uid) this.#byUid.delete(uid);
    this.#entries.delete(id);
    if (this.#kind === 'Grant') void this.revokeByGrantId(id);
  }

  #sweep(): void {
    for (const [id, entry] of this.#entries) {
      if (entry.expires > this.#now() && this.#entries.size <= limit) return;
      this.#remove(id);
    }
  }
}
