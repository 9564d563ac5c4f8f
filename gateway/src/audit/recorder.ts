import { failureOf } from '../telemetry/failure.js';
import type { Log } from '../telemetry/log.js';
import type { DisclosureRecord } from './record.js';

/** Puts disclosures on record. */
export interface Recorder {
  /** Resolves once the record is kept for good; rejects where that is not certain. */
  record(record: DisclosureRecord): Promise<void>;
  /** Ends when what is under way has ended. */
  close(): Promise<void>;
}

/** Where records are kept. */
export interface RecordStore {
  /** Resolves once all of them are kept for good, rejects where none is. */
  insert(records: readonly DisclosureRecord[]): Promise<void>;
  close(): Promise<void>;
}

export interface RecorderLimits {
  /** Records that may wait for a write; with more, answers are held back at once. */
  readonly waiting: number;
  /** Records of one write. */
  readonly together: number;
  /** Milliseconds that a write may take. */
  readonly writeMs: number;
}

export const defaultRecorderLimits: RecorderLimits = { waiting: 2000, together: 200, writeMs: 4000 };

interface Waiting {
  readonly record: DisclosureRecord;
  readonly kept: () => void;
  readonly failed: (error: Error) => void;
}

/**
 * Group commit: one write at a time, and records that arrive while it is under way go into the next one together. What
 * fails fails for those who wait for it alone; the next record tries again.
 */
export class GroupRecorder implements Recorder {
  readonly #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #failing = false;

  constructor(
    readonly store: RecordStore,
    readonly log: Log,
    readonly limits: RecorderLimits = defaultRecorderLimits,
  ) {}

  record(record: DisclosureRecord): Promise<void> {
    if (this.#waiting.length >= this.limits.waiting) {
      return Promise.reject(new Error('Too many disclosures wait to be recorded.'));
    }
    return new Promise((kept, failed) => {
      this.#waiting.push({ record, kept, failed });
      this.#writing ??= this.#writeAll();
    });
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.store.close();
  }

  async #writeAll(): Promise<void> {
    // What comes in together is written together.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, this.limits.together);
      try {
        await this.#inTime(this.store.insert(group.map(({ record }) => record)));
        this.#tell(undefined);
        for (const { kept } of group) kept();
      } catch (error) {
        this.#tell(error);
        for (const { failed } of group) failed(error as Error);
      }
    }
    // At once: whoever was just told may have the next record, which begins a write of its own.
    this.#writing = undefined;
  }

  async #inTime(write: Promise<void>): Promise<void> {
    const { writeMs } = this.limits;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`Disclosures were not recorded within ${writeMs} ms.`));
      }, writeMs);
    });
    try {
      await Promise.race([write, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Says when it begins to fail and when it is over, not how many were held back. */
  #tell(error: unknown): void {
    if (this.#failing === (error !== undefined)) return;
    this.#failing = error !== undefined;
    if (this.#failing) {
      this.log('error', 'disclosures cannot be recorded: answers with personal data are held back', failureOf(error));
    } else this.log('info', 'disclosures are recorded again');
  }
}
