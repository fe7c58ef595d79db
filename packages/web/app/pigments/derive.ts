import { labOf, rgbFromLab } from '@undertone/engine/light/index.ts';
import {
  type DrawdownCheck,
  drawdownReflectance,
  type Pigment,
  type PigmentSet,
  paintSurface,
  parsePigments,
  pigmentDocument,
  pigmentsFromDrawdowns,
} from '@undertone/engine/match/index.ts';

/** What people say about a file of pigments; empty where the file says it itself. */
export interface SetLabels {
  readonly name: string;
  readonly kind: 'ink' | 'paint';
  readonly source: string;
  /** Colour Index numbers as typed, by pigment id. */
  readonly ciNumbers: Readonly<Record<string, string>>;
}

export interface DerivedPigment {
  readonly pigment: Pigment;
  /** What should be drawn down again, and why. */
  readonly checks: readonly DrawdownCheck[];
  /** Reflectance in air of an opaque drawdown, 0..1, 400-700 nm every 10 nm. */
  readonly masstone01: Float64Array;
  /** The same mixed one to one by dose with the set's white; absent for white itself and sets without one. */
  readonly tint01?: Float64Array;
  /** The masstone on an sRGB screen, D65, 2°. */
  readonly colour: string;
}

export type DerivedFile =
  | { readonly ok: true; readonly set: PigmentSet; readonly pigments: readonly DerivedPigment[] }
  | { readonly ok: false; readonly message: string };

/** Reads a CSV table of drawdowns or an `undertone/pigments` document. */
export function deriveFile(text: string, glossIncluded: boolean): DerivedFile {
  const result = text.trimStart().startsWith('{')
    ? parsePigments(text)
    : pigmentsFromDrawdowns(text, { surface: { ...paintSurface, glossIncluded } });
  if (!result.ok) return result;
  const { set, derived } = result;
  const white = set.pigments.find(({ isWhiteOpacifier }) => isWhiteOpacifier);
  const pigments = set.pigments.map((pigment): DerivedPigment => {
    const masstone = drawdownReflectance([{ pigment, dose: 1 }]);
    const lab = labOf(masstone, 'D65/2');
    const bytes = rgbFromLab(lab).map((v) => Math.round(255 * Math.min(1, Math.max(0, v))));
    return {
      pigment,
      checks: derived?.find(({ name }) => name === pigment.name)?.checks ?? [],
      masstone01: masstone.values,
      ...(white && white !== pigment
        ? {
            tint01: drawdownReflectance([
              { pigment, dose: 1 },
              { pigment: white, dose: 1 },
            ]).values,
          }
        : {}),
      colour: `rgb(${bytes.join(' ')})`,
    };
  });
  return { ok: true, set, pigments };
}

/** Ids of the pigments whose typed Colour Index number is none. */
export function wrongNumbers({ ciNumbers }: Pick<SetLabels, 'ciNumbers'>): readonly string[] {
  return Object.keys(ciNumbers).filter((id) => !/^(\d{5})?$/.test((ciNumbers[id] ?? '').trim()));
}

/** The set as it is saved: the text of its `undertone/pigments` document with what people said about it. */
export function documentOf(set: PigmentSet, labels: SetLabels): string {
  const pigments = set.pigments.map((pigment): Pigment => {
    const { ciNumber: own, ...rest } = pigment;
    const ciNumber = labels.ciNumbers[pigment.id]?.trim() ?? own ?? '';
    return {
      ...rest,
      kind: labels.kind,
      ...(ciNumber === '' ? {} : { ciNumber }),
      isWhiteOpacifier: pigment.isWhiteOpacifier || ciNumber === '77891',
      provenance: {
        method: pigment.provenance.method,
        source: labels.source.trim() || pigment.provenance.source,
      },
    };
  });
  const named = { ...set, name: labels.name.trim() || set.name, kind: labels.kind, pigments };
  return JSON.stringify(pigmentDocument(named));
}
