/** What a log may say of an unexpected error: its class, its code, and file, line and column where it was thrown. */
export type FailureLine = Readonly<{ error: string; code?: string; at?: string }>;

/** Says of an unexpected error what kind it is and where it came from, never its message, which may hold personal data. */
export function failureOf(error: unknown): FailureLine {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code } = error as { code?: unknown };
  const at = placeOf(error);
  return {
    error: isPlainName(error.name) ? error.name : 'Error',
    ...(isPlainName(code) && { code }),
    ...(at !== undefined && { at }),
  };
}

/** Whether something is a name as programs give them; one with a long number may be that of a person. */
export function isPlainName(value: unknown): value is string {
  return typeof value === 'string' && /^(?!.*\d{6})[A-Z_]\w{0,63}$/i.test(value);
}

function placeOf({ stack = '', message }: Error): string | undefined {
  // The stack begins with the message, which may look like a stack itself.
  const start = stack.indexOf(message);
  return start < 0 ? undefined : /([\w.-]+:\d+:\d+)\)?$/m.exec(stack.slice(start + message.length))?.[1];
}
