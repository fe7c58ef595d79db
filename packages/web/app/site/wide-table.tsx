import type { ReactNode } from 'react';

/** A table that scrolls by itself where the screen is narrower, also by keyboard. */
export function WideTable({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must take the focus
    <section className="text-table" tabIndex={0} aria-label={label}>
      <table>{children}</table>
    </section>
  );
}
