import type { Difference } from '@undertone/clinic/planning/differences.ts';
import type { Locale } from '../locales/index.ts';
import { Table } from '../ui/table.tsx';
import { fieldName, valueName } from './field-words.ts';
import type { PlanWords } from './words.ts';

interface DifferenceTableProps {
  readonly locale: Locale;
  readonly words: PlanWords;
  readonly differences: readonly Difference[];
  readonly before: string;
  readonly after: string;
  readonly number: Intl.NumberFormat;
}

/** More rows than this are counted, not shown. */
const mostShown = 60;

/** Values that are not the same in two plans, by the name of their place in the document. */
export function DifferenceTable({ locale, words, differences, before, after, number }: DifferenceTableProps) {
  const said = (value: Difference['before']) => {
    if (value === undefined || value === 'none') return words.noValue;
    if (typeof value === 'number') return number.format(value);
    if (typeof value === 'object') return words.row(number.format(value.length), number.format(value.sum));
    return valueName(value, locale);
  };
  return (
    <div className="stack-s">
      <Table
        caption={words.compare}
        rows={differences.slice(0, mostShown)}
        keyOf={(one) => one.path}
        columns={[
          { id: 'path', title: words.value, renderCell: (one) => fieldName(one.path, locale) },
          { id: 'before', title: before, number: true, renderCell: (one) => said(one.before) },
          { id: 'after', title: after, number: true, renderCell: (one) => said(one.after) },
        ]}
      />
      {differences.length > mostShown ? (
        <p className="field-hint">{words.more(number.format(differences.length - mostShown))}</p>
      ) : null}
    </div>
  );
}
