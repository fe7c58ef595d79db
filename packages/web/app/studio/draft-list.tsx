import { useState } from 'react';
import { deskTag, type Locale } from '../locales/index.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Alert } from '../ui/surfaces.tsx';
import { dropDraft } from './draft-device.ts';
import { draftWords } from './draft-words.ts';
import type { Treatment } from './state.ts';
import { studioWords } from './words.ts';

export interface ListedDraft {
  readonly draftId: string;
  /** Null while no patient is chosen: then it is on this device alone. */
  readonly patientId: string | null;
  readonly planId: string | null;
  readonly treatment: Treatment;
  readonly changedAt: Date;
  readonly isOnlyHere: boolean;
}

interface DraftListProps {
  readonly locale: Locale;
  readonly zone: string;
  readonly drafts: readonly ListedDraft[];
  /** Of its heading, where it stands. */
  readonly heading: 'h2' | 'h3';
}

/** Work in the studio that is not yet a plan: to go on with, or to let go. */
export function DraftList({ locale, zone, drafts, heading: Heading }: DraftListProps) {
  const words = draftWords[locale];
  const { treatments } = studioWords[locale];
  const [gone, setGone] = useState<readonly string[]>([]);
  const [asked, setAsked] = useState<ListedDraft | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  const at = new Intl.DateTimeFormat(deskTag(locale), {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: zone,
  });
  const shown = drafts.filter(({ draftId }) => !gone.includes(draftId));
  if (shown.length === 0) return gone.length > 0 ? <Alert tone="plain" title={words.discarded} live /> : null;

  async function discard({ draftId, isOnlyHere }: ListedDraft) {
    setHasFailed(false);
    try {
      if (!isOnlyHere) {
        const answer = await fetch(`/studio/plan-drafts/${draftId}`, { method: 'DELETE' });
        if (!answer.ok || answer.redirected) throw new Error('not discarded');
      }
      await dropDraft(draftId);
      setGone((before) => [...before, draftId]);
    } catch {
      setHasFailed(true);
    }
  }

  return (
    <section className="stack-s" aria-label={words.drafts} data-testid="drafts">
      <Heading className="draft-heading">{words.drafts}</Heading>
      <ul className="draft-list">
        {shown.map((draft) => {
          const name = words.draftOf(treatments[draft.treatment], at.format(draft.changedAt));
          return (
            <li key={draft.draftId}>
              <span>
                {name}
                {draft.isOnlyHere ? <span className="soft small">, {words.onlyHere}</span> : null}
              </span>
              <span className="row">
                <a className="button" href={addressOf(draft)} aria-label={`${words.goOn}: ${name}`}>
                  {words.goOn}
                </a>
                <Button look="quiet" aria-label={`${words.discard}: ${name}`} onPress={() => setAsked(draft)}>
                  {words.discard}
                </Button>
              </span>
            </li>
          );
        })}
      </ul>
      {hasFailed ? <Alert tone="oxide" title={words.notDiscarded} live /> : null}
      <Dialog
        title={words.discardTitle}
        isOpen={asked !== null}
        onOpenChange={(isOpen) => (isOpen ? undefined : setAsked(null))}
        renderActions={(close) => (
          <>
            <Button onPress={close}>{words.keep}</Button>
            <Button
              look="grave"
              onPress={() => {
                if (asked) void discard(asked);
                close();
              }}
            >
              {words.discard}
            </Button>
          </>
        )}
      >
        {words.discardText}
      </Dialog>
    </section>
  );
}

function addressOf({ draftId, patientId, planId }: ListedDraft): string {
  const asked = new URLSearchParams({
    ...(patientId !== null && { patient: patientId }),
    ...(planId !== null && { plan: planId }),
    draft: draftId,
  });
  return `/studio?${asked}`;
}
