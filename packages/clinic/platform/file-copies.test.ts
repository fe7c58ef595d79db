import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ByteStore, folderStore } from './byte-store.ts';
import { bucketTarget } from './file-copies.ts';
import { testFolder } from './testing/database.ts';

describe('a restore into a bucket', () => {
  it('writes what is missing, shorter, longer or other than the copy, and nothing else', async () => {
    const copies = join(testFolder(), 'copies');
    mkdirSync(copies, { recursive: true });
    const store = folderStore(join(testFolder(), 'bucket'));
    const written: string[] = [];
    const write: ByteStore['write'] = (key, bytes) => {
      written.push(key);
      return store.write(key, bytes);
    };
    const target = bucketTarget({ ...store, write });
    const there = { same: 'copy', other: 'damp', shorter: 'cop', longer: 'copy and more' };
    for (const [key, text] of Object.entries(there)) await store.write(key, Buffer.from(text));
    const keys = [...Object.keys(there), 'missing'];
    for (const key of keys) {
      writeFileSync(join(copies, key), 'copy');
      expect(await target.put(copies, key)).toBe(true);
      expect((await store.read(key, 0, 100))?.bytes.toString()).toBe('copy');
    }
    expect(written).toEqual(['other', 'shorter', 'longer', 'missing']);
    expect(await target.put(copies, 'nowhere')).toBe(false);
  });
});
