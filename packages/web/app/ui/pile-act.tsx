import { Form, useNavigation } from 'react-router';
import { Button } from './button.tsx';

/** A button that does one thing with one entry of a pile; its name for listeners says with which. */
export function PileAct({
  id,
  intent,
  label,
  of,
  look = 'plain',
}: {
  readonly id: string;
  readonly intent: string;
  readonly label: string;
  /** Of whom or what the entry is. */
  readonly of: string;
  readonly look?: 'plain' | 'strong';
}) {
  const navigation = useNavigation();
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="id" value={id} />
      <Button
        type="submit"
        name="intent"
        value={intent}
        look={look}
        aria-label={`${label}: ${of}`}
        isDisabled={navigation.state === 'submitting'}
      >
        {label}
      </Button>
    </Form>
  );
}
