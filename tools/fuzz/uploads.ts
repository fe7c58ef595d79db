/** Hostile files against every address that takes one. */
import { gzipSync } from 'node:zlib';
import { tortureFiles } from '../../packages/clinic/platform/images/testing/torture.ts';
import { seededRandom } from '../../packages/engine/simulator/random.ts';
import type { Site } from '../site.ts';
import { type Answer, ask, type Content, faultIn, type Keys, multipart } from './asking.ts';
import { marker, type Wish } from './wishes.ts';

export interface HostileFile {
  readonly name: string;
  readonly fileName: string;
  /** What its sender says it is. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

const text = (value: string) => Buffer.from(value, 'utf8');

/** Files that say one thing and are another, end too early, grow without end when opened, or run when looked at. */
export function hostileFiles(seed: number): HostileFile[] {
  const random = seededRandom(seed);
  const noise = (length: number) =>
    Buffer.from(Array.from({ length }, () => Math.floor(random.uniform() * 256)));
  const svg = text(`<svg xmlns="http://www.w3.org/2000/svg" onload="fuzzed()">${marker}</svg>`);
  const html = text(`<!doctype html>${marker}`);
  const jpegHead = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex');
  const of = (name: string, fileName: string, type: string, bytes: Uint8Array): HostileFile => ({
    name,
    fileName,
    type,
    bytes,
  });
  return [
    of('nothing', 'a.jpg', 'image/jpeg', Buffer.alloc(0)),
    of('one byte', 'a.jpg', 'image/jpeg', Buffer.from([0xff])),
    of('noise', 'a.png', 'image/png', noise(4096)),
    of('a drawing with a script', 'a.svg', 'image/svg+xml', svg),
    of('a drawing that says it is a photograph', 'a.jpg', 'image/jpeg', svg),
    of('a page that says it is a photograph', 'a.jpg', 'image/jpeg', html),
    of('a page that says it is a paper', 'a.pdf', 'application/pdf', html),
    of('a photograph with a page behind it', 'a.jpg', 'image/jpeg', Buffer.concat([jpegHead, html])),
    of('a picture that is a program too', 'a.gif', 'image/gif', text('GIF89a/*\0\0*/=fuzzed();//')),
    of(
      'a paper with a program',
      'a.pdf',
      'application/pdf',
      text('%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(fuzzed())>>>>endobj\n%%EOF'),
    ),
    of('a picture of 65535 by 65535', 'a.png', 'image/png', pngHead(65_535, 65_535)),
    of('a picture of 2147483647 by 2147483647', 'a.png', 'image/png', pngHead(2_147_483_647, 2_147_483_647)),
    of('a picture without height', 'a.png', 'image/png', pngHead(4000, 0)),
    of('a photograph of 65500 by 65500', 'a.jpg', 'image/jpeg', jpegSized(65_500, 65_500)),
    of(
      'bytes that grow a thousandfold',
      'a.csv.gz',
      'application/gzip',
      gzipSync(Buffer.alloc(16 * 1024 * 1024)),
    ),
    of(
      'an archive that grows',
      'a.xlsx',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      zipOf(Buffer.alloc(16 * 1024 * 1024)),
    ),
    of('entities that grow', 'a.xml', 'text/xml', text(laughs())),
    of('a name that climbs', '../../../../../../etc/cron.d/x', 'image/jpeg', jpegHead),
    of('a name with a zero', 'a.php%00.jpg', 'image/jpeg', jpegHead),
    of('a name of the machine', 'CON', 'image/jpeg', jpegHead),
    of('a name without end', `${'a'.repeat(5000)}.jpg`, 'image/jpeg', jpegHead),
    of('formulas', 'a.csv', 'text/csv', text('name,phone\n=cmd|calc!A1,+1\n@SUM(1),-2\n"\t=1+1",\r\n')),
    of('a quote that never ends', 'a.csv', 'text/csv', text(`name,phone\n"${'a'.repeat(300_000)}`)),
    of('columns without end', 'a.csv', 'text/csv', text(`${'name,'.repeat(100_000)}\n`)),
    of('rows of nothing', 'a.csv', 'text/csv', text(`name\n${'\n'.repeat(300_000)}`)),
    of('a table with zeros', 'a.csv', 'text/csv', Buffer.from('name,phone\na\0b,\0\n')),
    of('a table in another code', 'a.csv', 'text/csv', Buffer.from('\ufeffname,phone\nज,1\n', 'utf16le')),
    of(
      'a table in no code',
      'a.csv',
      'text/csv',
      Buffer.from([0x6e, 0x61, 0x6d, 0x65, 0x0a, 0xff, 0xfe, 0xc3, 0x28]),
    ),
  ];
}

/** The head of a PNG: its size is said before anything of it must be there (W3C PNG 3, 11.2.1). */
function pngHead(width: number, height: number): Buffer {
  const head = Buffer.from('89504e470d0a1a0a0000000d4948445200000000000000000802000000deadbeef', 'hex');
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return head;
}

/** A JPEG that says its size and then ends (ITU T.81, B.2.2). */
function jpegSized(width: number, height: number): Buffer {
  const frame = Buffer.from('ffd8ffc0001108000000000301220002110103110100', 'hex');
  frame.writeUInt16BE(height, 7);
  frame.writeUInt16BE(width, 9);
  return frame;
}

/** One file in a ZIP archive without its directory: what a reader that streams would unpack. */
function zipOf(bytes: Buffer): Buffer {
  const packed = gzipSync(bytes).subarray(10, -8);
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04_03_4b_50, 0);
  head.writeUInt16LE(20, 4);
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(packed.length, 18);
  head.writeUInt32LE(bytes.length, 22);
  head.writeUInt16LE(1, 26);
  return Buffer.concat([head, text('x'), packed]);
}

