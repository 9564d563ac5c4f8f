export type Level = 'info' | 'warn' | 'error';
export type Log = (level: Level, msg: string, fields?: Record<string, unknown>) => void;

/** One JSON object a line on stderr. Never pass personal data, tokens or SQL values in `fields`. */
export function createLog(service: string): Log {
  return (level, msg, fields = {}) => {
    process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), level, service, msg, ...fields })}\n`);
  };
}
