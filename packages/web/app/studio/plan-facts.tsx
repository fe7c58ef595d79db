import type { PlanDocument } from '@undertone/engine/plan/document.ts';
import { Said } from '../shared/said.tsx';
import { Alert, Badge } from '../ui/surfaces.tsx';
import { Table } from '../ui/table.tsx';
import type { MeasureWords } from './measure-words.ts';
import type { HealingView } from './state.ts';
import type { StudioWords } from './words.ts';

interface PlanFactsProps {
  readonly words: StudioWords;
  readonly measure: MeasureWords;
  readonly number: Intl.NumberFormat;
  readonly document: Pick<PlanDocument, 'match' | 'needle' | 'sessions' | 'warnings'> & {
    readonly dots: Pick<PlanDocument['dots'], 'count' | 'minutes'> & {
      readonly profile: {
        readonly kind: string;
        readonly existingHairPerCm2?: number;
        readonly existingHairSdPerCm2?: number;
      };
    };
    readonly samples: Pick<PlanDocument['samples'], 'used'>;
    readonly inputs: Pick<PlanDocument['inputs'], 'pigments'>;
  };
  readonly view: HealingView;
}

const verdictTones = { good: 'verdigris', fair: 'nil', poor: 'ochre', 'out-of-reach': 'oxide' } as const;

/** A plan in words and numbers: verdict, recipe, prediction with its range, needle, sessions, what to know. */
export function PlanFacts({ words, measure, number, document, view }: PlanFactsProps) {
  const { match, needle, dots, sessions, warnings, samples, inputs } = document;
  const { kind } = (inputs.pigments ?? {}) as { readonly kind?: string };
  return (
    <div className="stack">
      {match.kind === 'recipe' ? (
        <div className="studio-verdict">
          <Badge tone={verdictTones[match.verdict.band]}>{words.verdict[match.verdict.band]}</Badge>
          <p>
            <Said>{match.verdict.message}</Said>
          </p>
        </div>
      ) : (
        <p>
          <Said>{match.words}</Said>
        </p>
      )}

      <h3>{words.warnings}</h3>
      <ul className="studio-warnings">
        {warnings.map((warning) => (
          <li key={`${warning.code}${warning.message}`}>
            <Said>{warning.message}</Said>
          </li>
        ))}
      </ul>

      {match.kind === 'recipe' ? (
        <>
          {kind === 'paint' ? <p className="field-hint">{words.paint}</p> : null}
          {samples.used ? <UsedReadings words={words} measure={measure} used={samples.used} /> : null}
          <Table
            caption={words.pigment}
            rows={[
              ...match.recipe.parts.map((part) => ({
                id: part.pigment,
                name: part.letDown === 10 ? `${part.name} (${words.letDown})` : part.name,
                parts: `${number.format(part.parts01 * 100)} %`,
                drops: number.format(part.drops),
              })),
              {
                id: 'diluent',
                name: words.diluent,
                parts: '',
                drops: number.format(match.recipe.diluentDrops),
              },
            ]}
            keyOf={(row) => row.id}
            columns={[
              { id: 'name', title: words.pigment, renderCell: (row) => row.name },
              { id: 'parts', title: words.parts, number: true, renderCell: (row) => row.parts },
              { id: 'drops', title: words.drops, number: true, renderCell: (row) => row.drops },
            ]}
          />
          <p className="field-hint">
            <Said>{match.firstDose.message}</Said>
          </p>
          <p className="field-hint">{words.predicted}</p>
          <Table
            caption={words.predicted}
            rows={match.predicted.filter((one) => one.state === view)}
            keyOf={(one) => one.illuminant}
            columns={[
              { id: 'light', title: words.light, renderCell: (one) => one.illuminant },
              {
                id: 'lab',
                title: measure.lab,
                number: true,
                renderCell: ({ lab }) => [lab.L, lab.a, lab.b].map((v) => number.format(v)).join(' '),
              },
              {
                id: 'delta',
                title: 'ΔE00',
                number: true,
                renderCell: ({ deltaE00 }) =>
                  `${number.format(deltaE00.expected)} (${number.format(deltaE00.low90)}–${number.format(deltaE00.high90)})`,
              },
            ]}
          />
          <h3>{measure.sensitivity}</h3>
          <ul className="studio-warnings">
            {match.sensitivity.map((one) => (
              <li key={one.pigment}>
                <Said>{one.words}</Said>
              </li>
            ))}
          </ul>
          {match.alternatives.length > 0 ? (
            <Table
              caption={measure.alternatives}
              rows={match.alternatives.map((recipe) => ({
                recipe,
                name: recipe.parts.map((part) => `${part.name} ${number.format(part.drops)}`).join(', '),
              }))}
              keyOf={(one) => one.name}
              columns={[
                { id: 'name', title: measure.alternatives, renderCell: (one) => one.name },
                {
                  id: 'drops',
                  title: measure.drops,
                  number: true,
                  renderCell: ({ recipe }) => number.format(recipe.totalDrops),
                },
                {
                  id: 'worst',
                  title: measure.worst,
                  number: true,
                  renderCell: ({ recipe: { spread } }) =>
                    `${number.format(spread.expected)} (${number.format(spread.low90)}–${number.format(spread.high90)})`,
                },
              ]}
            />
          ) : null}
          <p className="field-hint">{measure.scattering}</p>
        </>
      ) : (
        <Table
          caption={words.pigment}
          rows={match.tones}
          keyOf={(tone) => tone.tone}
          columns={[
            { id: 'tone', title: words.pigment, renderCell: (tone) => <Said>{tone.tone}</Said> },
            {
              id: 'share',
              title: words.parts,
              number: true,
              renderCell: (tone) => `${number.format(tone.share01 * 100)} %`,
            },
            {
              id: 'diluent',
              title: words.diluent,
              number: true,
              renderCell: (tone) => `1 : ${number.format(tone.diluentParts)}`,
            },
          ]}
        />
      )}

      <dl className="studio-facts">
        <dt>{words.needle}</dt>
        <dd>
          <Said>{needle.needle}</Said>
        </dd>
        <dt>{words.depth}</dt>
        <dd className="figures">
          {number.format(needle.depthMm.low)}–{number.format(needle.depthMm.high)} mm
        </dd>
        <dt>{words.dots}</dt>
        <dd className="figures" data-testid="dots">
          {dots.count === null ? words.scaleHelp : number.format(dots.count)}
        </dd>
        {dots.profile.existingHairPerCm2 ? (
          <>
            <dt>{words.existingHair}</dt>
            <dd className="figures" data-testid="existing-hair">
              {hairOf(dots.profile, words, number)}
            </dd>
          </>
        ) : null}
        {dots.minutes ? (
          <>
            <dt>{words.minutes}</dt>
            <dd className="figures">
              {number.format(dots.minutes.low)}–{number.format(dots.minutes.high)}
            </dd>
          </>
        ) : null}
        <dt>{words.sessions}</dt>
        <dd className="figures">{number.format(sessions.length)}</dd>
      </dl>

      {match.kind === 'recipe' && match.verdict.band === 'out-of-reach' ? (
        <Alert tone="oxide" title={words.verdict['out-of-reach']} />
      ) : null}
    </div>
  );
}

