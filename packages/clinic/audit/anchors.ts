import { timingSafeEqual } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Config } from '../platform/config.ts';
import type { Keys } from '../platform/keys.ts';

/**
 * The end of a chain at one moment, written outside the database and signed with the clinic's key. Whoever rewrites or
 * cuts the chain in the database cannot make these agree.
 */
const anchor = z.object({
  tenantId: z.string(),
  seq: z.number().int(),
  hash: z.string(),
  at: z.string(),
  mac: z.string(),
});
export type Anchor = z.infer<typeof anchor>;

export function anchorFile(home: string): string {
  return join(home, 'audit', 'anchors.jsonl');
}

export function signAnchor(keys: Keys, place: Omit<Anchor, 'mac'>): Anchor {
  return { ...place, mac: macOf(keys, place) };
}

export function isAnchorGenuine(keys: Keys, given: Anchor): boolean {
  const expected = Buffer.from(macOf(keys, given));
  const stated = Buffer.from(given.mac);
  return expected.length === stated.length && timingSafeEqual(expected, stated);
}

function macOf(keys: Keys, { tenantId, seq, hash, at }: Omit<Anchor, 'mac'>): string {
  return keys.mac('audit-anchor', `${tenantId}\n${seq}\n${hash}\n${at}`).toString('base64url');
}

/** Appends anchors, one JSON object a line, synced to disk. */
export async function writeAnchors(config: Pick<Config, 'home'>, anchors: readonly Anchor[]): Promise<void> {
  if (anchors.length === 0) return;
  const path = anchorFile(config.home);
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  const file = await open(path, 'a', 0o600);
  try {
    await file.writeFile(anchors.map((one) => `${JSON.stringify(one)}\n`).join(''));
    await file.sync();
  } finally {
    await file.close();
  }
}

/** All anchors of this data folder. A line cut off by a crash is passed over; a line altered in place is not an anchor. */
export async function readAnchors(config: Pick<Config, 'home'>): Promise<readonly Anchor[]> {
  const text = await readFile(anchorFile(config.home), 'utf8').catch((error: { code?: string }) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').flatMap((line) => {
    try {
      return [anchor.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
}
