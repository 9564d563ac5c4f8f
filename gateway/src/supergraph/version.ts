import type { Log } from '../telemetry/log.js';

/** A newest version that is not the one that is served; without a hash where there was nothing to read. */
export interface RefusedVersion {
  readonly hash?: string;
  readonly reason: string;
}

/** Which version is served, and which one was refused since; hashes are SHA-256, hex. */
export interface VersionState {
  readonly hash: string;
  /** ISO 8601. */
  readonly loadedAt: string;
  readonly refused?: RefusedVersion;
}

/** Remembers which version of something is served, and why a newer one is not. */
export class Version {
  #hash: string;
  #loadedAt = new Date().toISOString();
  #refused: RefusedVersion | undefined;

  /** @param told what the log says of a version that is served, and of one that is refused */
  constructor(
    hash: string,
    readonly told: { readonly served: string; readonly refused: string },
    readonly log: Log,
  ) {
    this.#hash = hash;
  }

  get hash(): string {
    return this.#hash;
  }

  get refused(): RefusedVersion | undefined {
    return this.#refused;
  }

  get state(): VersionState {
    return { hash: this.#hash, loadedAt: this.#loadedAt, ...(this.#refused && { refused: this.#refused }) };
  }

  /** Another version is served from now on. */
  replace(hash: string): void {
    this.log('info', this.told.served, { hash, before: this.#hash });
    this.#hash = hash;
    this.#loadedAt = new Date().toISOString();
    this.#refused = undefined;
  }

  /** The newest version is the one that is served. */
  confirm(): void {
    this.#refused = undefined;
  }

  /** The newest version is not served. The log is told once, however often the same one is tried. */
  refuse(reason: string, hash?: string): RefusedVersion {
    const refused = { ...(hash !== undefined && { hash }), reason };
    const known = this.#refused?.hash === hash && this.#refused?.reason === reason;
    if (!known) this.log('error', this.told.refused, refused);
    this.#refused = refused;
    return refused;
  }
}
