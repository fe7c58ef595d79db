import { expect } from 'vitest';
import type { Role } from '../packages/clinic/staff/schema.ts';
import { askPatiently, joinAs, journeys, newPatient, signInAsOwner, test } from './journey.ts';

type Form = readonly [path: string, fields: Readonly<Record<string, string>>];

/** Forms of pages a role may open that ask for what it may not do. `CHART` stands for a person's, `NOBODY` for an id. */
const forms: Readonly<Record<Exclude<Role, 'owner'>, readonly Form[]>> = {
  physician: [
    ['CHART/erasure', { act: 'hold', hold: 'A claim is under way.' }],
    ['CHART/erasure', { act: 'approve', id: 'NOBODY' }],
  ],
  assistant: [
    ['CHART/screening', { do: 'decide' }],
    ['CHART/consent', { do: 'offer' }],
    ['CHART/erasure', { act: 'refuse', id: 'NOBODY', reason: 'Not so.' }],
  ],
  desk: [
    ['CHART/money', { intent: 'refund', id: 'NOBODY', paymentId: 'NOBODY', amountMinor: '1' }],
    ['/desk/followup/events/new', { kind: 'bruising' }],
    ['/desk/stock/items/new', { name: 'Sample item' }],
  ],
  auditor: [
    ['/desk', { id: 'NOBODY' }],
    ['/desk/calendar', { intent: 'cancel', id: 'NOBODY' }],
    ['/desk/inbox', { intent: 'told', id: 'NOBODY' }],
    ['/desk/waitlist', { id: 'NOBODY' }],
    ['/desk/money', { counted: '1', day: '2026-03-02' }],
    ['/desk/surveillance', { id: 'NOBODY', note: 'Seen.' }],
  ],
};

journeys('a command the role does not allow', () => {
  test('is answered 403 behind an open page, and leaves one entry of the chain', async ({
    openPage,
    site,
  }) => {
    const desk = await openPage();
    await signInAsOwner(desk, site);
    const chart = await newPatient(desk, { name: 'Sample patient of refusals', ageYears: '41' });
    const answers: string[] = [];
    const entries: Record<string, number> = {};
    const asked: Record<string, number> = {};
    for (const [role, wishes] of Object.entries(forms)) {
      const name = `Refused ${role}`;
      const page = await openPage();
      await joinAs(page, site, desk, {
        role,
        name,
        email: `refused-${role}@example.org`,
        password: 'seven slow barges under the bridge',
      });
      const cookies = await page.context().cookies(site);
      const Cookie = cookies.map((one) => `${one.name}=${one.value}`).join('; ');
      for (const [path, fields] of wishes) {
        const text = new URLSearchParams(fields).toString();
        const answer = await askPatiently(site + path.replace('CHART', chart), {
          method: 'POST',
          headers: { Cookie, Origin: site, 'Content-Type': 'application/x-www-form-urlencoded' },
          body: text.replaceAll('NOBODY', '0b5e55ed-0000-4000-8000-00000000dead'),
        });
        await answer.body?.cancel();
        if (answer.status !== 403) answers.push(`${role} ${path} ${text}: ${answer.status}`);
      }
      asked[role] = wishes.length;
      await desk.goto('/desk/audit');
      entries[role] = await desk
        .getByRole('row')
        .filter({ hasText: name })
        .filter({ hasText: 'staff.role-refused' })
        .count();
    }
    expect(answers).toEqual([]);
    expect(entries).toEqual(asked);
  });
});
