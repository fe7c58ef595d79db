/**
 * The register of erasures outside the database, beside the master key: a restored backup does not know whom the clinic
 * has erased since, this file does. One JSON object a line, ids only, each signed with the clinic's key.
 */
import { timingSafeEqual } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Services } from '../platform/services.ts';

const line = z.object({
  tenantId: z.uuid(),
  erasureId: z.uuid(),
  patientIds: z.array(z.uuid()).min(1),
  at: z.iso.datetime(),
  mac: z.string(),
});
export type RegisterLine = z.infer<typeof line>;

type Place = Pick<Services, 'config' | 'keys'>;

/** Outside the data folder where that can be written, else in it. */
const filesOf = ({ secrets, home }: Services['config']) => [
  join(secrets, 'erasures.jsonl'),
  join(home, 'audit', 'erasures.jsonl'),
];

function macOf(
  keys: Place['keys'],
  { tenantId, erasureId, patientIds, at }: Omit<RegisterLine, 'mac'>,
): string {
  return keys
    .mac('erasure-register', [tenantId, erasureId, at, ...patientIds].join('\n'))
    .toString('base64url');
}

export async function register({ config, keys }: Place, entry: Omit<RegisterLine, 'mac'>): Promise<void> {
  const text = `${JSON.stringify({ ...entry, mac: macOf(keys, entry) })}\n`;
  let fault: unknown;
  for (const path of filesOf(config)) {
    try {
      await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
      const file = await open(path, 'a', 0o600);
      try {
        // A line that a crash cut short must not swallow this one.
        await file.writeFile(`\n${text}`);
        await file.sync();
      } finally {
        await file.close();
      }
      return;
    } catch (error) {
      fault ??= error;
    }
  }
  throw fault as Error;
}

/** Every genuine line, the newest of an erasure last. */
export async function readRegister({ config, keys }: Place): Promise<readonly RegisterLine[]> {
  const lines: RegisterLine[] = [];
  for (const path of filesOf(config)) {
    const text = await readFile(path, 'utf8').catch((error: { code?: string }) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return '';
      throw error;
    });
    for (const one of text.split('\n')) {
      const read = line.safeParse(one === '' ? undefined : tryJson(one));
      if (!read.success) continue;
      const expected = Buffer.from(macOf(keys, read.data));
      const stated = Buffer.from(read.data.mac);
      if (expected.length === stated.length && timingSafeEqual(expected, stated)) lines.push(read.data);
    }
  }
  return lines;
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
