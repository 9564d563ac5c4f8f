import type { Voice, Voices } from './panel.js';
import type { Asking, Case, Cases, CedarAction, Effect, Question } from './question.js';

/** What the policies say to one subject about one field, case by case. */
export class Hearing {
  readonly #asked: Asking;
  readonly #voices: Partial<Record<CedarAction, Voices>> = {};

  /**
   * @param voicesFor the policies that may have a say about an action, whatever the case
   * @param isMet whether what the field itself demands beside them is so
   */
  constructor(
    question: Question,
    readonly voicesFor: (action: CedarAction, question: Question) => Voices,
    readonly isMet: (action: CedarAction, question: Question) => boolean,
  ) {
    // One object for all cases: they are thousands.
    this.#asked = { ...question };
  }

  /** A reading in full goes before a masked one. */
  effect(each: Case): Effect {
    this.#ask(each);
    if (this.#asked.action === 'write') return this.#allows('write') ? 'ALLOW' : 'DENY';
    if (this.#allows('read')) return 'ALLOW';
    return this.#allows('readMasked') ? 'MASK' : 'DENY';
  }

  /** Whether an action is allowed in any of some cases. */
  isEverAllowed(action: CedarAction, cases: Cases): boolean {
    const { permit } = this.#voicesOn(action);
    let anything = false;
    for (const voice of permit) {
      const first = this.#firstIn(voice, action, cases);
      if (first < 0) continue;
      anything = true;
      // Mostly nothing forbids what something permits.
      if (this.#isAllowed(action, cases.list[first]!)) return true;
    }
    return anything && cases.list.some((each) => this.#isAllowed(action, each));
  }

  /** Whether a policy permits an action in any of some cases; another may still forbid it there. */
  isEverPermitted(action: CedarAction, cases: Cases): boolean {
    return this.#voicesOn(action).permit.some((voice) => this.#firstIn(voice, action, cases) >= 0);
  }

  #isAllowed(action: CedarAction, each: Case): boolean {
    this.#ask(each);
    return this.#allows(action);
  }

  #ask({ emergency, purpose, relation, minor }: Case): void {
    const asked = this.#asked;
    asked.emergency = emergency;
    asked.purpose = purpose;
    asked.relation = relation;
    asked.minor = minor;
  }

  /** What is forbidden is not permitted. */
  #allows(action: CedarAction): boolean {
    const { permit, forbid } = this.#voicesOn(action);
    return this.#anyApplies(permit, action) && !this.#anyApplies(forbid, action) && this.isMet(action, this.#asked);
  }

  #anyApplies(voices: readonly Voice[], action: CedarAction): boolean {
    for (const voice of voices) if (voice.applies(action, this.#asked)) return true;
    return false;
  }

  /** The place of the first of some cases in which a policy applies; -1 where there is none. */
  #firstIn(voice: Voice, action: CedarAction, cases: Cases): number {
    const { legalBasis, caseNumber } = this.#asked;
    const stated = Number(legalBasis) + 2 * Number(caseNumber);
    const { firsts } = voice.table;
    let known = firsts.get(cases);
    if (!known) firsts.set(cases, (known = []));
    return (known[stated] ??= cases.list.findIndex((each) => {
      this.#ask(each);
      return voice.applies(action, this.#asked);
    }));
  }

  #voicesOn(action: CedarAction): Voices {
    return (this.#voices[action] ??= this.voicesFor(action, this.#asked));
  }
}
