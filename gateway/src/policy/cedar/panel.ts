import { askCedar } from './ask.js';
import type { CedarAction, Question } from './question.js';
import { cedarActions } from './question.js';
import type { Sight, Table, Tables, Tabulated } from './tabulated.js';
import { unasked } from './tabulated.js';

/** What the policies see of a field: fields of one likeness are decided equally, whatever the question. */
export interface Likeness {
  /** A number that no other likeness has. */
  readonly id: number;
  /** By the number of a policy, what it sees of the field; undefined where its scope does not have it. */
  readonly sights: readonly (Sight | undefined)[];
}

export type Voices = Readonly<Record<'permit' | 'forbid', readonly Voice[]>>;

/** A policy, with what it has answered one kind of subject about one kind of field. */
export class Voice {
  constructor(
    readonly tabulated: Tabulated,
    readonly table: Table,
    readonly held: readonly string[],
  ) {}

  /** Whether the policy, whatever its effect, applies to a question. Cedar is asked about a case once. */
  applies(action: CedarAction, question: Question): boolean {
    const { answers } = this.table;
    const place = this.tabulated.placeOf(question);
    let answer = answers[place]!;
    if (answer === unasked) {
      answer = askCedar(this.tabulated.policy, action, question, this.held) ? 1 : 0;
      answers[place] = answer;
    }
    return answer === 1;
  }
}

/** A policy that concerns a subject, with what it has answered about such subjects. */
interface Seat {
  readonly number: number;
  readonly tabulated: Tabulated;
  readonly held: readonly string[];
  readonly tables: Tables;
}

/** The policies that may have a say about subjects of the same roles and department. */
export class Panel {
  readonly #seats: Readonly<Record<CedarAction, readonly Seat[]>>;
  readonly #voices: Readonly<Record<CedarAction, Voices[]>> = { read: [], readMasked: [], write: [] };

  /** @param policies by number */
  constructor(
    policies: readonly Tabulated[],
    roles: readonly string[],
    readonly department: string | undefined,
  ) {
    const concerned = policies
      .map((tabulated, number) => ({ number, tabulated, held: tabulated.rolesOf(roles) }))
      .filter(({ tabulated }) => tabulated.concerns(roles))
      // One that tells little apart answers from its table the soonest.
      .sort((a, b) => a.tabulated.cases - b.tabulated.cases);
    const seatsFor = (action: CedarAction): Seat[] =>
      concerned
        .filter(({ tabulated }) => tabulated.policy.actions.includes(action))
        .map((each) => ({ ...each, tables: each.tabulated.tablesFor(action, each.held, department) }));
    const [read, readMasked, write] = cedarActions.map(seatsFor) as [Seat[], Seat[], Seat[]];
    this.#seats = { read, readMasked, write };
  }

  /** The policies that have fields of a likeness in their scope. */
  voices(action: CedarAction, likeness: Likeness): Voices {
    return (this.#voices[action][likeness.id] ??= this.#voicesOn(action, likeness));
  }

  #voicesOn(action: CedarAction, { sights }: Likeness): Voices {
    const voices: Record<'permit' | 'forbid', Voice[]> = { permit: [], forbid: [] };
    for (const { number, tabulated, held, tables } of this.#seats[action]) {
      const sight = sights[number];
      if (!sight) continue;
      voices[tabulated.policy.effect].push(
        new Voice(tabulated, tabulated.tableIn(tables, this.department, sight), held),
      );
    }
    return voices;
  }
}
