import type { Done } from '@undertone/clinic/session/journal.ts';
import type { BodyOf, EntryKind } from '@undertone/clinic/session/schema.ts';
import { photoWords } from '../photos/words.ts';
import { Button } from '../ui/button.tsx';
import { Badge } from '../ui/surfaces.tsx';
import { type Part, zoneText } from './part.ts';

interface Line {
  readonly done: Done<EntryKind>;
  readonly text: string;
}

/** Everything recorded, newest first; what is not with the server says so. */
export function SoFar({ part }: { readonly part: Part }) {
  const { words, snapshot, clock, atMs, tablet, canWrite } = part;
  const lines = linesOf(part);
  const { voided } = snapshot.record;
  return (
    <section className="session-sofar" aria-labelledby="so-far">
      <h2 id="so-far">{words.soFar}</h2>
      {lines.length === 0 ? <p className="soft">{words.nothingYet}</p> : null}
      <ol>
        {lines.map(({ done, text }) => (
          <li key={done.id} data-saved={done.isSaved}>
            <span className="figures soft small">{clock(atMs(done))}</span>
            <span>
              {text} {done.isSaved ? null : <Badge tone="ochre">{words.notYetSaved}</Badge>}
              {done.flags.includes('over-limit') ? <Badge tone="oxide">{words.overLimitFlag}</Badge> : null}
              {done.flags.includes('ruled-out') ? <Badge tone="oxide">{words.ruledOutFlag}</Badge> : null}
              {done.flags.includes('consent-withdrawn') ? (
                <Badge tone="oxide">{words.consentWithdrawn}</Badge>
              ) : null}
              {done.flags.includes('held-lot') ? <Badge tone="oxide">{words.heldLot}</Badge> : null}
              {done.flags.includes('after-signing') ? (
                <Badge tone="ochre">{words.afterSigningFlag}</Badge>
              ) : null}
            </span>
            {canWrite && mirrorIsOpen(part) ? (
              <Button
                look="quiet"
                aria-label={`${words.takeBack}: ${text}`}
                onPress={() => void tablet.write('void', { of: done.id, reason: '' })}
              >
                {words.takeBack}
              </Button>
            ) : null}
          </li>
        ))}
        {voided.map(({ entry }) => (
          <li key={entry.id} className="soft" data-voided>
            <span className="figures small">
              {clock(atMs({ at: entry.happenedAt ?? entry.saidAt, isSaved: entry.seq !== undefined }))}
            </span>
            <span>
              <s>{voidedText(part, entry.kind, entry.body)}</s> {words.takenBack}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

const mirrorIsOpen = ({ mirror }: Part) => mirror.session.state !== 'signed';

function linesOf(part: Part): readonly Line[] {
  const { record } = part.snapshot;
  const kinds = {
    numbing: record.numbing,
    pigment: record.pigments,
    diluent: record.diluents,
    needle: record.needles,
    consumable: record.consumables,
    pass: record.passes,
    photo: record.photos,
    deviation: record.deviations,
    note: record.notes,
    addendum: record.addenda,
  } as const;
  return Object.entries(kinds)
    .flatMap(([kind, done]) =>
      done.map((one) => ({
        done: one as Done<EntryKind>,
        text: voidedText(part, kind as EntryKind, one.body),
      })),
    )
    .toSorted((a, b) => part.atMs(b.done) - part.atMs(a.done));
}

function voidedText(part: Part, kind: EntryKind, body: unknown): string {
  const { words, number, given } = part;
  const said = body as Record<string, unknown> & { zone?: string; text?: string; name?: string };
  const zone = zoneText(part, said.zone ?? '');
  switch (kind) {
    case 'numbing': {
      const { product, amount } = said as unknown as {
        product: { name: string; route: string };
        amount: number;
      };
      return `${product.name}, ${number.format(amount)} ${product.route === 'injected' ? 'mL' : 'g'}, ${zone}`;
    }
    case 'pigment':
    case 'diluent':
      return `${said.name ?? ''}, ${number.format(Number(said.drops))} ${words.work.drops}, ${zone}`;
    case 'needle':
    case 'consumable':
      return `${said.name ?? ''} × ${number.format(Number(said.count))}, ${zone}`;
    case 'pass': {
      const depth = said.depthMm === undefined ? '' : `, ${number.format(Number(said.depthMm))} mm`;
      return `${words.work.passes}: ${number.format(Number(said.passes))}${depth}, ${zone}`;
    }
    case 'photo': {
      const { view, moment } = said as unknown as BodyOf<'photo'>;
      const names: Readonly<Record<string, string>> = photoWords[given.locale].views;
      return `${words.photos.title}: ${names[view] ?? view}, ${words.photos.moments[moment]}`;
    }
    default:
      return said.text ?? said.name ?? kind;
  }
}
