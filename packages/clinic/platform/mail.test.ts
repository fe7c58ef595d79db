import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { standingClock } from './clock.ts';
import { openMail } from './mail.ts';
import { testFolder } from './testing/database.ts';

const clock = standingClock('2026-03-02T04:30:00Z');

it('lands in the outbox when there is no server, readable by its owner alone', async () => {
  const home = testFolder();
  const mail = openMail(
    {
      home,
      mail: { url: undefined, from: 'Clinic <clinic@example.org>' },
      outbound: { hosts: undefined, plaintext: false },
    },
    clock,
  );
  expect(mail.delivers).toBe(false);
  await mail.send({ to: 'a@example.org', subject: 'Ihr Termin – আপনার সময়', text: 'At ten.\n' });
  const [name = '', ...others] = readdirSync(join(home, 'outbox'));
  expect(others).toEqual([]);
  const path = join(home, 'outbox', name);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const text = readFileSync(path, 'utf8');
  expect(text).toMatch(/^From: Clinic <clinic@example\.org>$/m);
  expect(text).toMatch(/^To: a@example\.org$/m);
  expect(text).toContain('At ten.');
});

it('cannot be made to carry another header', async () => {
  const home = testFolder();
  const mail = openMail(
    {
      home,
      mail: { url: undefined, from: 'clinic@example.org' },
      outbound: { hosts: undefined, plaintext: false },
    },
    clock,
  );
  const hostile = 'Hello\r\nBcc: everyone@example.org\r\n\r\nbody';
  await mail.send({ to: 'a@example.org', subject: hostile, text: 'x' });
  const [name = ''] = readdirSync(join(home, 'outbox'));
  const head = readFileSync(join(home, 'outbox', name), 'utf8').split('\n\n')[0];
  expect(head).not.toMatch(/^Bcc:/im);
});

it('says what to do when the server does not answer', async () => {
  const mail = openMail(
    {
      home: testFolder(),
      mail: { url: 'smtp://127.0.0.1:9', from: 'c@example.org' },
      outbound: { hosts: undefined, plaintext: false },
    },
    clock,
  );
  expect(await mail.check()).toMatchObject({
    ok: false,
    reason: 'mail-unreachable',
    message: expect.stringContaining('SMTP_URL') as string,
  });
  mail.close();
});
