import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as fc from 'fast-check';
import ICAL from 'ical.js';
import { type AddressObject, type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { afterAll, describe, expect, it } from 'vitest';
import { listAudit } from '../audit/commands.ts';
import {
  bookAtDesk,
  calendarFileByToken,
  cancelBooking,
  makeFeed,
  moveBooking,
  readFeed,
} from '../booking/commands.ts';
import type { Actor } from '../booking/roles.ts';
import { makeTestClinic, type TestClinic } from '../booking/testing/clinic.ts';
import { freedSlotJob } from '../booking/waitlist-jobs.ts';
import { asTenant } from '../platform/database.ts';
import { handle } from '../platform/jobs.ts';
import { testServices } from '../platform/testing/database.ts';
import { forbiddenWords } from '../visitor/forbidden-words.ts';
import {
  changeMessageSettings,
  deliverMessage,
  enqueueMessage,
  isOptOutLink,
  listFailedMessages,
  listMessages,
  type NewMessage,
  notifyJobs,
  optIn,
  optInByLink,
  optOut,
  optOutToken,
  readMessageSettings,
  retryMessage,
  saveMessageSettings,
} from './commands.ts';
import {
  internationalDigits,
  minutesUntilLoud,
  momentInWords,
  retryDelaySeconds,
  whatsAppLink,
} from './rules.ts';
import { messageLanguage, type Template, templateParams } from './schema.ts';
import { render } from './templates.ts';
import { verifyWebhook } from './webhook.ts';

/** A real SMTP server that keeps what it is handed. */
const received: ParsedMail[] = [];
let refuseWith: string | undefined;
const smtp = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  onData(stream, _session, callback) {
    const parse = async () => {
      const mail = await simpleParser(stream);
      if (refuseWith !== undefined)
        return callback(Object.assign(new Error(refuseWith), { responseCode: 451 }));
      received.push(mail);
      callback();
    };
    parse().catch(callback);
  },
});
smtp.listen(0, '127.0.0.1');
await once(smtp.server, 'listening');
afterAll(() => new Promise<void>((resolve) => smtp.close(() => resolve())));

const port = (smtp.server.address() as AddressInfo).port;
const services = await testServices({
  env: {
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    MAIL_FROM: 'Test clinic <desk@clinic.example>',
    OUTBOUND_HOSTS: '127.0.0.1',
  },
  handlers: [...notifyJobs({} as never), handle(freedSlotJob, async () => undefined)],
});
afterAll(() => services.mail.close());
const { db, clock } = services;
const delivery = { ...services, jobs: () => services.jobs };
const desk = { kind: 'staff', id: randomUUID(), role: 'desk' } as const satisfies Actor;
const at = (iso: string) => Date.parse(iso) / 60_000;

async function enqueue<T extends Template>(clinic: TestClinic, message: Omit<NewMessage<T>, 'tenantId'>) {
  return asTenant(db, clinic.tenantId, (trx) =>
    enqueueMessage(services, trx, { tenantId: clinic.tenantId, ...message } as NewMessage<T>),
  );
}
const plain = (recipient = 'patient014@example.org') => ({
  channel: 'email' as const,
  recipient,
  template: 'plain' as const,
  language: 'en' as const,
  params: { subject: 'Hello', text: 'Text' },
});
const deliver = (clinic: TestClinic, messageId: string | undefined) =>
  deliverMessage(delivery, { tenantId: clinic.tenantId, messageId: messageId ?? '' });

async function deliverAll(clinic: TestClinic, bookingId: string): Promise<ParsedMail[]> {
  const before = received.length;
  const subject = { kind: 'booking', id: bookingId };
  const queued = await listMessages(services, clinic.tenantId, { subject });
  for (const message of queued.reverse()) await deliver(clinic, message.id);
  return received.slice(before);
}

