import type { Difference } from '@undertone/clinic/planning/differences.ts';
import { Table } from '../ui/table.tsx';
import type { PlanWords } from './words.ts';

interface DifferenceTableProps {
  readonly words: PlanWords;
  readonly differences: readonly Difference[];
  readonly before: string;
  readonly after: string;
  readonly number: Intl.NumberFormat;
}

/** More rows than this are counted, not shown. */
const mostShown = 60;

/** Values that are not the same in two plans, by their place in the document. */
export function DifferenceTable({ words, differences, before, after, number }: DifferenceTableProps) {
  const said = (value: Difference['before']) =>
    value === undefined || value === 'none'
      ? words.noValue
      : typeof value === 'number'
        ? number.format(value)
        : String(value);
  return (
    <div className="stack-s">
      <Table
        caption={words.compare}
        rows={differences.slice(0, mostShown)}
        keyOf={(one) => one.path}
        columns={[
          { id: 'path', title: words.value, renderCell: (one) => <code lang="en">{one.path}</code> },
          { id: 'before', title: before, number: true, renderCell: (one) => said(one.before) },
          { id: 'after', title: after, number: true, renderCell: (one) => said(one.after) },
        ]}
      />
      {differences.length > mostShown ? (
        <p className="field-hint">{words.more(differences.length - mostShown)}</p>
      ) : null}
    </div>
  );
}
