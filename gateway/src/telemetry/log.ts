export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Writes one JSON object a line to stderr. Fields must hold no token, no variable and no personal data. */
export type Log = (level: LogLevel, msg: string, fields?: Readonly<Record<string, unknown>>) => void;

/** Makes the log of a service: `{time, level, service, msg, ...fields}`, `time` in RFC 3339. */
export function createLog(service: string, write: (line: string) => void = (line) => process.stderr.write(line)): Log {
  return (level, msg, fields = {}) =>
    write(`${JSON.stringify({ time: new Date().toISOString(), level, service, msg, ...fields })}\n`);
}
