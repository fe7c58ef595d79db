import { index, layout, type RouteConfig, route } from '@react-router/dev/routes';

/** Every address of the program. What lies in `desk/layout.tsx` is for staff only. */
const routes: RouteConfig = [
  index('site/choose-language.ts'),
  route('preferences', 'shared/preferences.ts'),

  route('sign-in', 'staff/sign-in.tsx'),
  route('sign-in/passkey', 'staff/passkey-sign-in.ts'),
  route('sign-out', 'staff/sign-out.ts'),
  route('invite/:token', 'staff/invite.tsx'),

  layout('desk/layout.tsx', [
    route('desk', 'desk/home.tsx'),
    route('desk/patients', 'desk/patients.tsx'),
    route('desk/patients/:patientId', 'chart/layout.tsx', [
      index('chart/overview.tsx'),
      route('money', 'money/account.tsx'),
    ]),
    route('desk/account', 'desk/account.tsx'),
    route('desk/emergency', 'staff/emergency.tsx'),
    route('desk/staff', 'staff/members.tsx'),
    route('desk/audit', 'staff/audit.tsx'),
    route('desk/inbox', 'calendar/inbox.tsx'),
    route('desk/previews/:of/:id', 'preview/desk-picture.tsx'),
    route('desk/calendar', 'calendar/page.tsx'),
    route('desk/calendar/version', 'calendar/version.ts'),
    route('desk/calendar/people', 'calendar/people.ts'),
    route('desk/plans/:planId', 'studio/saved-plan.tsx'),
    route('desk/pigments', 'pigments/page.tsx'),
    route('desk/stock', 'stock/page.tsx'),
    route('desk/stock/receive', 'stock/receive.tsx'),
    route('desk/stock/count', 'stock/count.tsx'),
    route('desk/stock/items/:itemId', 'stock/item.tsx'),
    route('desk/stock/lots/:lotId', 'stock/lot.tsx'),
    route('desk/recall/:lotId', 'recall/page.tsx'),
    route('desk/money', 'money/day.tsx'),
    route('desk/money/prices', 'money/prices.tsx'),
    route('desk/texts', 'texts/overview.tsx'),
    route('desk/texts/:language/:page', 'texts/editor.tsx'),
  ]),
  route('desk/plans/:planId/:part', 'studio/plan-part.ts'),
  route('desk/pigments/:setId/pigments.json', 'pigments/set-file.ts'),
  route('desk/stock/items/:id/paper', 'stock/paper.ts', { id: 'stock-item-paper' }),
  route('desk/stock/lots/:id/paper', 'stock/paper.ts', { id: 'stock-lot-paper' }),
  route('desk/account/passkeys', 'staff/passkey-steps.ts'),
  route('desk/recall/:lotId/people.csv', 'recall/papers.ts', { id: 'recall-people' }),
  route('desk/recall/:lotId/report.pdf', 'recall/papers.ts', { id: 'recall-report' }),
  route('desk/recall/:lotId/letter/:file', 'recall/papers.ts', { id: 'recall-letter' }),
  route('desk/money/export.csv', 'money/export.ts'),
  route('desk/money/:kind/:id', 'money/paper.ts'),
  route('studio', 'studio/page.tsx'),
  route('studio/plans', 'studio/save-plan.ts'),

  route('ui', 'specimens/page.tsx'),

  route('robots.txt', 'site/robots.ts'),
  route('sitemap.xml', 'site/sitemap.ts'),
  route(':lang', 'site/layout.tsx', [
    index('site/home.tsx'),
    route('check', 'check/page.tsx'),
    route('estimate', 'estimate/page.tsx'),
    route('preview', 'preview/page.tsx'),
    route('book', 'book/page.tsx'),
    route('booking/:token', 'book/visit.tsx'),
    route(':page', 'site/text-page.tsx'),
  ]),
  route(':lang/og/:file', 'site/card.ts'),
  route(':lang/booking/:token/calendar.ics', 'book/visit-calendar.ts'),
  route('*', 'shared/missing.tsx'),
];

export default routes;