describe('messages about a visit, through a real mail server', () => {
  it('invite, update and cancel so that a calendar follows, in the person’s language and the clinic’s zone', async () => {
    const clinic = await makeTestClinic(db);
    const person = {
      name: 'Sample patient 014',
      email: 'patient014@example.org',
      phone: null,
      language: 'bn',
      patientId: null,
    };
    const made = await bookAtDesk(services, clinic.tenantId, desk, {
      service: 'visit',
      startMinute: at('2026-03-06T10:00:00+05:30'),
      person,
    });
    const id = made.ok ? (made.bookings[0]?.id ?? '') : '';
    const [invite] = await deliverAll(clinic, id);
    expect(invite?.subject).toContain('সাক্ষাৎ');
    expect((invite?.to as AddressObject | undefined)?.text).toBe('patient014@example.org');
    expect(invite?.text).toContain('১০:০০');
    expect(invite?.text).toContain('ভারতীয় মানক সময়');
    const calendarOf = (mail: ParsedMail | undefined) => {
      const part = mail?.attachments.find((a) => a.contentType === 'text/calendar');
      const root = new ICAL.Component(ICAL.parse(part?.content.toString() ?? '') as unknown as string);
      const event = new ICAL.Event(root.getFirstSubcomponent('vevent') as ICAL.Component);
      return {
        method: root.getFirstPropertyValue('method'),
        sequence: event.sequence,
        uid: event.uid,
        start: event.startDate.toJSDate().toISOString(),
      };
    };
    const first = calendarOf(invite);
    expect(first).toMatchObject({ method: 'REQUEST', sequence: 0, start: '2026-03-06T04:30:00.000Z' });

    await moveBooking(services, clinic.tenantId, id, desk, {
      startMinute: at('2026-03-07T11:00:00+05:30'),
      desk: { ignoreHours: false },
    });
    const moved = calendarOf((await deliverAll(clinic, id))[0]);
    expect(moved).toMatchObject({
      method: 'REQUEST',
      sequence: 1,
      uid: first.uid,
      start: '2026-03-07T05:30:00.000Z',
    });

    // The file on the visit's own page says the same as the mail, at every step.
    const token = /booking\/([\w.-]+)/.exec(invite?.text ?? '')?.[1] ?? '';
    const fileNow = async () => {
      const file = await calendarFileByToken(services, clinic.tenantId, token, 'en');
      if (!file.ok) throw new Error(file.message);
      const root = new ICAL.Component(ICAL.parse(file.text) as unknown as string);
      const component = root.getFirstSubcomponent('vevent') as ICAL.Component;
      const { uid, sequence } = new ICAL.Event(component);
      const method = root.getFirstPropertyValue('method');
      return { method, uid, sequence, status: component.getFirstPropertyValue('status') };
    };
    expect(await fileNow()).toEqual({ method: 'PUBLISH', uid: first.uid, sequence: 1, status: 'CONFIRMED' });

    await cancelBooking(services, clinic.tenantId, id, desk, { by: 'clinic' });
    expect(await fileNow()).toEqual({ method: 'CANCEL', uid: first.uid, sequence: 2, status: 'CANCELLED' });
    const cancelled = calendarOf((await deliverAll(clinic, id))[0]);
    expect(cancelled).toMatchObject({ method: 'CANCEL', sequence: 2, uid: first.uid });
    const left = await listMessages(services, clinic.tenantId, { states: ['queued'] });
    expect(left).toEqual([]);
  });

  it('appear in the practitioner’s private feed without the patient’s name', async () => {
    const clinic = await makeTestClinic(db);
    const person = {
      name: 'Sample patient 021',
      email: null,
      phone: '+919800000021',
      language: 'en',
      patientId: null,
    };
    await bookAtDesk(services, clinic.tenantId, desk, {
      service: 'visit',
      startMinute: at('2026-03-06T10:00:00+05:30'),
      person,
    });
    const address = await makeFeed(services, clinic.tenantId, desk, clinic.staffIds[0] as string);
    const secret = /calendar\/(.+)\.ics$/.exec(address.ok ? address.url : '')?.[1] ?? '';
    const text = (await readFeed(services, secret)) ?? '';
    const root = new ICAL.Component(ICAL.parse(text) as unknown as string);
    expect(root.getAllSubcomponents('vevent').length).toBe(1);
    expect(text).not.toContain('Sample patient');
    expect(text).not.toContain('9800000021');
    const named = await makeFeed(services, clinic.tenantId, desk, clinic.staffIds[0] as string, true);
    expect(await readFeed(services, secret)).toBeUndefined();
    const newSecret = /calendar\/(.+)\.ics$/.exec(named.ok ? named.url : '')?.[1] ?? '';
    expect(await readFeed(services, newSecret)).toContain('Sample patient 021');
  });
});

