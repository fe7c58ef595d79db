import {
  leastOwnTreatments,
  type OwnCount,
  ownRate,
  type Risk,
  type RiskFigure,
  wilsonInterval,
} from '@undertone/clinic/visitor/risks.ts';
import { intlTag, type Locale } from '../locales/index.ts';
import { WideTable } from './wide-table.tsx';
import { siteWords } from './words.ts';

interface RiskTableProps {
  readonly risks: readonly Risk[];
  readonly locale: Locale;
  readonly cited: readonly number[];
  /** Treatments this clinic has followed up, and those with any of the risks. */
  readonly own: OwnCount;
}

/** Every risk with its published counts, the people counted, and the interval that the count allows. */
export function RiskTable({ risks, locale, cited, own }: RiskTableProps) {
  const words = siteWords[locale];
  const percent = new Intl.NumberFormat(intlTag(locale), { maximumSignificantDigits: 2 });
  const whole = new Intl.NumberFormat(intlTag(locale));

  const figureText = ({ events, people, ratePercent }: Omit<RiskFigure, 'population' | 'source'>): string => {
    if (events !== undefined && people !== undefined) {
      const { rate01, low01, high01 } = wilsonInterval(events, people);
      const [rate, low, high] = [rate01, low01, high01].map((value) => percent.format(value * 100));
      return words.counted(whole.format(events), whole.format(people), rate ?? '', low ?? '', high ?? '');
    }
    const rate = percent.format(ratePercent ?? 0);
    return people === undefined ? `${rate} %` : words.ratePeople(rate, whole.format(people));
  };

  const counted = ownRate(own);
  return (
    <>
      <WideTable label={words.risk} stacks>
        <thead>
          <tr>
            <th scope="col">{words.risk}</th>
            <th scope="col">{words.howOften}</th>
            <th scope="col">{words.onset}</th>
          </tr>
        </thead>
        <tbody>
          {risks.map((risk) => (
            <tr key={risk.id}>
              <th scope="row">{risk.label[locale]}</th>
              <td>
                {risk.figures.length === 0 ? (
                  <span className="soft">{words.unknown}</span>
                ) : (
                  <ul className="risk-figures">
                    {risk.figures.map((figure) => (
                      <li key={`${figure.source}-${figure.population.en}`}>
                        {figureText(figure)}
                        <sup className="cite">
                          <a href={`#source-${figure.source}`}>{cited.indexOf(figure.source) + 1}</a>
                        </sup>
                        <span className="soft"> {figure.population[locale]}</span>
                      </li>
                    ))}
                  </ul>
                )}
              </td>
              <td data-label={words.onset}>{risk.onset[locale]}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
      <p className="text-note">
        {counted.ok
          ? words.ownRate(figureText(own))
          : words.ownRateTooFew(whole.format(own.people), whole.format(leastOwnTreatments))}
      </p>
    </>
  );
}
