import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { userInfo } from 'node:os';
import { EmbeddedError } from './embedded-error.js';

/** The account that PostgreSQL runs under, and the one that may connect to it. */
export interface Account {
  uid: number;
  gid: number;
  user: string;
  /** The user who calls us. Differs from `user` only for root: PostgreSQL refuses to run as root. */
  caller: string;
}

/** The caller's own account, or `nobody` when root calls. */
export function postgresAccount(): Account {
  const caller = currentUser();
  if (caller.uid !== 0) return { uid: caller.uid, gid: caller.gid, user: caller.username, caller: caller.username };
  try {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'nobody'], { stdio: 'pipe' })));
    return { uid: uid ?? NaN, gid: gid ?? NaN, user: 'nobody', caller: caller.username };
  } catch {
    throw new EmbeddedError(
      'ACCOUNT_UNUSABLE',
      'PostgreSQL refuses to run as root, and this system has no user nobody to run it as. ' +
        'Start GoodGraph as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
}

function currentUser() {
  try {
    return userInfo();
  } catch {
    throw new EmbeddedError(
      'ACCOUNT_UNUSABLE',
      `User id ${process.getuid?.()} has no name on this system, and PostgreSQL needs one. ` +
        'Add it to /etc/passwd, or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
}

/** Options for `node:child_process` that start a program under the account. */
export function runAs({ uid, gid, user, caller }: Account): { uid?: number; gid?: number } {
  // Node wants signed ids here and macOS calls nobody -2, which reads as 4294967294.
  return user === caller ? {} : { uid: uid | 0, gid: gid | 0 };
}

/** True if the account can pass through the directory. A try, not a look at mode bits: those know no access lists. */
export function canReach(account: Account, directory: string): boolean {
  if (account.user !== account.caller) {
    return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', directory], runAs(account)).status === 0;
  }
  try {
    accessSync(directory, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
