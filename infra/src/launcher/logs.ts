import { closeSync, existsSync, openSync, readSync, renameSync, statSync } from 'node:fs';

const rotateAt = 8 * 1024 * 1024;

/** Opens a log to append to. A large one is first set aside as `<name>.1`, in place of the one before. */
export function openLog(path: string): number {
  if (existsSync(path) && statSync(path).size > rotateAt) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}

/** Size of a log now, to read later only what came after; 0 when there is none. */
export function logSize(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/**
 * The last thing a service said that tells why it ended: the message of its last line, be it our JSON or plain text,
 * a crash's stack left out.
 *
 * @param from byte to start at
 */
export function lastWords(path: string, from: number): string | undefined {
  const lines = tail(path, from)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^at |^Node\.js v|^[{}\]]+$|^\^+$|^node:|^file:/.test(line));
  const told = lines.map(parseLine);
  const failure = told.findLast(({ level }) => level === 'error' || level === 'fatal');
  const plain = told.findLast(({ message }) => /^\w*Error\b|\berror:/i.test(message));
  return (failure ?? plain ?? told.at(-1))?.message;
}

function parseLine(line: string): { level?: string; message: string } {
  try {
    const entry = JSON.parse(line) as { level?: string; msg?: unknown; error?: unknown; reason?: unknown };
    const parts = [entry.msg, entry.reason, entry.error].filter((part) => typeof part === 'string');
    return { level: entry.level, message: parts.join(': ') || line };
  } catch {
    return { message: line };
  }
}

/** What was written after `from`, at most its last 64 KiB. */
function tail(path: string, from: number): string {
  if (!existsSync(path)) return '';
  const size = statSync(path).size;
  const start = Math.max(from, size - 65_536, 0);
  if (size <= start) return '';
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(size - start);
    return buffer.toString('utf8', 0, readSync(file, buffer, 0, buffer.length, start));
  } finally {
    closeSync(file);
  }
}
