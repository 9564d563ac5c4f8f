import type { ServiceProgress } from './service.js';

/** Where to write: a terminal, or something that keeps what it is told. */
type Stream = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** Tells people how far the start is. */
export interface Reporter {
  /** What a service is doing now. Progress may be left out when it comes too fast, a change of state never. */
  status(name: string, status: string, kind: 'progress' | 'state'): void;
  /** Something worth a line of its own. */
  line(text: string): void;
}

/** For a terminal: one line a service, rewritten in place. Else plain lines, progress at most every 2 s a service. */
export function createReporter(stream: Stream): Reporter {
  return stream.isTTY && process.env['TERM'] !== 'dumb' ? liveReporter(stream) : plainReporter(stream);
}

/** `seeding residents 12,000 / 20,000`. */
export function progressText({ text, done, total }: ServiceProgress): string {
  const count = (value: number) => value.toLocaleString('en-US');
  if (done === undefined) return text;
  return total === undefined ? `${text} ${count(done)}` : `${text} ${count(done)} / ${count(total)}`;
}

function plainReporter(stream: Stream): Reporter {
  const lastProgress = new Map<string, number>();
  return {
    status(name, status, kind) {
      const now = Date.now();
      if (kind === 'progress') {
        if (now - (lastProgress.get(name) ?? 0) < 2_000) return;
        lastProgress.set(name, now);
      }
      stream.write(`${name}: ${status}\n`);
    },
    line: (text) => void stream.write(`${text}\n`),
  };
}

function liveReporter(stream: Stream): Reporter {
  const rows = new Map<string, string>();
  let drawn = 0;
  const erase = () => {
    if (drawn > 0) stream.write(`\u001b[${drawn}A\u001b[0J`);
    drawn = 0;
  };
  const draw = () => {
    erase();
    const nameWidth = Math.max(...[...rows.keys()].map((name) => name.length));
    for (const [name, status] of rows) {
      stream.write(`${clip(`  ${name.padEnd(nameWidth)}  ${status}`, (stream.columns || 80) - 1)}\n`);
    }
    drawn = rows.size;
  };
  return {
    status(name, status) {
      rows.set(name, status);
      draw();
    },
    // What has scrolled above a line is not rewritten any more, so the rows start anew below it.
    line(text) {
      stream.write(`${text}\n`);
      rows.clear();
      drawn = 0;
    },
  };
}

/** Cuts a text to a number of columns; Chinese characters take two. A row that wrapped could not be rewritten. */
function clip(text: string, columns: number): string {
  let [width, result] = [0, ''];
  for (const character of text) {
    width += /[\u1100-\u115f\u2e80-\uffdc]/.test(character) ? 2 : 1;
    if (width > columns) return result;
    result += character;
  }
  return result;
}
