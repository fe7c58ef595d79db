import { execFile } from 'node:child_process';
import { stat, statfs } from 'node:fs/promises';
import { connect } from 'node:tls';
import { promisify } from 'node:util';

/** What answered at an address that should speak TLS. */
export type Certificate =
  | {
      readonly validUntil: Date;
      /** Why a browser would not trust it, in OpenSSL's words; undefined where it would. */
      readonly distrust: string | undefined;
    }
  | { readonly unreachable: string };

/** What the doctor asks of the machine itself; tests give it another one. */
export interface Machine {
  readonly nodeVersion: string;
  /** Bytes of the disk of a folder: all, and those that can still be written; undefined when there is no such folder. */
  space(folder: string): Promise<{ readonly all: number; readonly free: number } | undefined>;
  isThere(path: string): Promise<boolean>;
  now(): Date;
  /** Whether a time server keeps the clock; undefined where the system does not say. */
  isClockKept(): Promise<boolean | undefined>;
  /** The certificate a visitor of this host is shown. */
  certificate(host: string, port: number): Promise<Certificate>;
}

export const thisMachine: Machine = {
  nodeVersion: process.versions.node,
  space: (folder) =>
    statfs(folder).then(
      ({ bavail, blocks, bsize }) => ({ all: blocks * bsize, free: bavail * bsize }),
      () => undefined,
    ),
  isThere: (path) =>
    stat(path).then(
      () => true,
      () => false,
    ),
  now: () => new Date(),
  async isClockKept() {
    if (process.platform !== 'linux') return undefined;
    // The kernel's own word, whatever keeps the clock: timesyncd, chrony, ntpd (timedatectl(1)).
    const args = ['show', '--property=NTPSynchronized', '--value'];
    const said = await promisify(execFile)('timedatectl', args, { timeout: 5000 }).catch(() => undefined);
    const word = said?.stdout.trim();
    return word === 'yes' ? true : word === 'no' ? false : undefined;
  },
  certificate: shownCertificate,
};

function shownCertificate(host: string, port: number): Promise<Certificate> {
  return new Promise((resolve) => {
    // Looked at, not trusted: nothing is sent on this connection.
    const socket = connect({ host, port, servername: host, rejectUnauthorized: false });
    const end = (found: Certificate) => {
      socket.destroy();
      resolve(found);
    };
    socket.setTimeout(5000, () => end({ unreachable: 'no answer within 5 s' }));
    socket.once('error', (error) => end({ unreachable: error.message }));
    socket.once('secureConnect', () => {
      const { valid_to: validTo } = socket.getPeerCertificate();
      const distrust = socket.authorized ? undefined : String(socket.authorizationError);
      end({ validUntil: new Date(validTo), distrust });
    });
  });
}
