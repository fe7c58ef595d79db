import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

/** The operating system account the embedded server runs as. PostgreSQL refuses to run as root, and so do we. */
export interface Account {
  /** Undefined: the account this program itself runs as. */
  readonly name: string | undefined;
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  /** Options for `spawn` that drop to the account; empty when there is nothing to drop. */
  readonly spawn: { readonly uid?: number; readonly gid?: number };
}

const ourselves: Account = { name: undefined, uid: undefined, gid: undefined, spawn: {} };

/**
 * Chooses the account. Not root: ourselves. Root: the account named by the owner; else the owner of an existing
 * cluster; else the owner of the data folder; else `nobody`.
 * @throws `no-account` when the account named does not exist, or is root.
 */
export function chooseAccount(options: {
  readonly named: string | undefined;
  readonly cluster: string;
  readonly home: string;
}): Account {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return ourselves;
  if (options.named !== undefined) {
    const account = accountOf(options.named);
    if (account !== undefined && account.uid !== 0) return account;
    throw Object.assign(
      new Error(
        `UNDERTONE_POSTGRES_USER names "${options.named}", which ${account ? 'is root' : 'does not exist'}; name another account.`,
      ),
      { code: 'no-account' as const },
    );
  }
  for (const path of [options.cluster, options.home]) {
    const owner = statSync(path, { throwIfNoEntry: false })?.uid ?? 0;
    // The account must be in the passwd file: initdb asks for its name.
    const account = owner === 0 ? undefined : accountOf(String(owner));
    if (account !== undefined) return account;
  }
  const nobody = accountOf('nobody');
  if (nobody !== undefined) return nobody;
  throw Object.assign(
    new Error(
      'the database may not run as root and there is no account "nobody"; make one and set UNDERTONE_POSTGRES_USER.',
    ),
    { code: 'no-account' as const },
  );
}

/** Whether the account may enter a folder, asked of the system itself (modes, lists and mounts all count). */
export function mayEnter(account: Account, folder: string): boolean {
  if (account.name === undefined) return true;
  return (
    spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { ...account.spawn, stdio: 'ignore' }).status ===
    0
  );
}

function accountOf(nameOrUid: string): Account | undefined {
  const ask = (flag: string) => {
    const asked = spawnSync('id', [flag, nameOrUid], { encoding: 'utf8' });
    return asked.status === 0 ? asked.stdout.trim() : undefined;
  };
  const [uid, gid, name] = [ask('-u'), ask('-g'), ask('-un')];
  if (uid === undefined || gid === undefined || name === undefined) return undefined;
  return { name, uid: Number(uid), gid: Number(gid), spawn: { uid: Number(uid), gid: Number(gid) } };
}
