import { refuse } from '@linli/kit/writing/refusal';

/** What may follow each state. */
export type Moves<State extends string> = Readonly<Record<State, readonly State[]>>;

/** What users call each state. */
export type Names<State extends string> = Readonly<Record<State, string>>;

/** @throws Refusal WRONG_STATE that names the state and what may follow it */
export function requireMove<State extends string>(
  field: string[],
  { from, to, moves, names }: { from: State; to: State; moves: Moves<State>; names: Names<State> },
): void {
  if (moves[from].includes(to)) return;
  throw refuse(
    field,
    'WRONG_STATE',
    `现在是“${names[from]}”，不能转入“${names[to]}”；${possible(moves[from], names)}。`,
  );
}

/** @throws Refusal WRONG_STATE where something is in another state than what is to be done is for */
export function requireState<State extends string>(
  field: string[],
  { now, wanted, moves, names }: { now: State; wanted: State; moves: Moves<State>; names: Names<State> },
): void {
  if (now === wanted) return;
  throw refuse(
    field,
    'WRONG_STATE',
    `现在是“${names[now]}”，此操作只适用于“${names[wanted]}”；${possible(moves[now], names)}。`,
  );
}

/** What may follow, for users. */
function possible<State extends string>(next: readonly State[], names: Names<State>): string {
  return next.length ? `可以转入${next.map((state) => `“${names[state]}”`).join('、')}` : '已办结，不能再转入其他状态';
}
