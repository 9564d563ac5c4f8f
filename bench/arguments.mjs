import { parseArgs } from 'node:util';

const help = `Measures Linli beside other federation gateways.

  npm run bench -- [options]
  npm run bench -- --policy [options]   what the policies cost: Linli with all of them, and without any

  --only NAMES      workloads or contenders, with commas: deep, small, flagship,
                    linli, apollo, hive, hive-rust, bare (default: all)
  --rounds N        rounds, whose median counts (default 5)
  --seconds N       of load for each contender, workload and round (default 3)
  --connections N   asking at the same time (default 50)
  --json            print JSON, every round included
  --write           write bench/RESULTS.md, too
  --help            this
`;

/** What the command line asks for; undefined where it was only about the command itself. */
export function readArguments(args) {
  const options = {
    only: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '50' },
    json: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    policy: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  };
  try {
    const { values } = parseArgs({ args, options });
    if (values.help) return void process.stdout.write(help);
    return {
      ...values,
      only: values.only?.split(',').map((name) => name.trim()),
      rounds: whole(values.rounds, '--rounds'),
      seconds: whole(values.seconds, '--seconds'),
      connections: whole(values.connections, '--connections'),
    };
  } catch (error) {
    process.stderr.write(`${error.message}\n\n${help}`);
    process.exitCode = 1;
    return undefined;
  }
}

function whole(text, name) {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new Error(`${name} must be a whole number from 1 to 9999, not "${text}".`);
  return Number(text);
}
