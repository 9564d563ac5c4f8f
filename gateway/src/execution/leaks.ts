/** Characters of a message, and of a text among the extensions, that clients are shown. */
const maxText = 1000;
const maxDepth = 5;
const maxItems = 50;

/** What tells of the inside of a department: addresses, stack traces, files, SQL, tokens. */
const signs: readonly RegExp[] = [
  // Addresses.
  /\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/,
  /\[[\da-f]*:[\da-f:.]*\]|(?:^|[^\w:])::1\b|\bfe80:/i,
  /\blocalhost\b|\b[a-z][\w-]*(?:\.[\w-]+)+:\d{2,5}\b/i,
  /\b(?:[\w-]+\.)+(?:internal|local|localdomain|lan|svc|intranet|corp)\b/i,
  /\b(?!https?:)[a-z][a-z\d+]*:\/\//i,
  /\bhttps?:\/\/(?:[^\s/.]+(?:[/\s]|$)|[^\s/]*[:@])/i,
  /\bE(?:CONN[A-Z]+|NOTFOUND|AI_AGAIN|PIPE|HOSTUNREACH|NETUNREACH|TIMEDOUT|ACCES|NOENT|MFILE|ADDRINUSE)\b/,
  /\bgetaddrinfo\b/,
  // Stack traces.
  /^\s*at .+:\d+/m,
  /\bat .{1,200}:\d+:\d+/,
  /Traceback \(most recent|^\s*File ".+", line \d+|\.(?:java|kt|py|rb|go|cs|php):\d+|\bnode:internal\b|\bnode_modules\b/m,
  // Files.
  /(?:^|[\s"'`(=])\/(?:srv|app|usr|home|opt|var|etc|root|tmp|mnt|run|proc)\/\S/,
  /\b[A-Z]:\\\w/,
  // SQL and what databases say.
  /\bselect\s+(?:distinct\s+)?(?:\*|(?:count|sum|min|max|avg|coalesce)\s*\(|["`\w.]+(?:,\s*["`\w.*]+)*\s+from\s+["`\w])/i,
  /\bSELECT\b.*\bFROM\b/s,
  /\binsert\s+into\s+["`\w.]+|\bdelete\s+from\s+["`\w.]+|\bupdate\s+["`\w.]+\s+set\s+["`\w.]+\s*=/i,
  /\bsyntax error at or near\b|\b(?:relation|column) "[^"]+" (?:of|does)|\bviolates [\w-]+ constraint\b|\bSQLSTATE\b/i,
  /\bprisma\.\w+\.\w+|\bPrisma\w*Error\b/,
  // Tokens and passwords.
  /\beyJ[\w-]{10,}\.|\bBearer\s+[\w-]{16}|\bpassword\s*[=:]/i,
];

/** Names of extensions that are there to tell of the inside. */
const insideNames =
  /^(?:stack|stack_?trace|trace|exception|sql|statement|debug|internal|host(?:name)?|serviceName|cause)$/i;

/** Whether a text tells clients more of a department than they should know. */
export function tellsOfInside(text: string): boolean {
  const shown = text.length > maxText ? text.slice(0, maxText) : text;
  return signs.some((sign) => sign.test(shown));
}

/** A text as long as clients are shown. */
export function shorten(text: string): string {
  return text.length > maxText ? `${text.slice(0, maxText)}…` : text;
}

/** Extensions of a department's error without what tells of its inside, at any depth, and of bounded size. */
export function withoutInside(extensions: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return cleanObject(extensions, { items: maxItems }, maxDepth);
}

/** What is left of the size. */
interface Budget {
  items: number;
}

function cleanObject(value: object, budget: Budget, depth: number): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, each] of Object.entries(value)) {
    if (budget.items <= 0) break;
    if (name === '__proto__' || insideNames.test(name) || tellsOfInside(name)) continue;
    const cleaned = clean(each, budget, depth - 1);
    if (cleaned !== undefined) kept[name] = cleaned;
  }
  return kept;
}

/** A value without what tells of the inside; undefined where nothing is left. */
function clean(value: unknown, budget: Budget, depth: number): unknown {
  budget.items -= 1;
  if (typeof value === 'string') return tellsOfInside(value) ? undefined : shorten(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth <= 0) return undefined;
  if (!Array.isArray(value)) return cleanObject(value, budget, depth);
  const kept: unknown[] = [];
  for (const each of value as unknown[]) {
    if (budget.items <= 0) break;
    const cleaned = clean(each, budget, depth - 1);
    if (cleaned !== undefined) kept.push(cleaned);
  }
  return kept;
}
