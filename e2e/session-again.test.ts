import { randomUUID } from 'node:crypto';
import { readPdf } from '@undertone/clinic/documents/testing/read-pdf.ts';
import { standingClock } from '@undertone/clinic/platform/clock.ts';
import { keepSession, pushEntries, signSession, startSession } from '@undertone/clinic/session/commands.ts';
import { createItem, readLot, readStock, receive } from '@undertone/clinic/stock/commands.ts';
import { fromBase } from '@undertone/clinic/stock/rules.ts';
import type { Locator, Page } from 'playwright-core';
import { afterAll, expect } from 'vitest';
import { axeFaults, journeys, phone, screenshot, sidewaysPx, signInAsOwner, test } from './journey.ts';
import { photoPath } from './photos.ts';
import { filledShelf, joinSite, type Prepared, readyPatient, type Shelf } from './prepared.ts';
import { choiceOf } from './tablet.ts';

const tablet = { width: 1180, height: 820 };
const offline = [/ERR_INTERNET_DISCONNECTED/, /Failed to load resource/, /Failed to fetch/];

let prepared: Promise<Prepared> | undefined;
const join = () => (prepared ??= joinSite());
afterAll(async () => (await prepared)?.stop());

function must<T extends { readonly ok: boolean }>(answer: T): Extract<T, { readonly ok: true }> {
  if (!answer.ok) throw new Error((answer as { readonly message?: string }).message ?? 'refused');
  return answer as Extract<T, { readonly ok: true }>;
}

/** Diluent and gauze on the shelf, counted by drop and by piece. */
async function moreOnShelf({ clinic, actor }: Prepared, mark: string) {
  const pdf = { bytes: new TextEncoder().encode('%PDF-1.7 a paper'), mediaType: 'application/pdf' };
  const expiresOn = new Date(Date.now() + 300 * 86_400_000).toISOString().slice(0, 10);
  const put = async (name: string, unit: 'drop' | 'piece', quantity: number) => {
    const { item } = must(await createItem(clinic, actor, { kind: 'consumable', name, unit }));
    const lotNumber = `${mark}-${unit}`;
    const receipt = { itemId: item.id, lotNumber, expiresOn, quantity, unit, receiptId: randomUUID() };
    return must(await receive(clinic, actor, receipt, pdf)).lot.id;
  };
  return {
    diluent: `${mark} diluent`,
    diluentLotId: await put(`${mark} diluent`, 'drop', 300),
    gauze: `${mark} gauze`,
    gauzeLotId: await put(`${mark} gauze`, 'piece', 30),
  };
}
type Supplies = Awaited<ReturnType<typeof moreOnShelf>>;

