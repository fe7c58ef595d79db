import type { PageKey } from '@undertone/clinic/visitor/schema.ts';
import type { Locale } from '../locales/index.ts';
import { type StepKey, siteWords, stepKeys } from './words.ts';

const treatments: readonly PageKey[] = ['scalp', 'lip', 'vitiligo'];

/** Steps that take the treatment the visitor was reading about. */
const asksTreatment: readonly StepKey[] = ['check', 'estimate'];

/** The way on from a page of reading. A treatment's page hands its treatment to the steps that ask for one. */
export function NextSteps({ locale, pageKey }: { readonly locale: Locale; readonly pageKey: PageKey }) {
  const words = siteWords[locale];
  const query = (step: StepKey) =>
    treatments.includes(pageKey) && asksTreatment.includes(step) ? `?treatment=${pageKey}` : '';
  return (
    <nav className="next-steps" lang={locale} aria-labelledby="next-steps">
      <h2 id="next-steps">{words.nextSteps}</h2>
      <ol>
        {stepKeys.map((step) => (
          <li key={step}>
            <a href={`/${locale}/${step}${query(step)}`}>{words.steps[step].title}</a>
            <p>{words.steps[step].text}</p>
          </li>
        ))}
      </ol>
    </nav>
  );
}
