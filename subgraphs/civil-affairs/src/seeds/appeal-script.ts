import type { Random } from '@linli/kit/population/random';
import type { AppealAction, AppealState } from '../generated/graphql.js';

/** One act of a made-up course, with the hours since the one before; who acts and on what follows from the course. */
export interface Cue {
  readonly action: AppealAction;
  readonly hours: number;
  readonly value?: number;
}

type Script = (random: Random, workingDays: number) => Cue[];

const cue = (action: AppealAction, hours: number, more: Partial<Cue> = {}): Cue => ({ action, hours, ...more });

/** Hours that handling takes; made up, one in eight takes longer than it should. */
function handlingHours(random: Random, workingDays: number): number {
  const inTime = workingDays * 24;
  return random.chance(0.125)
    ? inTime + random.int(24, 200)
    : Math.max(4, Math.floor((inTime * random.int(20, 90)) / 100));
}

/** Accepted within a day; contacted within another in nine of ten cases. */
const accepted: Script = (random) => [
  cue('ACCEPT', random.int(1, 20)),
  ...(random.chance(0.96) ? [cue('CONTACT', random.chance(0.94) ? random.int(1, 20) : random.int(25, 60))] : []),
];

/** Dispatched; some units give it back once, some hand it on. */
const dispatched: Script = (random, days) => [
  ...accepted(random, days),
  cue('DISPATCH', random.int(1, 6)),
  ...(random.chance(0.08) ? [cue('RETURN', random.int(2, 8)), cue('DISPATCH', random.int(1, 4))] : []),
  ...(random.chance(0.08) ? [cue('TRANSFER', random.int(2, 8)), cue('ACCEPT', random.int(2, 12))] : []),
];

const handling: Script = (random, days) => [
  ...dispatched(random, days),
  cue('START', random.int(1, 8)),
  ...(random.chance(0.12) ? [cue('JOIN', 2)] : []),
  ...(random.chance(0.06) && days > 1 ? [cue('EXTEND', 1, { value: Math.ceil(days / 3) })] : []),
];

const answered: Script = (random, days) => [...handling(random, days), cue('ANSWER', handlingHours(random, days))];

/** Made-up ratings: nobody is dissatisfied at first who was not given another try. */
const satisfied = (random: Random) => random.pick([3, 4, 4, 5, 5, 5]);
const anyRating = (random: Random) => random.pick([1, 2, 3, 3, 4, 5]);

const reworked: Script = (random, days) => [
  ...answered(random, days),
  cue('REOPEN', random.int(5, 100)),
  cue('START', random.int(2, 20)),
  cue('ANSWER', handlingHours(random, days)),
];

const confirmed: Script = (random, days) => [
  ...(random.chance(0.2) ? reworked : answered)(random, days),
  cue('CONFIRM', random.int(4, 120)),
];

const evaluated: Script = (random, days) => {
  if (!random.chance(0.2))
    return [...confirmed(random, days), cue('EVALUATE', random.int(1, 48), { value: satisfied(random) })];
  const cues = reworked(random, days);
  if (random.chance(0.5)) cues.push(cue('CONFIRM', random.int(4, 100)));
  return [...cues, cue('EVALUATE', random.int(1, 48), { value: anyRating(random) })];
};

const lapsed: Script = (random, days) => [...answered(random, days), cue('LAPSE', 24 * 7)];

const scripts: Readonly<Record<AppealState, Script>> = {
  SUBMITTED: () => [],
  ACCEPTED: accepted,
  DISPATCHED: dispatched,
  HANDLING: handling,
  ANSWERED: answered,
  CONFIRMED: confirmed,
  REOPENED: (random, days) => [...answered(random, days), cue('REOPEN', random.int(5, 100))],
  EVALUATED: evaluated,
  CLOSED: (random, days) =>
    random.chance(0.3) ? lapsed(random, days) : [...evaluated(random, days), cue('CLOSE', random.int(1, 72))],
  TRANSFERRED: (random, days) => [...accepted(random, days), cue('DISPATCH', 3), cue('TRANSFER', 5)],
  DISPUTED: (random, days) => [
    ...accepted(random, days),
    cue('DISPATCH', 3),
    cue('RETURN', 5),
    cue('DISPATCH', 2),
    cue('RETURN', 6),
  ],
  MERGED: (random, days) => [...accepted(random, days), cue('MERGE', random.int(1, 5))],
  REJECTED: (random) => [cue('REJECT', random.int(1, 20))],
  WITHDRAWN: (random, days) => [...accepted(random, days), cue('WITHDRAW', random.int(1, 40))],
};

/** What nobody complained about has nobody to confirm or rate it, either: it is closed when it is answered. */
const proactive: Partial<Record<AppealState, Script>> = {
  CONFIRMED: answered,
  EVALUATED: answered,
  CLOSED: (random, days) => [...answered(random, days), cue('CLOSE', random.int(1, 24))],
};

/** A course that leads to a state, drawn among several. */
export function drawScript(state: AppealState, isProactive: boolean, random: Random, workingDays: number): Cue[] {
  if (!isProactive) return scripts[state](random, workingDays);
  return (proactive[state] ?? scripts[state])(random, workingDays).filter(({ action }) => action !== 'CONTACT');
}