describe('a person without e-mail', () => {
  const person = {
    name: 'Sample patient 022',
    email: null,
    phone: '+919800000022',
    language: 'ne',
    patientId: null,
  };
  const book = async (clinic: TestClinic) => {
    await bookAtDesk(services, clinic.tenantId, desk, {
      service: 'visit',
      startMinute: at('2026-03-06T10:00:00+05:30'),
      person,
    });
    const queued = await listMessages(services, clinic.tenantId, { states: ['queued'] });
    return queued.map((m) => `${m.channel} ${m.template}`).sort();
  };

  it('is told by the adapter where there is one, and otherwise left to the desk', async () => {
    const without = await makeTestClinic(db);
    expect(await book(without)).toEqual([]);
    const clinic = await makeTestClinic(db);
    await saveMessageSettings(services, clinic.tenantId, {
      quiet: { fromMin: 0, toMin: 0 },
      reminderHours: [24],
      webhookUrl: 'https://adapter.example/hook',
      webhookSecret: Buffer.from('a secret of the clinic'),
    });
    expect(await book(clinic)).toEqual(['webhook booking-confirmed', 'webhook booking-reminder']);
  });
});

describe('the settings of messages', () => {
  const form = {
    quiet: { fromMin: 1320, toMin: 420 },
    reminderHours: [24],
    webhookUrl: 'https://adapter.example/hook',
  };

  it('are changed by the owner, with an entry that does not hold the secret', async () => {
    const { tenantId } = await makeTestClinic(db);
    const owner = {
      tenantId,
      staffId: randomUUID(),
      role: 'owner',
      name: 'Owner',
      sessionId: randomUUID(),
    } as const;
    expect(await changeMessageSettings(services, owner, form)).toMatchObject({ field: 'webhookSecret' });
    const webhookSecret = 'a secret of the clinic';
    expect(await changeMessageSettings(services, owner, { ...form, webhookSecret })).toEqual({ ok: true });
    // The secret is kept when it is not given again.
    expect(await changeMessageSettings(services, owner, form)).toEqual({ ok: true });
    const read = await readMessageSettings(services, owner);
    expect(read).toMatchObject({ ...form, hasSecret: true });
    expect(JSON.stringify([read, await listAudit(services, tenantId)])).not.toContain(webhookSecret);
  });

  it('are not open to other roles, and refused at their field', async () => {
    const { tenantId } = await makeTestClinic(db);
    const staff = { tenantId, staffId: randomUUID(), name: 'S', sessionId: randomUUID() };
    for (const role of ['physician', 'assistant', 'desk', 'auditor'] as const) {
      const answers = [
        changeMessageSettings(services, { ...staff, role }, form),
        readMessageSettings(services, { ...staff, role }),
      ];
      for (const answer of await Promise.all(answers))
        expect(answer).toMatchObject({ reason: 'not-allowed' });
    }
    const owner = { ...staff, role: 'owner' as const };
    const wrong = { ...form, webhookUrl: 'http://elsewhere.example', webhookSecret: 'sixteen letters!' };
    expect(await changeMessageSettings(services, owner, wrong)).toMatchObject({ field: 'webhookUrl' });
    const short = { ...form, webhookSecret: 'short' };
    expect(await changeMessageSettings(services, owner, short)).toMatchObject({ field: 'webhookSecret' });
  });
});

