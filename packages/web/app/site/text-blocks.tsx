import { type Block, type Inline, plain } from '@undertone/clinic/visitor/rules.ts';
import { Fragment, type ReactNode } from 'react';
import { WideTable } from './wide-table.tsx';

interface TextBlocksProps {
  readonly blocks: readonly Block[];
  readonly locale: string;
  /** What stands in a place that the page fills from data. */
  readonly slots?: Readonly<Record<string, ReactNode>>;
  /** Numbers of the sources in the order of the list at the foot of the page. */
  readonly cited: readonly number[];
}

/** A text of the clinic as a page: headings that can be linked to, citations that lead to the list of sources. */
export function TextBlocks({ blocks, locale, slots = {}, cited }: TextBlocksProps) {
  const inline = (children: readonly Inline[]): ReactNode =>
    children.map((child, at) => <Fragment key={at}>{run(child)}</Fragment>);

  const run = (child: Inline): ReactNode => {
    switch (child.kind) {
      case 'text':
        return child.text;
      case 'strong':
        return <strong>{inline(child.children)}</strong>;
      case 'emphasis':
        return <em>{inline(child.children)}</em>;
      case 'link':
        return (
          <a href={child.page === 'home' ? `/${locale}` : `/${locale}/${child.page}`}>
            {inline(child.children)}
          </a>
        );
      case 'cite':
        return (
          <sup className="cite">
            <a href={`#source-${child.source}`}>{cited.indexOf(child.source) + 1}</a>
          </sup>
        );
    }
  };

  return blocks.map((block, at) => {
    switch (block.kind) {
      case 'heading': {
        const Heading = block.level === 2 ? 'h2' : 'h3';
        return (
          <Heading key={at} id={block.id}>
            {inline(block.children)}
          </Heading>
        );
      }
      case 'paragraph':
        return <p key={at}>{inline(block.children)}</p>;
      case 'note':
        return (
          <p key={at} className="text-note">
            {inline(block.children)}
          </p>
        );
      case 'list': {
        const List = block.ordered ? 'ol' : 'ul';
        return (
          <List key={at}>
            {block.items.map((item, n) => (
              <li key={n}>{inline(item)}</li>
            ))}
          </List>
        );
      }
      case 'table':
        return (
          <WideTable key={at} label={block.head.map(plain).join(', ')}>
            <thead>
              <tr>
                {block.head.map((cell, n) => (
                  <th key={n} scope="col">
                    {inline(cell)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((row, n) => (
                <tr key={n}>
                  {row.map((cell, c) =>
                    c === 0 ? (
                      <th key={c} scope="row">
                        {inline(cell)}
                      </th>
                    ) : (
                      <td key={c}>{inline(cell)}</td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </WideTable>
        );
      case 'slot':
        return <Fragment key={at}>{slots[block.name]}</Fragment>;
    }
  });
}
