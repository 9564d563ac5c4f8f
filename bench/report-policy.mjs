import { asTable, machine, median } from './report.mjs';

export const policyHeading = '## What the policy costs';

/** The medians of each caller's rounds with and without policy. */
export function summarise({ warm, cold }) {
  return [...new Set(warm.map(({ caller }) => caller))].map((caller) => {
    const of = (results, mode, figure) =>
      median(results.filter((each) => each.caller === caller && each.mode === mode).map((each) => each[figure]));
    const both = (results, figure) => ({
      without: of(results, 'without', figure),
      with: of(results, 'with', figure),
    });
    return { caller, cpuMs: both(warm, 'cpuMs'), firstMs: both(cold, 'ms'), firstCpuMs: both(cold, 'cpuMs') };
  });
}

export function asJson(results) {
  return JSON.stringify({ machine: machine(), medians: summarise(results), rounds: results }, undefined, 2);
}

export function asMarkdown(results) {
  const rounds = Math.max(...results.warm.map(({ round }) => round));
  const rows = summarise(results).map(({ caller, cpuMs, firstMs, firstCpuMs }) => [
    caller,
    cpuMs.without.toFixed(3),
    cpuMs.with.toFixed(3),
    (cpuMs.with / cpuMs.without).toFixed(2),
    firstMs.without.toFixed(0),
    firstMs.with.toFixed(0),
    firstCpuMs.without.toFixed(0),
    firstCpuMs.with.toFixed(0),
  ]);
  const head = [
    'caller',
    'CPU ms without',
    'CPU ms with',
    'times',
    'first: ms without',
    'first: ms with',
    'first: CPU ms without',
    'first: CPU ms with',
  ];
  return `${policyHeading}

\`npm run bench -- --policy --write\` wrote this: operation 1 of the hub (\`community-360\`), as much of it as the caller may know of, with all policies and without any; medians of ${rounds} interleaved rounds on ${machine()}.

${asTable([head, ...rows])}`;
}
