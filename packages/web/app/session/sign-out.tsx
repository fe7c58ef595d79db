import { type FormEvent, useRef, useState } from 'react';
import type { Locale } from '../locales/index.ts';
import { draftsOnlyHere, forgetDrafts } from '../studio/draft-device.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { forgetEverything, unsavedCount } from './device-store.ts';
import { signOutWords } from './sign-out-words.ts';

/**
 * The button that signs out. What a tablet keeps of sessions goes with it; entries that no server has yet are asked about
 * first. Without scripts it is a plain form.
 */
export function SignOut({ locale, label }: { readonly locale: Locale; readonly label: string }) {
  const form = useRef<HTMLFormElement>(null);
  const [waiting, setWaiting] = useState(0);
  const words = signOutWords[locale];
  const leave = async () => {
    await Promise.allSettled([forgetEverything(), forgetDrafts()]);
    // Past React: the form goes to the server as it is.
    form.current?.submit();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void Promise.all([unsavedCount(), draftsOnlyHere()])
      .then(([entries, drafts]) => entries + drafts)
      .catch(() => 0)
      .then((count) => (count > 0 ? setWaiting(count) : leave()));
  };
  return (
    <>
      <form ref={form} method="post" action="/sign-out" onSubmit={submit}>
        <button type="submit" className="button">
          {label}
        </button>
      </form>
      <Dialog
        title={words.title}
        mustAnswer
        isOpen={waiting > 0}
        onOpenChange={(isOpen) => (isOpen ? undefined : setWaiting(0))}
        renderActions={() => (
          <>
            <Button onPress={() => setWaiting(0)}>{words.stay}</Button>
            <Button look="grave" onPress={() => void leave()}>
              {words.lose}
            </Button>
          </>
        )}
      >
        {words.text(waiting)}
      </Dialog>
    </>
  );
}
