import { type Action, can } from '@undertone/clinic/staff/rules.ts';
import type { Role } from '@undertone/clinic/staff/schema.ts';
import { waitlistDeskWords } from '../calendar/waitlist-words.ts';
import { calendarWords } from '../calendar/words.ts';
import { consentTextsPlace } from '../consent/places.ts';
import { followUpPlaces } from '../followup/places.ts';
import { importWords } from '../import/words.ts';
import { type Locale, messagesFor } from '../locales/index.ts';
import { moneyWords } from '../money/words.ts';
import { outcomeWords } from '../outcome/words.ts';
import { pigmentWords } from '../pigments/words.ts';
import { reportWords } from '../reports/words.ts';
import { erasureWords } from '../retention/words.ts';
import { gatesWords } from '../screening/gates-words.ts';
import { spotsPlace } from '../screening/places.ts';
import { setupWords } from '../setup/words.ts';
import { staffWords } from '../staff/words.ts';
import { stockWords } from '../stock/words.ts';
import { textsWords } from '../texts/words.ts';

export interface DeskPlace {
  readonly to: string;
  readonly label: string;
  /** Whether only this address marks the place, or every one below it. */
  readonly isExact: boolean;
}

/** Where a member of this role may go: the day, the treatment, the clinic. Groups without a place are left out. */
export function deskPlaces(role: Role, locale: Locale): readonly (readonly DeskPlace[])[] {
  const { desk } = messagesFor(locale);
  const place = (to: string, label: string, action: Action | null, isExact = true) =>
    action === null || can(role, action) ? [{ to, label, isExact }] : [];
  return [
    [
      ...place('/desk', desk.today, null),
      ...place('/desk/inbox', calendarWords[locale].inbox, 'booking.read'),
      ...place('/desk/waitlist', waitlistDeskWords[locale].title, 'booking.read'),
      ...place('/desk/calendar', calendarWords[locale].calendar, 'booking.read'),
      ...place('/desk/patients', desk.patients, 'patient.read', false),
      ...place('/desk/followup', followUpPlaces[locale].followUp, 'followup.read', false),
      ...place('/desk/spots', spotsPlace[locale], 'patient.read'),
    ],
    [
      ...place('/studio', desk.studio, 'plan.write'),
      ...place('/desk/pigments', pigmentWords[locale].title, 'plan.write'),
      ...place('/desk/stock', stockWords[locale].title, 'stock.read', false),
      ...place('/desk/ratings', outcomeWords[locale].rate, 'outcome.rate'),
    ],
    [
      ...place('/desk/money', moneyWords[locale].title, 'payment.read', false),
      ...place('/desk/reports', reportWords[locale].title, 'report.read'),
      ...place('/desk/surveillance', followUpPlaces[locale].surveillance, 'report.read', false),
      ...place('/desk/outcomes', outcomeWords[locale].report, 'report.read'),
    ],
    [
      ...place('/desk/texts', textsWords[locale].title, 'content.publish', false),
      ...place('/desk/consent-texts', consentTextsPlace[locale], 'consent.write', false),
      ...place('/desk/gates', gatesWords[locale].title, 'screening.decide', false),
      ...place('/desk/setup', setupWords[locale].title, 'settings.write', false),
      ...place('/desk/staff', staffWords[locale].title, 'staff.manage'),
      ...place('/desk/imports', importWords[locale].title, 'data.import', false),
      ...place('/desk/erasures', erasureWords[locale].register, 'patient.erase'),
      ...place('/desk/audit', staffWords[locale].log, 'audit.read'),
      ...place('/desk/account', desk.account, null),
    ],
  ].filter((group) => group.length > 0);
}
