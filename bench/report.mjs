import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

const installed = (name) =>
  JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url), 'utf8')).version;

const titles = {
  linli: () => 'Linli',
  apollo: () => `@apollo/gateway ${installed('@apollo/gateway')} + @apollo/server ${installed('@apollo/server')}`,
  hive: () => `Hive Gateway (@graphql-hive/gateway-runtime ${installed('@graphql-hive/gateway-runtime')})`,
  'hive-rust': () => `the same with @graphql-hive/router-runtime ${installed('@graphql-hive/router-runtime')}`,
  bare: () => 'bare node:http, a constant',
};

const descriptions = {
  deep: 'five levels across four subgraphs, 85 KB of response, many repeated entities',
  small: 'one field of one subgraph',
  flagship: 'operation 1 of the hub (`community-360`) over its own supergraph, five departments',
};

/** What counts of the rounds of one contender and workload: the median of each figure; memory as it was last. */
export function summarise(results) {
  const groups = new Map();
  for (const result of results) {
    const key = `${result.workload} ${result.contender}`;
    groups.set(key, [...(groups.get(key) ?? []), result]);
  }
  return [...groups.values()].map((rounds) => {
    const of = (figure) => median(rounds.map((round) => round[figure]));
    const { workload, contender } = rounds[0];
    const figures = ['perSecond', 'cpuMs', 'subgraphsCpuMs', 'p50Ms', 'p99Ms'];
    return {
      workload,
      contender,
      ...Object.fromEntries(figures.map((name) => [name, of(name)])),
      rssMb: rounds.at(-1).rssMb,
    };
  });
}

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function machine() {
  const [{ model }] = cpus();
  return `${model}, ${cpus().length} cores, ${Math.round(totalmem() / 1024 ** 3)} GB, ${process.platform} ${process.arch}, Node ${process.version}`;
}

export function asJson(results) {
  return JSON.stringify({ machine: machine(), medians: summarise(results), rounds: results }, undefined, 2);
}

export function asMarkdown(results) {
  const medians = summarise(results);
  const rounds = Math.max(...results.map(({ round }) => round));
  const sections = [...new Set(medians.map(({ workload }) => workload))].map((workload) =>
    section(
      workload,
      medians.filter((each) => each.workload === workload),
    ),
  );
  return `# Linli beside other gateways

\`npm run bench -- --write\` wrote this: medians of ${rounds} interleaved rounds on ${machine()}. What is measured, and how: [docs/benchmarks.md](../docs/benchmarks.md).

${sections.join('\n')}`;
}

function section(workload, rows) {
  const linli = rows.find(({ contender }) => contender === 'linli');
  const table = [
    [
      'contender',
      'CPU ms a request',
      'CPU: times Linli’s',
      'requests/s',
      'p50 ms',
      'p99 ms',
      'memory MB',
      'subgraphs’ CPU ms',
    ],
    ...rows.map((row) => [
      titles[row.contender](),
      row.cpuMs.toFixed(3),
      linli ? (row.cpuMs / linli.cpuMs).toFixed(2) : '',
      row.perSecond.toFixed(0),
      row.p50Ms.toFixed(1),
      row.p99Ms.toFixed(1),
      row.rssMb.toFixed(0),
      row.subgraphsCpuMs.toFixed(3),
    ]),
  ];
  return `## ${workload}: ${descriptions[workload]}\n\n${asTable(table)}`;
}

/** Columns as wide as their widest cell, as the formatter would have them. */
export function asTable([head, ...rows]) {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)));
  const line = (cells) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join(' | ')} |\n`;
  const rule = widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [head, rule, ...rows].map(line).join('');
}
