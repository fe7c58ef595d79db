import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeFolders } from './folders.ts';

const base = mkdtempSync(join(tmpdir(), 'undertone-folders-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe('makeFolders', () => {
  it('makes what is missing above, and is content with what is there', () => {
    const deep = join(base, 'a', 'b', 'c');
    makeFolders(deep);
    makeFolders(deep);
    expect(statSync(deep).isDirectory()).toBe(true);
  });

  it('refuses below a file, and a name that a file has', () => {
    const file = join(base, 'file');
    writeFileSync(file, '');
    expect(() => makeFolders(join(file, 'x', 'y'))).toThrow(expect.objectContaining({ code: 'ENOTDIR' }));
    expect(() => makeFolders(file)).toThrow(expect.objectContaining({ code: 'EEXIST' }));
  });

  it.runIf(process.platform === 'linux')('comes back from a folder in which none can be made', () => {
    expect(() => makeFolders('/proc/undertone/x')).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  });
});