describe('the outbox', () => {
  it('vanishes with its transaction', async () => {
    const clinic = await makeTestClinic(db);
    const failing = asTenant(db, clinic.tenantId, async (trx) => {
      await enqueueMessage(services, trx, { tenantId: clinic.tenantId, ...plain() });
      throw Object.assign(new Error('undone'), { code: 'undone' });
    });
    await expect(failing).rejects.toMatchObject({ code: 'undone' });
    expect(await listMessages(services, clinic.tenantId, { states: ['queued'] })).toEqual([]);
  });

  it('writes a deduped message once and sends a delivered one never again', async () => {
    const clinic = await makeTestClinic(db);
    const id = await enqueue(clinic, { ...plain(), dedupeKey: 'once', urgent: true });
    expect(await enqueue(clinic, { ...plain(), dedupeKey: 'once', urgent: true })).toBeUndefined();
    const before = received.length;
    expect(await deliver(clinic, id)).toBe('sent');
    expect(await deliver(clinic, id)).toBe('sent');
    expect(received.length).toBe(before + 1);
    expect(received.at(-1)?.messageId).toContain(id);
  });

  it('goes out at once when it was meant to, also by a clock that has been set back since', async () => {
    const clinic = await makeTestClinic(db);
    const now = clock.now();
    try {
      clock.advance(3 * 3_600_000);
      const id = await enqueue(clinic, { ...plain(), urgent: true });
      const later = await enqueue(clinic, {
        ...plain(),
        urgent: true,
        dueAt: new Date(clock.now().getTime() + 60_000),
      });
      clock.set(now);
      expect(await deliver(clinic, id)).toBe('sent');
      expect(await deliver(clinic, later)).toBe('queued');
    } finally {
      clock.set(now);
    }
  });

  it('tries again with growing pauses, then shows the failure to the desk, who can try once more', async () => {
    const clinic = await makeTestClinic(db);
    const id = await enqueue(clinic, { ...plain(), urgent: true });
    refuseWith = 'mailbox busy';
    const states = [];
    for (let i = 0; i < 6; i += 1) {
      states.push(await deliver(clinic, id));
      clock.advance(3 * 3_600_000);
    }
    refuseWith = undefined;
    expect(states).toEqual(['queued', 'queued', 'queued', 'queued', 'queued', 'failed']);
    const [failed] = await listMessages(services, clinic.tenantId);
    expect(failed).toMatchObject({ id, state: 'failed', attempts: 6 });
    expect(failed?.lastError).toContain('mailbox busy');
    const member = (role: 'desk' | 'auditor') => ({ tenantId: clinic.tenantId, staffId: desk.id, role });
    expect(await listFailedMessages(services, member('auditor'))).toMatchObject({
      messages: [{ id, attempts: 6 }],
    });
    expect(await retryMessage(services, member('auditor'), id ?? '')).toMatchObject({
      reason: 'not-allowed',
    });
    expect(await retryMessage(services, member('desk'), id ?? '')).toEqual({ ok: true });
    expect(await retryMessage(services, member('desk'), id ?? '')).toMatchObject({ reason: 'not-failed' });
    expect(await deliver(clinic, id)).toBe('sent');
    clock.set('2026-03-02T04:30:00Z');
  });

  it('waits out the quiet hours of the clinic’s zone, except with an answer just asked for', async () => {
    const clinic = await makeTestClinic(db);
    clock.set('2026-03-02T17:00:00Z'); // 22:30 in Siliguri
    const reminder = await enqueue(clinic, plain());
    const answer = await enqueue(clinic, { ...plain(), urgent: true });
    expect(await deliver(clinic, reminder)).toBe('queued');
    expect(await deliver(clinic, answer)).toBe('sent');
    const [waiting] = await listMessages(services, clinic.tenantId, { states: ['queued'] });
    expect(waiting?.dueAt.toISOString()).toBe('2026-03-03T02:30:00.000Z');
    clock.set('2026-03-03T02:30:00Z');
    expect(await deliver(clinic, reminder)).toBe('sent');
    clock.set('2026-03-02T04:30:00Z');
  });

  it('respects an opt-out by its own link and by no other', async () => {
    const clinic = await makeTestClinic(db);
    const other = await makeTestClinic(db);
    const token = optOutToken(services.keys, clinic.tenantId, 'Patient014@example.org ');
    expect(['A'.repeat(64), 'garbage', token].map((one) => isOptOutLink(services.keys, one))).toEqual([
      false,
      false,
      true,
    ]);
    expect(await optOut(services, clinic.tenantId, 'A'.repeat(64))).toMatchObject({
      ok: false,
      reason: 'link-unknown',
    });
    expect(await optOut(services, clinic.tenantId, token)).toEqual({ ok: true });
    expect(await deliver(clinic, await enqueue(clinic, plain()))).toBe('suppressed');
    expect(await deliver(clinic, await enqueue(clinic, { ...plain(), urgent: true }))).toBe('sent');
    expect(await deliver(other, await enqueue(other, plain()))).toBe('sent');
    expect(received.at(-1)?.text).toContain(
      `/opt-out/${optOutToken(services.keys, other.tenantId, 'patient014@example.org')}`,
    );
    expect(await optInByLink(services, clinic.tenantId, 'A'.repeat(64))).toMatchObject({
      reason: 'link-unknown',
    });
    expect(await optInByLink(services, clinic.tenantId, token)).toEqual({ ok: true });
    expect(await deliver(clinic, await enqueue(clinic, plain()))).toBe('sent');
  });

  it('is taken back at the desk, by who may book, with an entry that does not tell the address', async () => {
    const clinic = await makeTestClinic(db);
    const member = (role: 'desk' | 'auditor') => ({ tenantId: clinic.tenantId, staffId: desk.id, role });
    await optOut(services, clinic.tenantId, optOutToken(services.keys, clinic.tenantId, plain().recipient));
    await optOut(services, clinic.tenantId, optOutToken(services.keys, clinic.tenantId, '+919800000014'));
    expect(await optIn(services, member('auditor'), plain().recipient)).toMatchObject({
      reason: 'not-allowed',
    });
    expect(await deliver(clinic, await enqueue(clinic, plain()))).toBe('suppressed');
    expect(await optIn(services, member('desk'), ' Patient014@example.org')).toEqual({ ok: true });
    expect(await optIn(services, member('desk'), '+91 98000 00014')).toEqual({ ok: true });
    expect(await deliver(clinic, await enqueue(clinic, plain()))).toBe('sent');
    expect(await optIn(services, member('desk'), plain().recipient)).toMatchObject({
      reason: 'not-opted-out',
    });
    const rows = await db
      .selectFrom('audit_entries')
      .select('entry')
      .where('tenant_id', '=', clinic.tenantId)
      .execute();
    const entries = rows
      .map(({ entry }) => entry)
      .filter((one) => one.includes('message.opt-out-taken-back'));
    expect(entries).toHaveLength(2);
    expect(entries.join(' ')).not.toMatch(/patient014|9800000014/i);
  });

  it('lets no recipient or value add a header', async () => {
    const clinic = await makeTestClinic(db);
    const params = { subject: 'Hello\r\nBcc: all@example.org', text: 'Text\r\n.\r\nBcc: x@example.org' };
    await deliver(clinic, await enqueue(clinic, { ...plain(), params, urgent: true }));
    const mail = received.at(-1);
    expect(mail?.headers.has('bcc')).toBe(false);
    expect(mail?.subject).toBe('Hello Bcc: all@example.org');
  });
});

