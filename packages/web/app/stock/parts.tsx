import type { Finding, StockAlert } from '@undertone/clinic/stock/rules.ts';
import { Link } from 'react-router';
import { Badge, type Tone } from '../ui/surfaces.tsx';
import { atBranch, findingText, type StockBranches } from './view.ts';
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

/** The branches whose stock can be looked at, this one marked; nothing where there is one. */
export function BranchSwitch({
  branches,
  to,
  words,
}: {
  readonly branches: StockBranches;
  readonly to: string;
  readonly words: StockWords;
}) {
  if (branches.all.length < 2) return null;
  return (
    <nav className="stock-branches" aria-label={words.stockOf}>
      {branches.all.map(({ id, name }) => (
        <Link
          key={id}
          className="button"
          to={atBranch(to, { ...branches, here: id })}
          aria-current={id === branches.here ? 'page' : undefined}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}

/** The branch a form is about. */
export function BranchField({ branches }: { readonly branches: StockBranches }) {
  return branches.here === null ? null : <input type="hidden" name="branch" value={branches.here} />;
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
