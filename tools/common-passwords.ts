// Makes packages/clinic/staff/data/common-passwords.bin from a list of passwords, the commonest first:
//   node tools/common-passwords.ts package/source_data/10_million_password_list_top_1M.txt
// Where the list comes from: packages/clinic/staff/data/SOURCES.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { coreOf, entryBytes, entryOf } from '../packages/clinic/staff/common-passwords.ts';
import { passwordLeast } from '../packages/clinic/staff/rules.ts';
import { rootDir } from './run.ts';

/** Words shorter than a password may be are kept from this many commonest: they are tried with digits around them. */
const commonest = 100_000;

const [path = ''] = process.argv.slice(2);
const kept = new Map<string, Buffer>();
for (const [rank, line] of readFileSync(path, 'utf8').split('\n').entries()) {
  const password = line.trim().normalize('NFKC').toLowerCase();
  const isLong = Array.from(password).length >= passwordLeast;
  const isWord = rank < commonest && password.length >= 6 && coreOf(password) === password;
  if (!isLong && !isWord) continue;
  const entry = entryOf(password);
  kept.set(entry.toString('hex'), entry);
}
const entries = [...kept.values()].sort((a, b) => Buffer.compare(a, b));
writeFileSync(
  join(rootDir, 'packages', 'clinic', 'staff', 'data', 'common-passwords.bin'),
  Buffer.concat(entries),
);
process.stdout.write(`${entries.length} entries of ${entryBytes} bytes\n`);