describe('the adapter for SMS and WhatsApp', () => {
  it('is posted a signed body it can check, once it is set up', async () => {
    const clinic = await makeTestClinic(db);
    const seen: { header: string; body: string }[] = [];
    let status = 200;
    const adapter = createServer((req, res) => {
      let body = '';
      req.on('data', (chunk: Buffer) => (body += chunk.toString()));
      req.on('end', () => {
        seen.push({ header: String(req.headers['x-undertone-signature']), body });
        res.writeHead(status, { 'content-type': 'application/json' }).end('{"id":"sms-77"}');
      });
    });
    adapter.listen(0, '127.0.0.1');
    await once(adapter, 'listening');
    const url = `http://127.0.0.1:${(adapter.address() as AddressInfo).port}/hook`;
    const secret = Buffer.from('a secret of the clinic');
    const message = { ...plain('+919800000014'), channel: 'webhook' as const, urgent: true };
    const early = await enqueue(clinic, message);
    expect(await deliver(clinic, early)).toBe('queued');
    const settings = {
      quiet: { fromMin: 1260, toMin: 480 },
      reminderHours: [24],
      webhookUrl: url,
      webhookSecret: secret,
    };
    for (const webhookUrl of [
      'http://elsewhere.example',
      'http://localhost:x@elsewhere.example/hook',
      'http://127.0.0.1:1@elsewhere.example',
      'https://name:word@elsewhere.example',
      'no address',
    ])
      expect(await saveMessageSettings(services, clinic.tenantId, { ...settings, webhookUrl })).toMatchObject(
        { reason: 'webhook-url-not-https' },
      );
    expect(await saveMessageSettings(services, clinic.tenantId, settings)).toEqual({ ok: true });
    const id = await enqueue(clinic, message);
    expect(await deliver(clinic, id)).toBe('sent');
    const now = clock.now().getTime() / 1000;
    const { header, body } = seen[0] as (typeof seen)[0];
    expect(JSON.parse(body)).toEqual({
      version: 1,
      id,
      to: '+919800000014',
      template: 'plain',
      language: 'en',
      text: 'Text',
    });
    expect(verifyWebhook(secret, header, body, now)).toBe(true);
    expect(verifyWebhook(secret, header, `${body} `, now)).toBe(false);
    expect(verifyWebhook(Buffer.from('another secret!!'), header, body, now)).toBe(false);
    expect(verifyWebhook(secret, header, body, now + 301)).toBe(false);
    status = 503;
    expect(await deliver(clinic, await enqueue(clinic, message))).toBe('queued');
    await new Promise((resolve) => adapter.close(resolve));
  });
});