/** A session of eight days ago, kept and signed: pigment, diluent, needle, gauze, two zones, one numbing. */
async function earlierSession(
  { clinic, actor }: Prepared,
  patientId: string,
  shelf: Shelf,
  supplies: Supplies,
): Promise<void> {
  const at = new Date(Date.now() - 8 * 86_400_000);
  const past = { ...clinic, clock: standingClock(at) };
  const stock = must(await readStock(clinic, actor));
  const lotOf = (name: string) => stock.items.find(({ item }) => item.name === name)?.lots[0]?.id ?? '';
  const sessionId = randomUUID();
  must(
    await startSession(past, actor, {
      sessionId,
      patientId,
      treatment: 'scalp',
      physicianId: actor.staffId,
    }),
  );
  const deviceId = randomUUID();
  const bodies = [
    ['set', { field: 'weightKg', value: 60, replaces: [] }],
    ['set', { field: 'heightCm', value: 165, replaces: [] }],
    ['set', { field: 'machine', value: 'Rotary, 3.5 mm stroke', replaces: [] }],
    [
      'numbing',
      {
        product: {
          id: 'lidocaine-1',
          name: 'Lidocaine 1 %',
          route: 'injected',
          actives: [{ substance: 'lidocaine', mgPer: 10 }],
        },
        zone: 'hairline',
        amount: 6,
        skin: 'intact',
        nearEye: false,
      },
    ],
    ['pigment', { lotId: lotOf(shelf.pigment), name: shelf.pigment, zone: 'hairline', drops: 12 }],
    ['diluent', { lotId: supplies.diluentLotId, name: supplies.diluent, zone: 'hairline', drops: 24 }],
    ['needle', { lotId: lotOf(shelf.needle), name: shelf.needle, zone: 'hairline', count: 2 }],
    ['consumable', { lotId: supplies.gauzeLotId, name: supplies.gauze, zone: 'hairline', count: 3 }],
    ['pass', { zone: 'hairline', passes: 2, depthMm: 0.5 }],
    ['pass', { zone: 'crown', passes: 3, depthMm: 0.5 }],
    ['set', { field: 'bleeding', value: 'none', replaces: [] }],
    ['set', { field: 'endpoint', value: 'planned-density', replaces: [] }],
    ['set', { field: 'stopReason', value: 'as-planned', replaces: [] }],
  ] as const;
  const pushed = must(
    await pushEntries(past, actor, sessionId, {
      sentAt: at.toISOString(),
      knownSeq: 0,
      entries: bodies.map(([kind, body], index) => ({
        id: randomUUID(),
        deviceId,
        counter: index + 1,
        seenSeq: 0,
        saidAt: at.toISOString(),
        madeBy: actor.staffId,
        kind,
        body,
      })),
    }),
  );
  expect(pushed.refused).toEqual([]);
  must(await keepSession(past, actor, sessionId, pushed.session.journalSeq));
  must(await signSession(past, actor, sessionId, pushed.session.journalSeq));
}

/**
 * A user by the keystroke-level model (Card, Moran and Newell, Communications of the ACM 23(7), 1980): 1.1 s to point,
 * 0.28 s a key of an unskilled typist, 1.35 s to make up one's mind before an act or over a value that is read.
 */
function keystrokeUser() {
  const seconds = { point: 1.1, key: 0.28, mind: 1.35 };
  const done = { taps: 0, looks: 0, modelS: 0 };
  return {
    done,
    /** Makes up their mind, points, presses. */
    async tap(target: Locator): Promise<void> {
      done.taps += 1;
      done.modelS += seconds.mind + seconds.point + seconds.key;
      await target.click();
    },
    /** Reads so many values and agrees to each. */
    look(values: number): void {
      done.looks += values;
      done.modelS += values * seconds.mind;
    },
  };
}

const step = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Session' }).getByRole('button', { name });

