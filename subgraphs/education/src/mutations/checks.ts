import { refuse, type Refusal } from '@linli/kit/writing/refusal';

/** What is asked for is not there, or not the caller's to change: which of both is not told. */
export function notFound(field: string, what: string): Refusal {
  return refuse([field], 'NOT_FOUND', `没有这${what}，或无权办理，请重新选择。`);
}

/** Somebody else changed it since the caller looked. */
export function stale(): Refusal {
  return refuse(['expectedVersion'], 'CONFLICT', '内容已被他人修改，请刷新后重试。');
}

/** @throws Refusal CONFLICT where a row is not the one that the caller looked at */
export function requireVersion({ version }: { version: number }, expected: number): void {
  if (version !== expected) throw stale();
}

/**
 * @param names the states' names for users
 * @throws Refusal WRONG_STATE that names the state and those from which it can be done
 */
export function requireState<State extends string>(
  field: string,
  state: State,
  from: readonly State[],
  names: Readonly<Record<State, string>>,
): void {
  if (from.includes(state)) return;
  const possible = from.map((each) => `“${names[each]}”`).join('、');
  throw refuse([field], 'WRONG_STATE', `现在是“${names[state]}”，只有${possible}的可以这样办理。`);
}
