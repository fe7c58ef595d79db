import type { ReactNode } from 'react';
import { Tabs as AriaTabs, Tab, TabList, TabPanel, type TabsProps } from 'react-aria-components/Tabs';

export interface TabPage {
  readonly id: string;
  readonly label: string;
  readonly disabled?: boolean;
  readonly content: ReactNode;
}

export function Tabs({
  label,
  pages,
  ...rest
}: Omit<TabsProps, 'className' | 'style' | 'children'> & {
  readonly label: string;
  readonly pages: readonly TabPage[];
}) {
  return (
    <AriaTabs {...rest} className="tabs">
      <TabList aria-label={label} className="tab-list">
        {pages.map((page) => (
          <Tab key={page.id} id={page.id} className="tab" isDisabled={page.disabled ?? false}>
            {page.label}
          </Tab>
        ))}
      </TabList>
      {pages.map((page) => (
        <TabPanel key={page.id} id={page.id}>
          {page.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
