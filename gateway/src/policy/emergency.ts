import { emergencyOver } from '../errors.js';
import type { Log } from '../telemetry/log.js';
import type { Actor } from './actor.js';

/** A break-glass access (紧急访问) in force: one subject, one case number, from its first use on. */
export interface Emergency {
  readonly caseNumber: string;
  readonly until: Date;
}

/** Milliseconds an emergency lasts. Default 4 hours. */
export const defaultEmergencyMs = 4 * 60 * 60 * 1000;
/** Emergencies remembered; who opens more has the oldest forgotten only after it is over. */
const remembered = 10_000;

/**
 * Opens break-glass access for requests that declare the purpose `emergency`, a reason and a case number; each is open
 * for a limited time and told to the officer when it begins. Reason and case number are texts of people and may name
 * somebody: neither is logged.
 */
export class Emergencies {
  readonly #open = new Map<string, Emergency>();

  constructor(
    readonly log: Log,
    readonly lastsMs: number = defaultEmergencyMs,
    readonly now: () => number = Date.now,
  ) {}

  /** The emergency of an actor, begun if need be; undefined for who declares none. Throws a Refusal where it is over. */
  of({ subject, declaration }: Actor): Emergency | undefined {
    const { purpose, emergencyReason, caseNumber } = declaration;
    if (purpose !== 'emergency' || emergencyReason === undefined || caseNumber === undefined) return undefined;
    const key = JSON.stringify([subject.id, caseNumber]);
    let emergency = this.#open.get(key);
    if (!emergency) {
      this.#forget();
      emergency = Object.freeze({ caseNumber, until: new Date(this.now() + this.lastsMs) });
      this.#open.set(key, emergency);
      this.log('warn', 'break-glass access begins: review it', {
        subject: subject.id,
        roles: subject.roles,
        until: emergency.until.toISOString(),
      });
    }
    if (emergency.until.getTime() <= this.now()) throw emergencyOver(emergency.until);
    return emergency;
  }

  #forget(): void {
    if (this.#open.size < remembered) return;
    const now = this.now();
    for (const [key, { until }] of this.#open) if (until.getTime() + this.lastsMs < now) this.#open.delete(key);
  }
}
