import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { SMTPServer } from 'smtp-server';
import { expect } from 'vitest';
import { axeFaults, journeys, phone, screenshot, sidewaysPx } from './journey.ts';
import { testOnOwnSite } from './own-site.ts';

interface DeskFixtures {
  /** A mail server that knows no mailbox at `wrong.example`; whom it took mail for. */
  readonly mail: { readonly port: number; readonly taken: string[] };
  readonly settings: Readonly<Record<string, string>>;
}

const test = testOnOwnSite.extend<DeskFixtures>({
  mail: [
    async ({}, use) => {
      const taken: string[] = [];
      const server = new SMTPServer({
        disabledCommands: ['AUTH', 'STARTTLS'],
        onRcptTo({ address }, _session, callback) {
          if (!address.endsWith('@wrong.example')) {
            taken.push(address);
            return callback();
          }
          callback(Object.assign(new Error('5.1.1 no such user here'), { responseCode: 550 }));
        },
        onData(stream, _session, callback) {
          stream.resume().once('end', () => callback());
        },
      });
      // A site that ends may leave a connection half-way.
      server.on('error', () => undefined);
      server.listen(0, '127.0.0.1');
      await once(server.server, 'listening');
      await use({ port: (server.server.address() as AddressInfo).port, taken });
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
    { scope: 'file' },
  ],
  settings: [async ({ mail }, use) => use({ SMTP_URL: `smtp://127.0.0.1:${mail.port}` }), { scope: 'file' }],
});

/** The n-th day from tomorrow on which a talk with the doctor can begin, with its first free times. */
async function freeDay(page: Page, nth: number): Promise<{ day: string; starts: string[] }> {
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  const address = `/api/v1/availability?service=consultation&from=${day(2)}&to=${day(20)}`;
  const { slots } = (await (await page.request.get(address)).json()) as { slots: { start: string }[] };
  const chosen = [...new Set(slots.map(({ start }) => start.slice(0, 10)))][nth] ?? '';
  return {
    day: chosen,
    starts: slots.map(({ start }) => start).filter((start) => start.startsWith(chosen)),
  };
}

const inGrid = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Bookings by time' }).getByRole('button', { name });

/** Books somebody new at the desk, through the form. */
async function bookNew(page: Page, name: string, day: string, clock: string): Promise<void> {
  await page.getByRole('button', { name: 'New booking' }).click();
  const form = page.getByRole('complementary', { name: 'New booking' });
  await form.getByLabel('Name').fill(name);
  await form.getByLabel('Telephone').fill('+919800000001');
  await form.getByLabel('Date').fill(day);
  await form.getByLabel('Time', { exact: true }).fill(clock);
  await form.getByRole('button', { name: 'Save' }).click();
  await inGrid(page, name).waitFor();
}

journeys('the desk', () => {
  test('sees a visitor’s booking appear without a reload, and confirms it from the inbox', async ({
    openPage,
    openDesk,
  }) => {
    const desk = await openDesk();
    await desk.goto('/desk/inbox');
    await desk.getByRole('heading', { name: 'Nobody is waiting' }).waitFor();
    await screenshot(desk, 'inbox-empty');
    expect(await axeFaults(desk)).toEqual([]);

    const { day, starts } = await freeDay(desk, 0);
    await desk.goto(`/desk/calendar?view=day&date=${day}`);
    await desk.getByText('Asia/Kolkata').waitFor();
    await desk.evaluate(() => document.body.setAttribute('data-not-reloaded', ''));

    const visitor = await openPage();
    const start = encodeURIComponent(starts[1] ?? '');
    await visitor.goto(`/en/book?service=consultation&start=${start}`);
    const slotDay = visitor.locator(`.slot-day:has(button.slot[value*="${day}"])`);
    if ((await slotDay.count()) > 0) {
      if ((await slotDay.getAttribute('open')) === null) await slotDay.locator('summary').click();
      await slotDay.locator('button.slot').nth(1).click();
    }
    await visitor.getByRole('heading', { name: 'How do we reach you?' }).waitFor();
    await visitor.getByLabel('Name').fill('Visitor from the site');
    await visitor.getByLabel('E-mail').fill('visitor@example.org');
    await visitor.getByLabel('The clinic may contact me').check();
    await visitor.locator('form button[type="submit"]').last().click();

    await inGrid(desk, 'Visitor from the site').waitFor();
    expect(await desk.locator('body[data-not-reloaded]').count()).toBe(1);

    await desk.goto('/desk/inbox');
    await desk.getByRole('heading', { name: 'Not yet confirmed 1' }).waitFor();
    await screenshot(desk, 'inbox-request');
    expect(await axeFaults(desk)).toEqual([]);
    await desk.getByRole('button', { name: 'Confirm: Visitor from the site' }).click();
    await desk.getByRole('heading', { name: 'Nobody is waiting' }).waitFor();
  });

  test('is told of a message that did not arrive, why and what to do, corrects the address and sends it again', async ({
    openDesk,
    mail,
  }) => {
    const desk = await openDesk();
    const { day, starts } = await freeDay(desk, 3);
    const name = `Person with a slip ${Date.now() % 100_000}`;
    const right = `slip-${Date.now()}@right.example`;
    await desk.goto(`/desk/calendar?view=day&date=${day}`);
    await desk.getByRole('button', { name: 'New booking' }).click();
    const form = desk.getByRole('complementary', { name: 'New booking' });
    await form.getByLabel('Name').fill(name);
    await form.getByLabel('E-mail').fill('slip@wrong.example');
    await form.getByLabel('Date').fill(day);
    await form.getByLabel('Time', { exact: true }).fill(starts[0]?.slice(11, 16) ?? '');
    await form.getByRole('button', { name: 'Save' }).click();
    await inGrid(desk, name).waitFor();

    // The first page of the desk says that something waits, as soon as the mail server has refused it.
    const notice = desk.getByRole('link', { name: /messages? that did not arrive/ });
    await expect
      .poll(async () => (await desk.goto('/desk'))?.ok() && (await notice.count()), {
        timeout: 60_000,
        interval: 500,
      })
      .toBe(1);
    await notice.click();
    const entry = desk.getByRole('listitem').filter({ hasText: name });
    await entry.getByText('There is no such mailbox. Ask the person').waitFor();
    await entry.getByText('to slip@wrong.example').waitFor();
    expect(await axeFaults(desk)).toEqual([]);
    await screenshot(desk, 'inbox-failed');
    await desk.setViewportSize(phone);
    expect(await sidewaysPx(desk)).toBe(0);
    await screenshot(desk, 'inbox-failed-360');

    await entry.getByLabel('E-mail').fill('slip at right');
    await entry.getByRole('button', { name: 'Correct and send' }).click();
    await entry.getByText('Write an address such as').waitFor();
    expect(await entry.getByLabel('E-mail').inputValue()).toBe('slip at right');
    await entry.getByLabel('E-mail').fill(right);
    await entry.getByRole('button', { name: 'Correct and send' }).click();
    await desk.getByText('It is on its way.').waitFor();
    await expect.poll(() => mail.taken, { timeout: 60_000, interval: 250 }).toContain(right);
    await desk.goto('/desk/inbox');
    await desk.getByRole('heading', { level: 1 }).waitFor();
    expect(await entry.count()).toBe(0);
  });

  test('calls back who left a number, by one tap, and books with what they said', async ({
    openPage,
    openDesk,
  }) => {
    const desk = await openDesk({ viewport: phone });
    const { day, starts } = await freeDay(desk, 1);
    const visitor = await openPage();
    await visitor.goto(`/en/book?service=consultation&start=${encodeURIComponent(starts[0] ?? '')}`);
    await visitor.getByRole('heading', { name: 'How do we reach you?' }).waitFor();
    await visitor.getByLabel('Name').fill('Person with a number');
    await visitor.getByLabel('Phone').fill('98000 00002');
    await visitor.getByLabel('The clinic may contact me').check();
    await visitor.locator('form button[type="submit"]').last().click();
    await visitor.getByRole('heading', { name: 'We call you back' }).waitFor();

    await desk.goto('/desk/inbox');
    await desk.getByRole('heading', { name: 'Call back 1' }).waitFor();
    expect(await desk.getByRole('link', { name: 'Call', exact: true }).getAttribute('href')).toMatch(
      /^tel:\+?\d+$/,
    );
    expect(await desk.getByRole('link', { name: 'WhatsApp' }).getAttribute('href')).toMatch(
      /^https:\/\/wa\.me\/919800000002\?text=Hello%20Person/,
    );
    await desk.getByRole('button', { name: 'Not reached, call again: Person with a number' }).click();
    await desk.getByText('called once, not reached').waitFor();
    await screenshot(desk, 'inbox-360');
    expect(await sidewaysPx(desk)).toBe(0);
    expect(await axeFaults(desk)).toEqual([]);

    await desk.getByRole('link', { name: 'Book', exact: true }).click();
    const form = desk.getByRole('complementary', { name: 'New booking' });
    expect(await form.getByLabel('Name').inputValue()).toBe('Person with a number');
    expect(await form.getByLabel('Date').inputValue()).toBe(day);
    expect(await form.getByLabel('Time', { exact: true }).inputValue()).toBe(starts[0]?.slice(11, 16));
    await form.getByRole('button', { name: 'Save' }).click();
    await desk.getByText('Booked.').waitFor();
    await desk.goto('/desk/inbox');
    await desk.getByRole('heading', { name: 'Nobody is waiting' }).waitFor();
  });

  test('gives a time wanted on two screens to one of them, tells the other, and offers times near it', async ({
    openDesk,
  }) => {
    const one = await openDesk();
    const other = await openDesk();
    const { day } = await freeDay(one, 2);
    for (const desk of [one, other]) await desk.goto(`/desk/calendar?view=day&date=${day}`);
    await bookNew(one, 'First person', day, '10:00');
    await bookNew(one, 'Second person', day, '12:00');
    await inGrid(other, 'Second person').waitFor();

    // Both to 11:00: four steps of a quarter of an hour, down and up.
    const steer = async (desk: Page, name: string, key: string) => {
      await inGrid(desk, name).focus();
      for (let step = 0; step < 4; step += 1) await desk.keyboard.press(key);
      await desk.getByText('Moving to Dr. Sneha Bhagat, 11:00').waitFor({ state: 'attached' });
    };
    await steer(one, 'First person', 'ArrowDown');
    await steer(other, 'Second person', 'ArrowUp');
    await screenshot(one, 'calendar-moving', false);
    await Promise.all([one.keyboard.press('Enter'), other.keyboard.press('Enter')]);
    const outcome = (desk: Page) =>
      Promise.any([
        desk
          .getByText('Moved.')
          .waitFor()
          .then(() => 'won' as const),
        desk
          .getByText('Not done')
          .waitFor()
          .then(() => 'told' as const),
      ]);
    const outcomes = await Promise.all([outcome(one), outcome(other)]);
    expect([...outcomes].sort()).toEqual(['told', 'won']);

    const loser = outcomes[0] === 'told' ? one : other;
    const name = outcomes[0] === 'told' ? 'First person' : 'Second person';
    const home = outcomes[0] === 'told' ? '10:00–10:30' : '12:00–12:30';
    await inGrid(loser, `${home} ${name}`).waitFor();
    await inGrid(loser, '11:00–11:30').waitFor();
    await loser.getByText('Free near it').waitFor();
    await screenshot(loser, 'calendar-refused', false);
    expect(await axeFaults(loser)).toEqual([]);
    await loser.getByRole('alert').getByRole('button').first().click();
    await loser.getByText('Moved.').waitFor();
    await loser.getByRole('button', { name: 'Undo' }).click();
    await loser.getByText('Undone.').waitFor();
    await inGrid(loser, `${home} ${name}`).waitFor();
  });

  test('moves by dragging, puts back with Escape, blocks time, and takes a walk-in from arrival to the end', async ({
    openDesk,
  }) => {
    const desk = await openDesk();
    const { day } = await freeDay(desk, 4);
    await desk.goto(`/desk/calendar?view=day&date=${day}`);
    await bookNew(desk, 'Dragged person', day, '11:00');
    const visit = inGrid(desk, 'Dragged person');
    const box = await visit.boundingBox();
    const hourPx = (await desk.locator('.cal-hours span').first().boundingBox())?.height ?? 0;
    const x = (box?.x ?? 0) + 40;
    const y = (box?.y ?? 0) + 10;
    await desk.mouse.move(x, y);
    await desk.mouse.down();
    await desk.mouse.move(x, y + hourPx / 2, { steps: 4 });
    await desk.mouse.move(x, y + hourPx, { steps: 4 });
    await desk.mouse.up();
    await desk.getByText('Moved.').waitFor();
    await inGrid(desk, '12:00–12:30 Dragged person').waitFor();

    await inGrid(desk, 'Dragged person').focus();
    await desk.keyboard.press('Shift+ArrowUp');
    await desk.keyboard.press('Escape');
    await inGrid(desk, '12:00–12:30 Dragged person').waitFor();

    await desk.getByRole('button', { name: 'Block time' }).click();
    const block = desk.getByRole('complementary', { name: 'Block time' });
    await block.getByLabel('Time', { exact: true }).fill('14:00');
    await block.getByLabel('Until').fill('15:30');
    await block.getByLabel('Note').fill('Training');
    await block.getByRole('button', { name: 'Save' }).click();
    await inGrid(desk, 'Training').waitFor();

    await desk.getByRole('button', { name: 'New booking' }).click();
    const form = desk.getByRole('complementary', { name: 'New booking' });
    await form.getByLabel('Name').fill('Sample patient 00');
    await form.getByRole('list', { name: 'Known people' }).getByRole('button').first().click();
    await form.getByLabel('Date').fill(day);
    await form.getByLabel('Time', { exact: true }).fill('14:30');
    await form.getByText('The person is here now').click();
    await form.getByRole('button', { name: 'Save' }).click();
    await desk.getByText('Not done').waitFor();
    await form.getByLabel('Time', { exact: true }).fill('16:00');
    await form.getByRole('button', { name: 'Save' }).click();
    await desk.getByText('Booked.').waitFor();
    const panel = desk.getByRole('complementary', { name: 'Sample patient 00' });
    await panel.getByText('here', { exact: true }).waitFor();
    await panel.getByRole('link', { name: 'Open the record' }).waitFor();
    await screenshot(desk, 'calendar-day', false);
    expect(await axeFaults(desk)).toEqual([]);
    await panel.getByRole('button', { name: 'Completed' }).click();
    await panel.getByText('completed', { exact: true }).waitFor();
    await desk.getByRole('button', { name: 'Undo' }).click();
    await panel.getByText('here', { exact: true }).waitFor();

    await desk.getByRole('link', { name: 'By room' }).click();
    await desk.getByRole('heading', { name: 'Consulting room' }).waitFor();
    await screenshot(desk, 'calendar-rooms', false);
    await desk.getByRole('link', { name: 'Week' }).click();
    await desk.locator('.cal-grid .cal-title').nth(6).waitFor();
    await inGrid(desk, 'Dragged person').waitFor();
    await screenshot(desk, 'calendar-week', false);
    await desk.getByRole('link', { name: 'Procedure room' }).click();
    await inGrid(desk, 'Dragged person').waitFor({ state: 'detached' });
    await desk.getByRole('link', { name: 'Consulting room' }).click();
    await inGrid(desk, 'Dragged person').waitFor();
    expect(await axeFaults(desk)).toEqual([]);
  });

  test('reads the day as a list on a telephone, and moves a visit from its panel', async ({ openDesk }) => {
    const desk = await openDesk({ viewport: phone });
    const { day } = await freeDay(desk, 6);
    await desk.goto(`/desk/calendar?view=day&date=${day}`);
    await desk.getByText('No bookings.').waitFor();
    await desk.getByRole('button', { name: 'New booking' }).click();
    const form = desk.getByRole('complementary', { name: 'New booking' });
    await form.getByLabel('Name').fill('Person on the telephone');
    await form.getByLabel('Time', { exact: true }).fill('15:00');
    await form.getByRole('button', { name: 'Save' }).click();
    const panel = desk.getByRole('complementary', { name: 'Person on the telephone' });
    await panel.waitFor();
    await panel.getByLabel('Time', { exact: true }).fill('16:15');
    await panel.getByRole('button', { name: 'Move' }).click();
    await desk.getByText('Moved.').waitFor();
    await screenshot(desk, 'calendar-360-panel', false);
    expect(await axeFaults(desk)).toEqual([]);
    await panel.getByRole('button', { name: 'Close' }).click();
    await desk.getByRole('button', { name: '16:15–16:45' }).waitFor();
    expect(await sidewaysPx(desk)).toBe(0);
    await screenshot(desk, 'calendar-360');
    expect(await axeFaults(desk)).toEqual([]);
  });

  test('hears of a change from another screen by the stream, and asks by itself while there is none', async ({
    openDesk,
  }) => {
    const [writer, hearer, deaf] = [
      await openDesk(),
      await openDesk(),
      await openDesk({ allowed: [/calendar\/live.*404/] }),
    ];
    const { day } = await freeDay(writer, 8);
    const asked = { hearer: 0, deaf: 0 };
    hearer.on('request', (request) => {
      if (request.url().includes('/calendar/version')) asked.hearer += 1;
    });
    deaf.on('request', (request) => {
      if (request.url().includes('/calendar/version')) asked.deaf += 1;
    });
    await deaf.route('**/desk/calendar/live*', (route) => route.fulfill({ status: 404, body: '' }));
    for (const desk of [writer, hearer, deaf]) {
      await desk.goto(`/desk/calendar?view=day&date=${day}`);
      await desk.locator('.cal[data-live]').waitFor();
    }
    await expect.poll(() => asked.deaf).toBeGreaterThan(2);
    // One question when the stream began; none while nothing happens.
    expect(asked.hearer).toBeLessThanOrEqual(2);
    await bookNew(writer, 'Heard of', day, '11:30');
    for (const desk of [hearer, deaf]) await inGrid(desk, 'Heard of').waitFor();
    await inGrid(writer, 'Heard of').focus();
    await writer.keyboard.press('ArrowDown');
    await writer.keyboard.press('Enter');
    for (const desk of [hearer, deaf]) await inGrid(desk, '11:45–12:15 Heard of').waitFor();
  });

  test('ties a visitor’s booking to a record in the same step, and takes it back', async ({
    openPage,
    openDesk,
  }) => {
    const desk = await openDesk();
    const { day, starts } = await freeDay(desk, 9);
    const visitor = await openPage();
    await visitor.goto(`/en/book?service=consultation&start=${encodeURIComponent(starts[0] ?? '')}`);
    await visitor.getByRole('heading', { name: 'How do we reach you?' }).waitFor();
    await visitor.getByLabel('Name').fill('Unknown visitor');
    await visitor.getByLabel('E-mail').fill('unknown@example.org');
    await visitor.getByLabel('The clinic may contact me').check();
    await visitor.locator('form button[type="submit"]').last().click();
    await desk.goto(`/desk/calendar?view=day&date=${day}`);
    await inGrid(desk, 'Unknown visitor').click();
    const panel = desk.getByRole('complementary', { name: 'Unknown visitor' });
    const form = panel.getByRole('form', { name: 'Whose record?' });
    await form.getByText('New person; a record is made.').waitFor();
    await screenshot(desk, 'calendar-link', false);
    expect(await axeFaults(desk)).toEqual([]);
    await form.getByRole('button', { name: 'Make a record' }).click();
    await desk.getByText('Tied to the record.').waitFor();
    await panel.getByRole('link', { name: 'Open the record' }).waitFor();
    await desk.getByRole('button', { name: 'Undo' }).click();
    await desk.getByText('Undone.').waitFor();
    // The record that was made is now found, and is the one.
    await form.getByRole('list', { name: 'Known people' }).getByRole('button').first().click();
    await form.getByRole('button', { name: 'Tie to this record' }).click();
    await desk.getByText('Tied to the record.').waitFor();
    await panel.getByRole('link', { name: 'Open the record' }).click();
    await desk.getByRole('heading', { name: 'Unknown visitor' }).first().waitFor();
  });

  test('moves a visit to another room by keyboard, by mouse and from the panel', async ({ openDesk }) => {
    const desk = await openDesk();
    const { day } = await freeDay(desk, 10);
    await desk.goto(`/desk/calendar?view=day&by=room&date=${day}`);
    await bookNew(desk, 'Person in a room', day, '10:00');
    const inRoom = (room: string) =>
      desk.getByRole('list', { name: room }).getByRole('button', { name: 'Person in a room' });
    await inRoom('Consulting room').focus();
    await desk.keyboard.press('ArrowRight');
    await desk.keyboard.press('Enter');
    await inRoom('Procedure room').waitFor();
    const box = await inRoom('Procedure room').boundingBox();
    const y = (box?.y ?? 0) + 8;
    await desk.mouse.move((box?.x ?? 0) + 30, y);
    await desk.mouse.down();
    await desk.mouse.move((box?.x ?? 0) - 60, y, { steps: 4 });
    await desk.mouse.move((box?.x ?? 0) - 120, y, { steps: 4 });
    await desk.mouse.up();
    await inRoom('Consulting room').waitFor();
    await inRoom('Consulting room').click();
    const panel = desk.getByRole('complementary', { name: 'Person in a room' });
    await panel.getByRole('button', { name: /Consulting room/ }).click();
    await desk.getByRole('option', { name: 'Procedure room' }).click();
    await panel.getByRole('button', { name: 'Move' }).click();
    await inRoom('Procedure room').waitFor();
    await desk.getByRole('button', { name: 'Undo' }).click();
    await inRoom('Consulting room').waitFor();
  });

  test('notes who did not come, once their time has come, takes it back, and checks them in on the first page', async ({
    openDesk,
  }) => {
    const desk = await openDesk();
    await desk.goto('/desk/calendar');
    await desk.getByRole('button', { name: 'New booking' }).click();
    const form = desk.getByRole('complementary', { name: 'New booking' });
    await form.getByLabel('Name').fill('Person who stayed away');
    // The first minute of the day is over at whatever hour this runs.
    await form.getByLabel('Time', { exact: true }).fill('00:00');
    await form.getByText('The person is here now').click();
    await form.getByText(/outside/i).click();
    await form.getByRole('button', { name: 'Save' }).click();
    const panel = desk.getByRole('complementary', { name: 'Person who stayed away' });
    await panel.getByRole('button', { name: 'Did not come' }).click();
    await panel.getByText('missed', { exact: true }).waitFor();
    await desk.getByRole('button', { name: 'Undo' }).click();
    await panel.getByText('confirmed', { exact: true }).waitFor();

    await desk.goto('/desk');
    const row = desk.getByRole('row').filter({ hasText: 'Person who stayed away' });
    await row.getByRole('button', { name: 'Is here: Person who stayed away' }).click();
    await row.getByText('here', { exact: true }).waitFor();
    expect(await row.getByRole('button').count()).toBe(0);
  });

  test('shows who is on the waiting list, how to reach them, and takes a person off it', async ({
    openPage,
    openDesk,
  }) => {
    const visitor = await openPage({ viewport: phone });
    await visitor.goto('/en/waitlist');
    await visitor.locator('#book-name').fill('Sample patient 041');
    await visitor.locator('#book-phone').fill('+919800000041');
    await visitor.locator('#book-email').fill('patient041@example.org');
    await visitor.locator('#book-consent').check();
    await visitor.locator('[data-send]').click();
    await visitor.waitForURL(/\/en\/waitlist\/./);

    const desk = await openDesk();
    await desk.goto('/desk/inbox');
    await desk.getByRole('main').getByRole('link', { name: 'Waiting list' }).click();
    await desk.getByRole('heading', { name: 'Waiting list 1' }).waitFor();
    await screenshot(desk, 'desk-waitlist');
    await desk.setViewportSize(phone);
    expect(await desk.getByRole('link', { name: 'Call', exact: true }).getAttribute('href')).toBe(
      'tel:+919800000041',
    );
    expect(await axeFaults(desk)).toEqual([]);
    expect(await sidewaysPx(desk)).toBe(0);
    await screenshot(desk, 'desk-waitlist-360');
    await desk.getByRole('button', { name: 'Take off the list: Sample patient 041' }).click();
    await desk.getByRole('heading', { name: 'Nobody is waiting' }).waitFor();
    await visitor.reload();
    await visitor.locator('.book-state[data-state="withdrawn"]').waitFor();
  });
});
