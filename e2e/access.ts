import type { RouteConfigEntry } from '@react-router/dev/routes';
import type { Role } from '../packages/clinic/staff/schema.ts';

/** Roles that treat people. */
const care: readonly Role[] = ['owner', 'physician', 'assistant'];
const people: readonly Role[] = [...care, 'desk'];
const everybody: readonly Role[] = [...people, 'auditor'];
const doctors: readonly Role[] = ['owner', 'physician'];
const till: readonly Role[] = ['owner', 'desk', 'auditor'];
const owner: readonly Role[] = ['owner'];

/**
 * Who may open which address: everybody in the world, or the roles of staff named. Written down apart from the pages, so
 * that a page with a weaker guard, and a new page without a line here, fail the walk.
 */
export const access: Readonly<Record<string, 'public' | readonly Role[]>> = {
  '/': 'public',
  '/preferences': 'public',
  '/sign-in': 'public',
  '/sign-in/passkey': 'public',
  '/sign-out': 'public',
  '/second-step': 'public',
  '/invite/:token': 'public',
  '/ui': 'public',
  '/robots.txt': 'public',
  '/sitemap.xml': 'public',
  '/*': 'public',
  '/opt-out/:token': 'public',
  '/:lang': 'public',
  '/:lang/check': 'public',
  '/:lang/estimate': 'public',
  '/:lang/preview': 'public',
  '/:lang/book': 'public',
  '/:lang/booking/:token': 'public',
  '/:lang/booking/:token/calendar.ics': 'public',
  '/:lang/intake/:token': 'public',
  '/:lang/record/:token': 'public',
  '/:lang/record/:token/record.zip': 'public',
  '/:lang/intake/:token/draft': 'public',
  '/:lang/consent/:token': 'public',
  '/:lang/consent/:token/consent.pdf': 'public',
  '/:lang/checkin/:token': 'public',
  '/:lang/erase/:token': 'public',
  '/:lang/waitlist': 'public',
  '/:lang/waitlist/:token': 'public',
  '/:lang/og/:file': 'public',
  '/:lang/:page': 'public',

  '/desk': everybody,
  '/desk/account': everybody,
  '/desk/account/passkeys': everybody,
  '/desk/account/proof': everybody,
  '/desk/emergency': everybody,
  '/desk/staff': owner,
  '/desk/staff/second-step': owner,
  '/desk/programs': owner,
  '/desk/imports': owner,
  '/desk/imports/:importId': owner,
  '/desk/imports/patients.csv': owner,
  '/desk/imports/appointments.csv': owner,
  '/desk/erasures': owner,
  '/desk/erasures/:erasureId/certificate.pdf': owner,
  '/desk/audit': ['owner', 'auditor'],

  '/desk/inbox': everybody,
  '/desk/waitlist': everybody,
  '/desk/calendar': everybody,
  '/desk/calendar/version': everybody,
  '/desk/calendar/live': everybody,
  '/desk/calendar/people': everybody,
  '/desk/previews/:of/:id': people,

  '/desk/patients': people,
  '/desk/patients/new': people,
  '/desk/patients/:patientId': people,
  '/desk/patients/:patientId/record': people,
  '/desk/patients/:patientId/intake': people,
  '/desk/patients/:patientId/screening': care,
  '/desk/patients/:patientId/consent': care,
  '/desk/patients/:patientId/session': care,
  '/desk/patients/:patientId/plans': care,
  '/desk/patients/:patientId/plans/compare': care,
  '/desk/patients/:patientId/photos': care,
  '/desk/patients/:patientId/photos/compare': care,
  '/desk/patients/:patientId/photos/:photoId': care,
  '/desk/patients/:patientId/followup': people,
  '/desk/patients/:patientId/outcome': care,
  '/desk/patients/:patientId/erasure': people,
  '/desk/patients/:patientId/money': ['owner', 'desk'],
  '/desk/patients/:patientId/export': owner,
  '/desk/exports/:exportId/record.zip': owner,
  '/desk/intake': people,
  '/desk/spots': people,
  '/desk/consents/:consentId/consent.pdf': care,
  '/desk/photos/:photoId/:size': care,
  '/desk/photo-uploads': care,
  '/desk/photo-uploads/:uploadId': care,

  '/desk/plan-papers/:planId': care,
  '/desk/plans/:planId': care,
  '/desk/plans/:planId/:part': care,
  '/desk/pigments': doctors,
  '/desk/pigments/:setId/pigments.json': doctors,
  '/desk/scale-card.pdf': care,
  '/studio': doctors,
  '/studio/plans': doctors,
  '/studio/plan-drafts/:draftId': doctors,

  '/desk/sessions/:sessionId': care,
  '/desk/sessions/:sessionId/record': care,
  '/desk/sessions/:sessionId/photos': care,
  '/desk/sessions/:sessionId/entries': care,
  '/desk/sessions/:sessionId/act': care,
  '/desk/sessions/:sessionId/note.pdf': care,
  '/desk/sessions/:sessionId/aftercare.pdf': care,

  '/desk/outcomes': ['owner', 'physician', 'auditor'],
  '/desk/outcomes/learned.json': doctors,
  '/desk/ratings': care,
  '/desk/ratings/:pairId/:side': care,

  '/desk/followup': people,
  '/desk/followup/version': people,
  '/desk/followup/settings': owner,
  '/desk/followup/events': people,
  '/desk/followup/events/:eventId': people,
  '/desk/followup/events/:eventId/:file': people,
  '/desk/followup/photo/:checkInId/:version': care,
  '/desk/followup/:caseId': people,
  '/desk/surveillance': ['owner', 'physician', 'auditor'],
  '/desk/surveillance/rates.csv': ['owner', 'physician', 'auditor'],

  '/desk/stock': everybody,
  '/desk/stock/receive': care,
  '/desk/stock/count': care,
  '/desk/stock/items/:itemId': everybody,
  '/desk/stock/items/:id/paper': everybody,
  '/desk/stock/lots/:lotId': everybody,
  '/desk/stock/lots/:id/paper': everybody,
  '/desk/recall/:lotId': people,
  '/desk/recall/:lotId/people.csv': people,
  '/desk/recall/:lotId/report.pdf': people,
  '/desk/recall/:lotId/letter/:file': people,

  '/desk/reports': ['owner', 'physician', 'auditor'],
  '/desk/reports/months.csv': ['owner', 'physician', 'auditor'],

  '/desk/money': till,
  '/desk/money/prices': till,
  '/desk/money/export.csv': till,
  '/desk/money/:kind/:id': till,

  '/desk/gates': doctors,
  '/desk/consent-texts': doctors,
  '/desk/consent-texts/:treatment/:language': doctors,
  '/desk/setup': owner,
  '/desk/setup/services/:id': owner,
  '/desk/setup/people/:id': owner,
  '/desk/setup/places/:kind/:id': owner,
  '/desk/setup/branches': owner,
  '/desk/setup/branches/:id': owner,
  '/desk/setup/hours': owner,
  '/desk/setup/rules': owner,
  '/desk/setup/seal': owner,
  '/desk/setup/seal/certificate.pem': owner,
  '/desk/texts': doctors,
  '/desk/texts/:language/:page': doctors,
};

/** Every address of the program, as a pattern. */
export function patternsOf(entries: readonly RouteConfigEntry[], above = ''): string[] {
  return entries.flatMap((entry) => {
    const own = entry.path === undefined ? above : `${above}/${entry.path}`;
    const isPage = entry.path !== undefined || entry.index === true;
    return [...(isPage ? [own === '' ? '/' : own] : []), ...patternsOf(entry.children ?? [], own)];
  });
}

/** An address of this pattern that leads to nothing in particular: ids of nobody. */
export function addressOf(pattern: string): string {
  return pattern.replaceAll(/:\w+\??/g, '0b5e55ed-0000-4000-8000-00000000dead').replace('*', 'x');
}
