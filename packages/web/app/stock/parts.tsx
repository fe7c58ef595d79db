import type { Finding, StockAlert } from '@undertone/clinic/stock/rules.ts';
import { Badge, type Tone } from '../ui/surfaces.tsx';
import { findingText } from './view.ts';
import type { StockWords } from './words.ts';

const tones: Record<StockAlert, Tone> = {
  'below-zero': 'oxide',
  blocked: 'oxide',
  held: 'oxide',
  expired: 'oxide',
  'discard-passed': 'oxide',
  expiring: 'ochre',
  low: 'ochre',
};

export function AlertBadge({ alert, words }: { readonly alert: StockAlert; readonly words: StockWords }) {
  return <Badge tone={tones[alert]}>{words.alerts[alert]}</Badge>;
}

/** What was found in a delivery, each with where its rule is from and whether anybody has signed it. */
export function Findings({
  findings,
  words,
}: {
  readonly findings: readonly Finding[];
  readonly words: StockWords;
}) {
  return (
    <ul className="stock-findings">
      {findings.map((finding) => (
        <li key={`${finding.code} ${finding.about ?? ''}`} data-effect={finding.effect}>
          {findingText(finding, words)}
          <span className="soft small">
            {' '}
            {words.source}: <span lang="en">{finding.source}</span> ({words.unreviewed})
          </span>
        </li>
      ))}
    </ul>
  );
}
