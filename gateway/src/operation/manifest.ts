import { createHash } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StartError } from '../errors.js';

/** A document that front-end teams have agreed on with the hub. */
export interface ManifestEntry {
  /** Its file's name without `.graphql`, or its key in the manifest file. */
  id: string;
  /** Named in errors: its file, or its key. */
  name: string;
  text: string;
}

const manifestFile = z.record(z.string().min(1), z.string().min(1));

/**
 * Reads the persisted operations: a folder of `*.graphql` files, or a JSON file `{"id or hash": "document"}` as client
 * generators write it. Rejects with a StartError that says what is wrong with it.
 */
export async function readManifest(path: string): Promise<Manifest> {
  try {
    if ((await stat(path)).isDirectory()) return new Manifest(await readFolder(path));
    const entries = manifestFile.parse(JSON.parse(await readFile(path, 'utf8')));
    return new Manifest(Object.entries(entries).map(([id, text]) => ({ id, name: id, text })));
  } catch {
    throw new StartError(
      `The persisted operations ${path} cannot be read. Name a folder of *.graphql files, or a JSON file {"hash": "document"}.`,
    );
  }
}

async function readFolder(folder: string): Promise<ManifestEntry[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.graphql')).sort();
  return Promise.all(
    names.map(async (name) => ({
      id: name.slice(0, -'.graphql'.length),
      name,
      text: await readFile(join(folder, name), 'utf8'),
    })),
  );
}

/** The persisted operations, to be found by id and by hash. */
export class Manifest {
  /** Of ids and texts together: another manifest has another one. */
  readonly hash: string;
  readonly #byId = new Map<string, string>();
  readonly #texts = new Set<string>();

  constructor(readonly entries: readonly ManifestEntry[]) {
    this.hash = sha256(JSON.stringify(entries.map(({ id, text }) => [id, text])));
    for (const { id, text } of entries) {
      this.#byId.set(id, text).set(sha256(text), text);
      this.#texts.add(text);
    }
  }

  /** The document of an id: its own, its SHA-256 in hex, or that after `sha256:`. */
  find(id: string): string | undefined {
    return this.#byId.get(id) ?? this.#byId.get(id.replace(/^sha256:/, '').toLowerCase());
  }

  /** Whether a text is one of the documents, to the letter. */
  has(text: string): boolean {
    return this.#texts.has(text);
  }
}

/** The SHA-256 of a text in UTF-8, as lower-case hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
