import type { ReactNode } from 'react';

interface WideTableProps {
  readonly label: string;
  readonly children: ReactNode;
  /** On a phone each row becomes a block and each cell shows its `data-label`. */
  readonly stacks?: true;
}

/** A table that scrolls by itself where the screen is narrower, also by keyboard. */
export function WideTable({ label, children, stacks }: WideTableProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must take the focus
    <section className="text-table" data-stacks={stacks} tabIndex={0} aria-label={label}>
      <table>{children}</table>
    </section>
  );
}
