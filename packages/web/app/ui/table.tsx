import type { ReactNode } from 'react';

export interface TableColumn<Row> {
  readonly id: string;
  readonly title: string;
  /** Numbers stand right-aligned in tabular figures. */
  readonly number?: boolean;
  readonly renderCell: (row: Row) => ReactNode;
}

/** With fewer columns than this a table fits a telephone as it is. */
const columnsThatStack = 4;

/**
 * Rows and columns. Complete without scripts. In a narrow frame each row becomes a card whose lines carry the titles of
 * their columns; a table of few columns, and one still too wide, scrolls in its own frame.
 */
export function Table<Row>({
  caption,
  columns,
  rows,
  keyOf,
}: {
  readonly caption: string;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a frame that scrolls must be reachable by keyboard
    <section className="table-scroll" aria-label={caption} tabIndex={0}>
      <table className="table" data-stacks={columns.length >= columnsThatStack || undefined}>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col" data-number={column.number || undefined}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column, at) =>
                at === 0 ? (
                  <th key={column.id} scope="row" data-number={column.number || undefined}>
                    {column.renderCell(row)}
                  </th>
                ) : (
                  <td key={column.id} data-number={column.number || undefined} data-title={column.title}>
                    <div>{column.renderCell(row)}</div>
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
