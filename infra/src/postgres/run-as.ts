import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { userInfo } from 'node:os';
import { postgresNoUser } from '../errors.js';

/**
 * How PostgreSQL's programs are started. PostgreSQL refuses to run as root, so root has to hand it to somebody else,
 * who in turn must be able to reach the programs and the data: not a matter of course when a folder above them is
 * closed to others, as root's home and `mktemp -d` are.
 */
export interface RunAs {
  /** What stands before the program on the command line. */
  readonly prefix: readonly string[];
  /** The user and group the process is given at its start; unset: unchanged. */
  readonly uid?: number;
  readonly gid?: number;
  /** Who must own the data directory; unset: whoever made it. */
  readonly owner?: { readonly uid: number; readonly gid: number };
}

const asOurselves: RunAs = { prefix: [] };

/** A user namespace in which whoever we are is called nobody; files outside still know us as ourselves. */
const namespace: RunAs = {
  prefix: ['unshare', '--user', '--map-user=65534', '--map-group=65534', '--'],
};

const asRootUnderAnotherName: RunAs = { ...namespace, owner: { uid: 0, gid: 0 } };

/**
 * Chooses how to run `program` on the data under `folder`.
 *
 * Root tries, in this order: the plain user; the plain user with the one capability to pass closed folders; its own
 * user namespace, where root is called by another number. Each is tried for real before it is chosen.
 *
 * @param folder an existing folder; the data directory lies in it or is it
 * @param dataOwner user and group of the data directory, if it is there already
 * @throws HubError `POSTGRES_NO_USER` when nobody can run it
 */
export function chooseRunAs(
  program: string,
  folder: string,
  dataOwner?: { readonly uid: number; readonly gid: number },
): RunAs {
  const me = process.geteuid?.();
  if (me !== 0) {
    if (dataOwner && me !== undefined && dataOwner.uid !== me) {
      throw postgresNoUser(folder, `it belongs to user ${dataOwner.uid}, and this is user ${me}`);
    }
    // initdb wants to know its user's name, and in a container a user may have none.
    return hasName() ? asOurselves : firstThatWorks([namespace], program, folder);
  }
  return firstThatWorks(waysForRoot(dataOwner), program, folder);
}

function firstThatWorks(ways: readonly RunAs[], program: string, folder: string): RunAs {
  const reasons: string[] = [];
  for (const way of ways) {
    const reason = attempt(way, program, folder);
    if (reason === undefined) return way;
    reasons.push(reason);
  }
  throw postgresNoUser(folder, [...new Set(reasons)].join('; '));
}

function waysForRoot(dataOwner?: { readonly uid: number; readonly gid: number }): RunAs[] {
  const owner = dataOwner ?? nobody();
  const passClosedFolders = ['--inh-caps', '--ambient-caps', '--bounding-set'].map(
    (set) => `${set}=-all,+dac_override`,
  );
  const others: RunAs[] = [
    { prefix: [], uid: owner.uid, gid: owner.gid, owner },
    {
      // access(2) drops capabilities unless no_setuid_fixup is set, and PostgreSQL looks for its programs by access.
      prefix: [
        'setpriv',
        `--reuid=${owner.uid}`,
        `--regid=${owner.gid}`,
        '--clear-groups',
        '--securebits=+no_setuid_fixup',
        ...passClosedFolders,
        '--',
      ],
      owner,
    },
  ];
  if (!dataOwner) return [...others, asRootUnderAnotherName];
  return dataOwner.uid === 0 ? [asRootUnderAnotherName] : others;
}

function hasName(): boolean {
  try {
    userInfo();
    return true;
  } catch {
    return false;
  }
}

function nobody(): { uid: number; gid: number } {
  const id = (flag: string) => Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout || Number.NaN);
  const [uid, gid] = [id('-u'), id('-g')];
  return Number.isInteger(uid) && Number.isInteger(gid) ? { uid, gid } : { uid: 65534, gid: 65534 };
}

/** Enters the folder and starts the program as asked; the reason why not, or nothing when it worked. */
function attempt(way: RunAs, program: string, folder: string): string | undefined {
  const [command = '', ...rest] = [...way.prefix, '/bin/sh', '-c', 'cd "$0" && exec "$1" -V', folder, program];
  const result = spawnSync(command, rest, { uid: way.uid, gid: way.gid, encoding: 'utf8', cwd: '/' });
  if (result.status === 0) return undefined;
  const said = result.error ? result.error.message : (result.stderr.trim().split('\n').at(-1) ?? '');
  return said || `${command} ended with ${result.status ?? result.signal}`;
}

/** User and group of a folder, or nothing where it is missing. */
export function ownerOf(folder: string): { uid: number; gid: number } | undefined {
  const stat = statSync(folder, { throwIfNoEntry: false });
  return stat && { uid: stat.uid, gid: stat.gid };
}