function laughs(): string {
  const steps = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`);
  return `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">${steps.join('')}]><x>&l9;</x>`;
}

/** An address that takes a file, and how it is sent there. */
interface Taker {
  readonly path: string;
  readonly who: Wish['who'];
  readonly content: (file: HostileFile) => Content;
}

const nobody = '0b5e55ed-0000-4000-8000-00000000dead';

function takers(): readonly Taker[] {
  const parts = (name: string, fields: Readonly<Record<string, string>>) => (file: HostileFile) =>
    multipart([...Object.entries(fields).map(([key, value]) => ({ name: key, value })), { ...file, name }]);
  const item = { kind: 'disposable', name: 'Hostile cup', unit: 'piece', ingredients: '[]', actives: '[]' };
  const raw = ({ type, bytes }: HostileFile): Content => ({ type, body: Buffer.from(bytes) });
  return [
    { path: '/desk/imports', who: 'member', content: parts('table', { kind: 'patients' }) },
    { path: '/desk/imports', who: 'member', content: parts('table', { kind: 'appointments' }) },
    { path: '/desk/stock/items/new', who: 'member', content: parts('safetySheet', item) },
    {
      path: '/desk/stock/receive',
      who: 'member',
      content: parts('certificate', {
        itemId: nobody,
        lotNumber: 'L',
        quantity: '1',
        unit: 'piece',
        receiptId: nobody,
      }),
    },
    { path: '/studio/plans', who: 'member', content: parts('photo', { document: '{}' }) },
    { path: '/studio/plans', who: 'member', content: parts('document', {}) },
    {
      path: '/en/book',
      who: 'visitor',
      content: parts('picture', { sendPicture: 'yes', name: 'Sample patient 014' }),
    },
    { path: `/en/checkin/${nobody}`, who: 'visitor', content: parts('photo', { course: 'good' }) },
    { path: '/desk/photo-uploads', who: 'member', content: raw },
    { path: `/desk/photo-uploads/${nobody}`, who: 'member', content: raw },
    { path: `/desk/sessions/${nobody}/photos`, who: 'member', content: raw },
    { path: `/desk/sessions/${nobody}/record`, who: 'member', content: raw },
    { path: '/api/v1/staff/patients', who: 'program', content: raw },
    { path: '/fhir/R4/Patient', who: 'program', content: raw },
  ];
}

/** Sends each file to each address. @returns what is wrong with the answers, one line each */
export async function sendHostileFiles(
  at: Site,
  keys: Keys,
  files: readonly HostileFile[],
): Promise<string[]> {
  const faults: string[] = [];
  for (const taker of takers()) {
    for (const file of files) {
      const wish: Wish = {
        method: 'POST',
        path: taker.path,
        headers: {},
        fields: [],
        as: 'none',
        who: taker.who,
      };
      const answer = await ask(at, wish, keys, taker.content(file));
      const fault = faultIn(answer) ?? (await faultInKept(at, keys, answer));
      if (fault !== undefined) faults.push(`${fault}: ${file.name} to ${taker.path}`);
    }
  }
  return faults;
}