/** The hair a plan took off its target, with two standard deviations where it was counted; undefined for none. */
export function hairOf(
  {
    existingHairPerCm2,
    existingHairSdPerCm2,
  }: { readonly existingHairPerCm2?: number; readonly existingHairSdPerCm2?: number },
  words: StudioWords,
  number: Intl.NumberFormat,
): string | undefined {
  if (!existingHairPerCm2) return undefined;
  const perCm2 = number.format(existingHairPerCm2);
  return words.hairPerCm2(
    existingHairSdPerCm2 === undefined
      ? perCm2
      : `${perCm2} ± ${number.format(Math.round(2 * existingHairSdPerCm2))}`,
  );
}

interface UsedReadingsProps {
  readonly words: StudioWords;
  readonly measure: MeasureWords;
  readonly used: NonNullable<PlanDocument['samples']['used']>;
}

/** Each reading with its instrument, light and observer: without them the numbers say nothing. */
function UsedReadings({ words, measure, used }: UsedReadingsProps) {
  const place = (name: string, reading: (typeof used)['patch']) =>
    `${name}: ${measure.instruments[reading.instrument]}, ${reading.kind === 'lab' ? measure.whiteName(reading.lab.white) : measure.spectrum}`;
  return (
    <p className="field-hint" data-testid="used-readings">
      {measure.used}:{' '}
      {used.from === 'photo'
        ? measure.fromPhoto
        : `${place(words.patch, used.patch)}; ${place(words.surround, used.surround)}`}
    </p>
  );
}
