/** What has left one branch and has not been counted at another: said on the lot's page, and counted in there. */
import type { Unit } from '@undertone/clinic/stock/rules.ts';
import { Form } from 'react-router';
import { Button } from '../ui/button.tsx';
import { Select, TextField } from '../ui/fields.tsx';
import { BranchField } from './parts.tsx';
import type { StockBranches } from './view.ts';
import type { StockWords } from './words.ts';

export interface WayShown {
  readonly id: string;
  readonly amount: string;
  readonly from: string;
  readonly to: string;
  /** Where the page's branch stands to it. */
  readonly side: 'to' | 'from' | 'neither';
  readonly when: string | null;
  readonly who: string | null;
  readonly reason: string | null;
}

export function OnTheWaySection({
  ways,
  item,
  branches,
  mayWrite,
  isBusy,
  words,
}: {
  readonly ways: readonly WayShown[];
  readonly item: { readonly unit: Unit; readonly units: readonly Unit[] };
  readonly branches: StockBranches;
  readonly mayWrite: boolean;
  readonly isBusy: boolean;
  readonly words: StockWords;
}) {
  if (ways.length === 0) return null;
  return (
    <section className="stack-s">
      <h2>{words.onTheWay}</h2>
      <p className="soft measure">{words.onTheWayText}</p>
      <ul className="stock-ways">
        {ways.map((way) => {
          const act = way.side === 'to' ? words.countIn : words.cameBack;
          return (
            <li key={way.id} className="stack-s">
              <p>
                <strong className="figures">{way.amount}</strong> · {way.from} → {way.to}
              </p>
              <p className="soft small">{[way.when, way.who, way.reason].filter(Boolean).join(' · ')}</p>
              {!mayWrite || way.side === 'neither' ? null : (
                <details open={way.side === 'to'}>
                  <summary>{act}</summary>
                  <Form method="post" className="stack" aria-label={`${act}: ${way.amount}`}>
                    <input type="hidden" name="intent" value="receive" />
                    <input type="hidden" name="transferId" value={way.id} />
                    <BranchField branches={branches} />
                    <div className="stock-fields">
                      <TextField
                        label={words.counted}
                        name="quantity"
                        inputMode="decimal"
                        autoComplete="off"
                        isRequired
                      />
                      <Select
                        label={words.unit}
                        name="unit"
                        options={item.units.map((id) => ({ id, label: words.units[id] }))}
                        defaultValue={item.unit}
                      />
                    </div>
                    <TextField label={words.wayReason} name="reason" optional={words.optional} />
                    <div>
                      <Button type="submit" look={way.side === 'to' ? 'strong' : 'plain'} isDisabled={isBusy}>
                        {act}
                      </Button>
                    </div>
                  </Form>
                </details>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
