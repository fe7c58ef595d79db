import { mainTenant } from '@undertone/clinic/tenant/commands.ts';
import { dayIn } from '@undertone/clinic/tenant/schema.ts';
import type { RouterContextProvider } from 'react-router';
import { deskTag, type Locale } from '../locales/index.ts';
import { askedContext } from '../server/context.ts';

/** Moments and days on the clinic's wall, in the reader's language. */
export async function writersFor(context: Readonly<RouterContextProvider>, locale: Locale) {
  const { clinic } = context.get(askedContext);
  const timeZone = (await mainTenant(clinic))?.zone ?? 'UTC';
  const tag = deskTag(locale);
  const moment = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  const day = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone });
  return {
    moment: (at: Date) => moment.format(at),
    day: (at: Date) => day.format(at),
    /** `YYYY-MM-DD`, as a day without a time: it is the same day in every zone. */
    onDay: (iso: string) =>
      new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' }).format(
        Date.parse(`${iso}T00:00:00Z`),
      ),
    isoDay: (at: Date) => dayIn(timeZone, at),
  };
}
