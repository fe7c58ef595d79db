import type { PublishedRate, PublishedRates } from '@undertone/clinic/visitor/rates.ts';
import { type Risk, type RiskFigure, wilsonInterval } from '@undertone/clinic/visitor/risks.ts';
import { intlTag, type Locale } from '../locales/index.ts';
import { WideTable } from './wide-table.tsx';
import { siteWords } from './words.ts';

interface RiskTableProps {
  readonly risks: readonly Risk[];
  readonly locale: Locale;
  readonly cited: readonly number[];
  /** What this clinic may state of its own. */
  readonly own: PublishedRates;
}

/**
 * Every risk with its published counts, the people counted, and the interval that the count allows; beside them the
 * clinic's own, once it has followed enough sessions.
 */
export function RiskTable({ risks, locale, cited, own }: RiskTableProps) {
  const words = siteWords[locale];
  const percent = new Intl.NumberFormat(intlTag(locale), { maximumSignificantDigits: 2 });
  const whole = new Intl.NumberFormat(intlTag(locale));

  const countText = ({ events, people, rate01, low01, high01 }: PublishedRate): string => {
    const [rate, low, high] = [rate01, low01, high01].map((value) => percent.format(value * 100));
    return words.counted(whole.format(events), whole.format(people), rate ?? '', low ?? '', high ?? '');
  };
  const figureText = ({ events, people, ratePercent }: Omit<RiskFigure, 'population' | 'source'>): string => {
    if (events !== undefined && people !== undefined) {
      return countText({ events, people, ...wilsonInterval(events, people) });
    }
    const rate = percent.format(ratePercent ?? 0);
    return people === undefined ? `${rate} %` : words.ratePeople(rate, whole.format(people));
  };

  const day = new Intl.DateTimeFormat(intlTag(locale), { dateStyle: 'long', timeZone: 'UTC' });
  const dayText = (one: string) => day.format(new Date(one));
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
                {risk.figures.length === 0 && own.byRisk[risk.id] === undefined ? (
                  <span className="soft">{words.unknown}</span>
                ) : (
                  <ul className="risk-figures">
                    <OwnFigure rate={own.byRisk[risk.id]} text={countText} who={words.ownSessions} />
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
        {own.any === null || own.period === null
          ? words.ownRateTooFew(whole.format(own.followed), whole.format(own.needed))
          : words.ownRate(countText(own.any), dayText(own.period.from), dayText(own.period.to))}
      </p>
    </>
  );
}

interface OwnFigureProps {
  readonly rate: PublishedRate | undefined;
  readonly text: (rate: PublishedRate) => string;
  readonly who: string;
}

function OwnFigure({ rate, text, who }: OwnFigureProps) {
  return rate === undefined ? null : (
    <li>
      {text(rate)} <span className="soft">{who}</span>
    </li>
  );
}