/** What was kept must not come back as something that runs in the clinic's pages. */
async function faultInKept(at: Site, keys: Keys, answer: Answer | string): Promise<string | undefined> {
  if (typeof answer === 'string') return undefined;
  const item = /^\/desk\/stock\/items\/[0-9a-f-]{36}$/.exec(String(answer.headers.location ?? ''))?.[0];
  if (item === undefined) return undefined;
  const wish: Wish = {
    method: 'GET',
    path: `${item}/paper`,
    headers: {},
    fields: [],
    as: 'none',
    who: 'member',
  };
  const paper = await ask(at, wish, keys);
  const fault = faultIn(paper);
  if (fault !== undefined || typeof paper === 'string' || paper.status !== 200) return fault;
  const type = String(paper.headers['content-type']);
  if (/html|svg|xml|script/.test(type)) return `kept and served as ${type}`;
  return paper.headers['x-content-type-options'] === 'nosniff'
    ? undefined
    : 'kept and served without nosniff';
}

/** Pictures that break decoders, as files that are sent. */
export async function torturePictures(): Promise<HostileFile[]> {
  return (await tortureFiles()).map(({ name, bytes }) => ({
    name,
    fileName: 'a.jpg',
    type: 'image/jpeg',
    bytes,
  }));
}

const climbs = [
  '/../../../../etc/passwd',
  '/..%2f..%2f..%2f..%2fetc%2fpasswd',
  '/assets/../../../../etc/passwd',
  '/assets/..%2f..%2f..%2f..%2fetc/passwd',
  '/assets/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
  '/assets/..%5c..%5c..%5cetc%5cpasswd',
  '/assets//etc/passwd',
  '/assets/..%00/etc/passwd',
  '/desk/photos/..%2f..%2f..%2fetc%2fpasswd/thumb',
  '/desk/money/..%2f..%2f..%2fetc/passwd',
  '/desk/recall/x/letter/..%2f..%2f..%2f..%2fetc%2fpasswd',
  '/desk/exports/..%2f..%2fetc%2fpasswd/record.zip',
  '/desk/plans/x/..%2f..%2f..%2fetc%2fpasswd',
  '/en/og/..%2f..%2f..%2fetc%2fpasswd',
  '/fhir/R4/Binary/..%2f..%2f..%2fetc%2fpasswd',
];

/** Addresses that climb out of where files lie. @returns those that were answered with anything but a refusal or a page */
export async function climbOut(at: Site, keys: Keys): Promise<string[]> {
  const faults: string[] = [];
  for (const path of climbs) {
    for (const who of ['visitor', 'member', 'program'] as const) {
      const fault = faultIn(
        await ask(at, { method: 'GET', path, headers: {}, fields: [], as: 'none', who }, keys),
      );
      if (fault !== undefined) faults.push(`${fault}: ${path} as ${who}`);
    }
  }
  return faults;
}

/** A person whose name is a formula, written at the desk and given out as a table. @returns cells that a sheet would run */
export async function formulasGivenOut(at: Site, keys: Keys): Promise<string[]> {
  const names = ['=cmd|calc!A1', '+1+1', '-1+1', '@SUM(1)', '\t=1', '＝1+1'];
  for (const name of names) {
    const fields = { name: `${name} ${Date.now()}`, ageYears: '40', language: 'en', sure: 'yes' };
    const content = {
      type: 'application/x-www-form-urlencoded',
      body: Buffer.from(new URLSearchParams(fields).toString()),
    };
    const made: Wish = {
      method: 'POST',
      path: '/desk/patients/new',
      headers: {},
      fields: [],
      as: 'none',
      who: 'member',
    };
    await ask(at, made, keys, content);
  }
  const faults: string[] = [];
  for (const path of [
    '/desk/imports/patients.csv',
    '/desk/imports/appointments.csv',
    '/desk/reports/months.csv',
  ]) {
    const answer = await ask(
      at,
      { method: 'GET', path, headers: {}, fields: [], as: 'none', who: 'member' },
      keys,
    );
    if (typeof answer === 'string' || answer.status !== 200) {
      faults.push(`${path} was not given out`);
      continue;
    }
    if (path.includes('patients') && !answer.body.includes("'=cmd|calc!A1"))
      faults.push(`${path} does not hold the person`);
    const cells = answer.body.split(/\r?\n/).flatMap((line) => line.split(','));
    const running = cells
      .map((cell) => cell.replace(/^"/, ''))
      .filter((cell) => /^[=@＝]|^[+-](?!\d+(\.\d+)?"?$)/.test(cell));
    faults.push(...running.map((cell) => `${path}: ${cell.slice(0, 60)}`));
  }
  return faults;
}
