import { type FormEvent, useRef, useState } from 'react';
import type { Locale } from '../locales/index.ts';
import { draftsOnlyHere, forgetDrafts } from '../studio/draft-device.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { forgetEverything, unsavedCount } from './device-store.ts';
import { signOutWords } from './sign-out-words.ts';

const none = { entries: 0, drafts: 0 };

/**
 * The button that signs out. What the device keeps of sessions and of studio work goes with it; what no server has yet is
 * asked about first. Without scripts it is a plain form.
 */
export function SignOut({ locale, label }: { readonly locale: Locale; readonly label: string }) {
  const form = useRef<HTMLFormElement>(null);
  const [unsaved, setUnsaved] = useState(none);
  const words = signOutWords[locale];
  const leave = async () => {
    await Promise.allSettled([forgetEverything(), forgetDrafts()]);
    // Past React: the form goes to the server as it is.
    form.current?.submit();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void Promise.all([unsavedCount(), draftsOnlyHere()])
      .then(([entries, drafts]) => ({ entries, drafts }))
      .catch(() => none)
      .then((found) => (found.entries + found.drafts > 0 ? setUnsaved(found) : leave()));
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
        isOpen={unsaved.entries + unsaved.drafts > 0}
        onOpenChange={(isOpen) => (isOpen ? undefined : setUnsaved(none))}
        renderActions={() => (
          <>
            <Button onPress={() => setUnsaved(none)}>{words.stay}</Button>
            <Button look="grave" onPress={() => void leave()}>
              {words.lose}
            </Button>
          </>
        )}
      >
        {unsaved.entries > 0 ? <p>{words.entries(unsaved.entries)}</p> : null}
        {unsaved.drafts > 0 ? <p>{words.drafts(unsaved.drafts)}</p> : null}
        <p>{words.lost}</p>
      </Dialog>
    </>
  );
}
