import { expect } from 'vitest';
import { axeFaults, journeys, phone, screenshot, sidewaysPx, signInAsOwner, test } from './journey.ts';

journeys('reports', () => {
  test('show a year by month, draw what is chosen, and go out as CSV', async ({ openPage, site }) => {
    const page = await openPage();
    await signInAsOwner(page, site);
    await page.goto('/desk/reports');
    expect(await page.getByRole('rowheader').count()).toBe(13);
    expect(await axeFaults(page)).toEqual([]);
    await page.goto('/desk/reports?from=2026-01&to=2026-03&draw=takingsMinor');
    expect(await page.getByRole('rowheader').allInnerTexts()).toEqual([
      'Mar 2026',
      'Feb 2026',
      'Jan 2026',
      'Total',
    ]);
    await page.getByText('Nothing was counted in these months.').waitFor();

    const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Kolkata' }).format(
      Date.now() + 86_400_000,
    );
    const booked = await page.request.post('/desk/calendar', {
      form: {
        intent: 'book',
        day,
        clock: '22:00',
        service: 'consultation',
        name: 'Sample visitor Reportina',
        language: 'en',
        outside: 'yes',
      },
      headers: { Origin: site },
    });
    expect(booked.ok()).toBe(true);
    const month = day.slice(0, 7);
    await page.goto(`/desk/reports?from=${month}&to=${month}&draw=visits`);
    await page.getByRole('img', { name: 'Chart: Visits' }).waitFor();
    await screenshot(page, 'reports');
    const csv = await (await page.request.get('/desk/reports/months.csv?from=2026-01&to=2026-03')).text();
    expect(csv.trim().split('\r\n')).toHaveLength(4);
    expect(csv).toContain('month,visits,came,no_shows');
    await page.setViewportSize(phone);
    // A year is wider than the telephone: the newest month is in sight, the oldest is scrolled to.
    await page.goto(`/desk/reports?to=${month}&draw=visits`);
    const chart = page.getByRole('region', { name: 'Chart: Visits' });
    const hiddenPx = await chart.evaluate((frame) => {
      const drawing = (frame.querySelector('svg') as SVGElement).getBoundingClientRect();
      const { left, right } = frame.getBoundingClientRect();
      return { newest: drawing.right - right, oldest: left - drawing.left };
    });
    expect(hiddenPx.newest).toBeLessThanOrEqual(0);
    expect(hiddenPx.oldest).toBeGreaterThan(0);
    // A telephone shows what there was in a month, a desk every number.
    const zeros = page.locator('[data-zero]');
    await page.goto('/desk/reports?from=2026-01&to=2026-03');
    expect(await zeros.count()).toBeGreaterThan(0);
    expect(await zeros.filter({ visible: true }).count()).toBe(0);
    await page.goto('/desk/reports?from=2026-03&to=2026-01');
    await page.getByText('Give two months').waitFor();
    expect(await sidewaysPx(page)).toBe(0);
    await screenshot(page, 'phone-reports');
  });
});
