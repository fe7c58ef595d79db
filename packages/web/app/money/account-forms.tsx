import { paymentMethod, taxIndication } from '@undertone/clinic/money/schema.ts';
import type { ReactNode } from 'react';
import { Form, useNavigation } from 'react-router';
import { Button } from '../ui/button.tsx';
import { Checkbox, Select, TextField } from '../ui/fields.tsx';
import { Alert } from '../ui/surfaces.tsx';
import { type Answer, faultAt, typedIn } from './shared.ts';
import type { MoneyWords } from './words.ts';

interface ActProps {
  /** Fresh for each form shown: a form sent twice books once. */
  readonly id: string;
  readonly answer: Answer | undefined;
  readonly words: MoneyWords;
}

interface Option {
  readonly id: string;
  readonly label: string;
}

/** The line's fields of the form stand for `lines.0` of the command. */
const fieldOf: Readonly<Record<string, string>> = {
  item: 'lines.0.priceItemId',
  indication: 'lines.0.indication',
  quantity: 'lines.0.quantity',
  discount: 'lines.0.discountMinor',
};

/** What a field of the form shows: what was typed before a refusal, and what is wrong with it. */
function fieldsOf(intent: string, { answer, words }: Pick<ActProps, 'answer' | 'words'>) {
  return (name: string, otherwise = '') => ({
    name,
    defaultValue: typedIn(answer, intent, name, otherwise),
    error: faultAt(answer, intent, name, words) ?? faultAt(answer, intent, fieldOf[name] ?? name, words),
  });
}

function ActForm({
  intent,
  id,
  submit,
  look = 'strong',
  children,
}: {
  readonly intent: string;
  readonly id: string;
  readonly submit: string;
  readonly look?: 'strong' | 'grave';
  readonly children: ReactNode;
}) {
  const isBusy = useNavigation().state !== 'idle';
  return (
    <Form method="post" className="money-form">
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="id" value={id} />
      {children}
      <Button type="submit" look={look} isDisabled={isBusy}>
        {submit}
      </Button>
    </Form>
  );
}

/** A form behind its name; open where it was refused. */
function Folded({
  intent,
  title,
  answer,
  children,
}: {
  readonly intent: string;
  readonly title: string;
  readonly answer: Answer | undefined;
  readonly children: ReactNode;
}) {
  return (
    <details open={answer?.ok === false && answer.intent === intent}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}

const methodsIn = (words: MoneyWords): readonly Option[] =>
  paymentMethod.options.map((id) => ({ id, label: words.methods[id] }));

export function PaymentForm({
  branches,
  branchLabel,
  ...act
}: ActProps & { readonly branches: readonly Option[]; readonly branchLabel: string }) {
  const { words } = act;
  const field = fieldsOf('payment', act);
  return (
    <ActForm intent="payment" id={act.id} submit={words.takePayment}>
      <TextField label={words.amount} inputMode="decimal" isRequired {...field('amountMinor')} />
      <Select label={words.method} options={methodsIn(words)} {...field('method', 'cash')} />
      <TextField label={words.reference} hint={words.referenceHint} {...field('reference')} />
      {branches.length > 1 ? (
        <Select label={branchLabel} options={branches} {...field('branchId', branches[0]?.id)} />
      ) : null}
      <Checkbox name="deposit" value="yes">
        {words.deposit}
      </Checkbox>
    </ActForm>
  );
}

export function InvoiceForm({ items, ...act }: ActProps & { readonly items: readonly Option[] }) {
  const { words, answer } = act;
  const field = fieldsOf('invoice', act);
  return (
    <Folded intent="invoice" title={words.newInvoice} answer={answer}>
      <ActForm intent="invoice" id={act.id} submit={words.issue}>
        <Select label={words.item} options={items} {...field('item', items[0]?.id)} />
        <Select
          label={words.indication}
          options={taxIndication.options.map((id) => ({ id, label: words.indications[id] }))}
          {...field('indication', 'cosmetic')}
        />
        <TextField label={words.quantity} inputMode="numeric" {...field('quantity', '1')} />
        <TextField label={words.discount} inputMode="decimal" {...field('discount', '0')} />
        <TextField
          label={words.placeOfSupply}
          hint={words.placeHint}
          inputMode="numeric"
          {...field('placeOfSupply')}
        />
      </ActForm>
    </Folded>
  );
}

export function CreditForm({
  invoices,
  warnings,
  ...act
}: ActProps & {
  readonly invoices: readonly Option[];
  /** What would stand on no invoice any more: sessions of a package that were given. */
  readonly warnings: readonly string[];
}) {
  const { words, answer } = act;
  const field = fieldsOf('credit', act);
  return (
    <Folded intent="credit" title={words.credit} answer={answer}>
      {warnings.map((text) => (
        <Alert key={text} tone="ochre" title={text} />
      ))}
      <ActForm intent="credit" id={act.id} submit={words.credit} look="grave">
        <Select label={words.number} options={invoices} {...field('invoiceId', invoices[0]?.id)} />
        <TextField label={words.reason} isRequired {...field('reason')} />
      </ActForm>
    </Folded>
  );
}

export function RefundForm({ payments, ...act }: ActProps & { readonly payments: readonly Option[] }) {
  const { words, answer } = act;
  const field = fieldsOf('refund', act);
  return (
    <Folded intent="refund" title={words.refund} answer={answer}>
      <ActForm intent="refund" id={act.id} submit={words.refund} look="grave">
        <Select label={words.receipt} options={payments} {...field('paymentId', payments[0]?.id)} />
        <TextField label={words.amount} inputMode="decimal" isRequired {...field('amountMinor')} />
        <Select label={words.method} options={methodsIn(words)} {...field('method', 'cash')} />
        <TextField label={words.reference} {...field('reference')} />
        <TextField label={words.reason} isRequired {...field('reason')} />
      </ActForm>
    </Folded>
  );
}