describe('rules of messages', () => {
  it('end every quiet at its end, and are never quiet outside', () => {
    fc.assert(
      fc.property(fc.nat(1439), fc.nat(1439), fc.nat(1439), (now, fromMin, toMin) => {
        const wait = minutesUntilLoud(now, { fromMin, toMin });
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(minutesUntilLoud((now + wait) % 1440, { fromMin, toMin })).toBe(0);
        expect(wait === 0 || (now + wait) % 1440 === toMin).toBe(true);
      }),
    );
  });

  it('name the zone in every language', () => {
    const moment = new Date('2026-03-03T04:30:00Z');
    const said = messageLanguage.options.map((l) => momentInWords(moment, l, 'Asia/Kolkata'));
    expect(said[0]).toContain('India Standard Time');
    expect(new Set(said).size).toBe(4);
    for (const sentence of said) expect(sentence).toMatch(/2026|२०२६|২০২৬/u);
  });

  it('open a chat with the international number', () => {
    expect(internationalDigits('098300 12345', 'IN')).toBe('919830012345');
    expect(internationalDigits('+977 980-1234567', 'IN')).toBe('9779801234567');
    expect(internationalDigits('919830012345', 'IN')).toBe('919830012345');
    expect(internationalDigits('12345', 'XX')).toBeUndefined();
    expect(whatsAppLink('9830012345', 'IN', 'নমস্কার & hello')).toBe(
      `https://wa.me/919830012345?text=${encodeURIComponent('নমস্কার & hello')}`,
    );
  });

  it('pause longer each time, at most two hours', () => {
    const pauses = [1, 2, 3, 4, 5, 6].map(retryDelaySeconds);
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses.at(-1)).toBe(7200);
  });
});

describe('templates', () => {
  it('use every value they are given, in all four languages, and promise nothing', () => {
    for (const [template, names] of Object.entries(templateParams) as [Template, readonly string[]][]) {
      for (const language of messageLanguage.options) {
        const params = Object.fromEntries(names.map((name) => [name, `<${name}>`])) as never;
        const { subject, text } = render(template, language, params, 'https://x.example/o');
        for (const name of names) expect(subject + text).toContain(`<${name}>`);
        expect(text).toContain('https://x.example/o');
        expect(subject).not.toMatch(/[{}\r\n]/);
        for (const { pattern } of [...forbiddenWords.en, ...forbiddenWords[language]]) {
          expect(subject + text).not.toMatch(new RegExp(pattern.source, 'iu'));
        }
      }
    }
  });

  it('fill no placeholder that a person wrote, and miss no value silently', () => {
    const { text } = render('plain', 'en', { subject: 's', text: '{subject} {link}' });
    expect(text).toBe('{subject} {link}');
    expect(() => render('booking-hold', 'en', { clinic: 'c' } as never)).toThrow(
      expect.objectContaining({ code: 'template-param-missing' }),
    );
  });
});