journeys('a session like the last one', () => {
  test('is kept in under a minute by the keystroke-level model, and moves every lot it names', async ({
    openPage,
    site,
  }) => {
    const page = await openPage({ viewport: tablet });
    await signInAsOwner(page, site);
    const clinic = await join();
    const shelf = await filledShelf(clinic, 'Again');
    const supplies = await moreOnShelf(clinic, 'Again');
    const { patientId } = await readyPatient(clinic, 'scalp', 'Sample patient 521', 'en');
    await earlierSession(clinic, patientId, shelf, supplies);
    await page.goto(`/desk/patients/${patientId}/session`);

    const user = keystrokeUser();
    const beganMs = performance.now();
    await user.tap(page.getByRole('button', { name: 'Start session: Scalp' }));
    await page.waitForURL(/\/desk\/sessions\//);
    await page.getByText('All saved').waitFor();
    user.look(8);
    await user.tap(page.getByRole('button', { name: 'Same as last time', exact: true }));
    await page.getByText('Numb, or begin the work').waitFor();
    await screenshot(page, 'session-again-numbing');
    user.look(1);
    await user.tap(page.getByRole('button', { name: 'Given again: Lidocaine 1 %, 6 mL' }));
    await page.getByTestId('meter').getByText('22 %', { exact: true }).first().waitFor();
    await user.tap(step(page, 'Work'));
    await screenshot(page, 'session-again-work');
    expect(await axeFaults(page)).toEqual([]);
    user.look(6);
    await user.tap(page.getByRole('button', { name: 'All as proposed' }));
    const soFar = page.getByRole('region', { name: 'So far' });
    await soFar.getByText(`${supplies.gauze} × 3`).waitFor();
    await soFar.getByText(/Passes: .*Crown/).waitFor();
    await user.tap(step(page, 'End'));
    for (const choice of ['None', 'Planned density', 'As planned']) await user.tap(choiceOf(page, choice));
    await user.tap(page.getByRole('button', { name: 'Keep', exact: true }));
    await page.getByText('Kept: stock and check-ins are done.').waitFor();
    const waitedS = (performance.now() - beganMs) / 1000;
    await screenshot(page, 'session-again-kept');
    const { taps, looks, modelS } = user.done;
    process.stdout.write(
      `Same as last time: ${taps} presses, ${looks} values read, ${modelS.toFixed(1)} s of a person, ${waitedS.toFixed(1)} s of the program\n`,
    );
    expect(taps).toBeLessThanOrEqual(10);
    expect(modelS).toBeLessThan(60);

    const { clinic: services, actor } = clinic;
    const leftOf = async (lotId: string) => {
      const { lot, item } = must(await readLot(services, actor, lotId));
      return fromBase(lot.balance, item.unit, item.dropUl);
    };
    // Twice 24 of 300, twice 3 of 30.
    expect(await leftOf(supplies.diluentLotId)).toBe(252);
    expect(await leftOf(supplies.gauzeLotId)).toBe(24);
  });

  test('takes a photograph, also without a line, that stands in the timeline and in the note', async ({
    openPage,
    site,
  }) => {
    const page = await openPage({ viewport: tablet, allowed: offline });
    await signInAsOwner(page, site);
    const clinic = await join();
    const { patientId } = await readyPatient(clinic, 'lip', 'Sample patient 522', 'en');
    await page.goto(`/desk/patients/${patientId}/session`);
    await page.getByRole('button', { name: 'Start session: Lips' }).click();
    await page.waitForURL(/\/desk\/sessions\//);
    await page.locator('[data-testid="line"][data-offline="true"]').waitFor();

    await page.getByLabel('Upload a file: before').setInputFiles(photoPath('cc0-049-woman-smile.jpg'));
    const photos = page.getByTestId('session-photo');
    await photos.and(page.locator('[data-saved="true"]')).waitFor();
    await page.locator('[data-testid="line"][data-waiting="0"]').waitFor();

    await page.context().setOffline(true);
    await page.getByLabel('Upload a file: before').setInputFiles(photoPath('cc0-049-woman-smile.jpg'));
    await photos.and(page.locator('[data-saved="false"]')).waitFor();
    await page.getByText('1 not yet saved').waitFor();
    await page.reload();
    await photos.and(page.locator('[data-saved="false"]')).waitFor();
    await screenshot(page, 'session-photo-offline');
    expect(await axeFaults(page)).toEqual([]);
    await page.context().setOffline(false);
    await page.locator('[data-testid="line"][data-waiting="0"]').waitFor();
    await expect.poll(() => photos.and(page.locator('[data-saved="true"]')).count()).toBe(2);
    await screenshot(page, 'session-photo');
    await page.setViewportSize(phone);
    expect(await sidewaysPx(page)).toBe(0);

    const note = await page.request.get(`${page.url()}/note.pdf`);
    const text = readPdf(await note.body()).pages.join(' ');
    for (const said of ['Photographs', 'At rest, before', 'Smiling, before']) expect(text).toContain(said);
    await page.goto(`/desk/patients/${patientId}/photos`);
    await page.getByRole('img', { name: /^Lip, At rest/ }).waitFor();
    await page.getByRole('img', { name: /^Lip, Smiling/ }).waitFor();
  });
});
