import type { PlanDocument } from '@undertone/engine/plan/index.ts';
import { said } from '@undertone/engine/words/index.ts';
import { documentFonts, type Typesetter } from '../platform/pdf.ts';
import type { Language } from '../tenant/schema.ts';
import { planDocumentWords } from './document-words.ts';

/** What a printed plan shows besides the document. Pictures are PNG or JPEG. */
export interface PlanPictures {
  readonly photo: Uint8Array;
  readonly day0: Uint8Array;
  readonly week6: Uint8Array;
  readonly month12: Uint8Array;
  /** Week 6 at the light and the dark end of what is likely. */
  readonly week6Range?: { readonly light: Uint8Array; readonly dark: Uint8Array };
}

/** Printed part of an A4 sheet for the stencil, mm. */
const sheetMm = { width: 180, height: 225 } as const;

/** A stencil of more sheets than this, four square metres, is of a wrong scale, and nobody glues it together. */
const mostSheets = 100;

/** How wide a printed dot is at most, mm: it shows on both sheets where it lies across their edge. */
const widestDotMm = 2;

/** The map with those dots only that show on a sheet whose corner lies at a place of it, mm: the rest of it is what all sheets show. */
export function mapOfSheet(mapSvg: string, corner: { readonly x: number; readonly y: number }): string {
  const [, left = '0', top = '0'] = /viewBox="([-\d.]+) ([-\d.]+) /.exec(mapSvg) ?? [];
  const [x0, y0] = [Number(left) + corner.x - widestDotMm, Number(top) + corner.y - widestDotMm];
  const [x1, y1] = [x0 + sheetMm.width + 2 * widestDotMm, y0 + sheetMm.height + 2 * widestDotMm];
  return mapSvg.replaceAll(/<circle cx="([-\d.]+)" cy="([-\d.]+)"[^>]*\/>/g, (dot, cx: string, cy: string) =>
    Number(cx) >= x0 && Number(cx) <= x1 && Number(cy) >= y0 && Number(cy) <= y1 ? dot : '',
  );
}

/**
 * The plan on paper: predicted pictures, warnings, recipe, what was found, sessions; then the stencil at 1:1, over as
 * many sheets as it needs, each with a 100 mm ruler to check the printer by. Same input and language, same bytes.
 */
export function planPdf(
  typesetter: Typesetter,
  plan: PlanDocument,
  mapSvg: string,
  pictures: PlanPictures,
  language: Language = 'en',
): Promise<Uint8Array> {
  const utf8 = (text: string) => new TextEncoder().encode(text);
  const rows = printed(plan, mapSvg, language);
  const maps = rows.sheets.map((sheet) => [sheet.file, utf8(mapOfSheet(mapSvg, sheet))] as const);
  return typesetter.pdf(template, {
    '/plan.json': utf8(JSON.stringify({ ...rows, hasRange: pictures.week6Range !== undefined })),
    ...(pictures.week6Range
      ? { '/light': pictures.week6Range.light, '/dark': pictures.week6Range.dark }
      : {}),
    ...Object.fromEntries(maps),
    '/photo': pictures.photo,
    '/day0': pictures.day0,
    '/week6': pictures.week6,
    '/month12': pictures.month12,
  });
}

/** Rows of text for the template: every decision is made here, none in the layout. */
function printed(plan: PlanDocument, mapSvg: string, language: Language) {
  const words = planDocumentWords[language];
  const tag = language === 'ne' ? 'ne-NP' : `${language}-IN`;
  const say = (english: string) => said(english, language, tag).text;
  const n = (value: number, digits = 3) =>
    new Intl.NumberFormat(tag, { maximumSignificantDigits: digits, useGrouping: false }).format(value);
  const tenths = new Intl.NumberFormat(tag, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const whole = new Intl.NumberFormat(tag, { useGrouping: false });
  const [, width, height] = /width="([\d.]+)(?:mm)?" height="([\d.]+)(?:mm)?"/.exec(mapSvg) ?? [];
  const mapMm = { width: Number(width), height: Number(height) };
  const columns = Math.ceil(mapMm.width / sheetMm.width);
  const rows = Math.ceil(mapMm.height / sheetMm.height);
  const isPrintable = columns * rows <= mostSheets;
  const sheets =
    plan.dots.trueScale && isPrintable
      ? Array.from({ length: columns * rows }, (_, i) => ({
          file: `/map-${i}.svg`,
          x: (i % columns) * sheetMm.width,
          y: Math.floor(i / columns) * sheetMm.height,
          label:
            columns * rows === 1
              ? ''
              : words.sheet(whole.format(Math.floor(i / columns) + 1), whole.format((i % columns) + 1)),
        }))
      : [];
  const { needle, dots, match } = plan;
  const recipe =
    match.kind === 'recipe'
      ? match.recipe.parts.map((part) => [
          part.name + (part.letDown === 10 ? ` (${words.letDown})` : ''),
          `${n(part.parts01 * 100)} %`,
          whole.format(part.drops),
        ])
      : match.tones.map((tone) => [
          say(tone.tone),
          `${n(tone.share01 * 100)} %`,
          `${whole.format(1)} : ${whole.format(tone.diluentParts)}`,
        ]);
  const predicted =
    match.kind === 'recipe'
      ? match.predicted
          .filter((p) => p.state === 'week6' || p.state === 'month12')
          .map(({ state, illuminant, lab, deltaE00 }) => [
            state === 'week6' ? words.pictures.week6 : words.pictures.month12,
            illuminant,
            [lab.L, lab.a, lab.b].map((value) => tenths.format(value)).join(', '),
            `${tenths.format(deltaE00.expected)} (${tenths.format(deltaE00.low90)}-${tenths.format(deltaE00.high90)})`,
          ])
      : [];
  return {
    fonts: documentFonts,
    language,
    words,
    title: words.title(words.treatments[plan.treatment]),
    subtitle: words.subtitle(
      plan.engineVersion,
      String(plan.inputs.seed),
      plan.inputs.photo.sha256.slice(0, 12),
    ),
    facts: [
      [words.region, say(plan.region.words)],
      [
        words.needle,
        `${say(needle.needle)}; ${n(needle.depthMm.low)}-${n(needle.depthMm.high)} mm (${say(needle.depthNote)}); ${words.passes(whole.format(needle.passes.low), whole.format(needle.passes.high))}`,
      ],
      [words.dots, say(dots.words)],
      ...(dots.profile.kind === 'scalp' && dots.profile.existingHairPerCm2 > 0
        ? [
            [
              words.existingHair,
              words.perCm2(
                n(dots.profile.existingHairPerCm2),
                dots.profile.existingHairSdPerCm2 === undefined
                  ? undefined
                  : whole.format(Math.round(2 * dots.profile.existingHairSdPerCm2)),
              ),
            ],
          ]
        : []),
      [
        words.time,
        dots.minutes
          ? words.minutes(whole.format(dots.minutes.low), whole.format(dots.minutes.high))
          : words.noTime,
      ],
      [words.stopRule, say(needle.stopRule)],
      [words.sources, `${needle.source}; ${dots.source}. ${words.unreviewed}`],
    ],
    verdict: say(match.kind === 'recipe' ? match.verdict.message : match.words),
    firstDose: match.kind === 'recipe' ? say(match.firstDose.message) : '',
    recipeHead: match.kind === 'recipe' ? words.recipeHead : words.toneHead,
    recipe,
    diluent:
      match.kind === 'recipe'
        ? words.diluent(whole.format(match.recipe.diluentDrops), whole.format(match.recipe.totalDrops))
        : '',
    predicted,
    sessions: plan.sessions.map((session) => say(session.words)),
    warnings: plan.warnings.map((warning) => say(warning.message)),
    mapMm,
    sheetMm,
    sheets,
    noStencil: plan.dots.trueScale && !isPrintable ? words.noStencil(whole.format(columns * rows)) : '',
    one: whole.format(1),
  };
}

const template = `
#let plan = json("/plan.json")
#set document(title: plan.title, author: "Undertone", date: none)
#set page(paper: "a4", margin: (x: 15mm, top: 16mm, bottom: 18mm), footer: context [
  #set text(size: 8pt, fill: luma(90))
  #plan.subtitle #h(1fr) #counter(page).display(plan.one + " / " + plan.one, both: true)
])
#set text(font: plan.fonts, size: 10pt, lang: plan.language)
#set par(leading: 0.6em)
#show heading: set text(weight: 600)
#show heading: set block(above: 1.2em, below: 0.6em)

#text(size: 20pt, weight: 600)[#plan.title]

#grid(columns: (1fr, 1fr, 1fr, 1fr), gutter: 4mm,
  ..("photo", "day0", "week6", "month12").map(name => {
    let label = plan.words.pictures.at(name)
    figure(image(read("/" + name, encoding: none), width: 100%, alt: label), caption: label, supplement: none, numbering: none)
  }))
#if plan.hasRange {
  grid(columns: (1fr, 1fr, 1fr, 1fr), gutter: 4mm, [],
    ..(("/light", plan.words.range.light), ("/week6", plan.words.range.expected), ("/dark", plan.words.range.dark)).map(((file, label)) =>
      figure(image(read(file, encoding: none), width: 100%, alt: label), caption: label, supplement: none, numbering: none)))
}
#text(size: 8pt, fill: luma(90))[#plan.words.noPromise]

= #plan.words.warnings
#list(..plan.warnings.map(words => [#words]))

= #plan.words.recipe
#plan.verdict
#table(columns: (1fr, auto, auto), stroke: 0.4pt + luma(180), inset: 5pt,
  ..plan.recipeHead.map(head => strong(head)), ..plan.recipe.flatten().map(cell => [#cell]))
#plan.diluent
#plan.firstDose
#if plan.predicted.len() > 0 [
  == #plan.words.predicted
  #table(columns: (auto, auto, 1fr, 1fr), stroke: 0.4pt + luma(180), inset: 5pt,
    ..plan.words.predictedHead.map(head => strong(head)),
    ..plan.predicted.flatten().map(cell => [#cell]))
]
= #plan.words.treatment
#table(columns: (auto, 1fr), stroke: none, inset: (x: 0pt, y: 3pt), column-gutter: 6mm,
  ..plan.facts.map(((name, words)) => (strong(name), [#words])).flatten())
= #plan.words.sessions
#enum(numbering: plan.one + ".", ..plan.sessions.map(words => [#words]))

#if plan.noStencil != "" [
  = #plan.words.stencil
  #plan.noStencil
]

#for sheet in plan.sheets {
  pagebreak()
  [= #plan.words.stencil #sheet.label]
  [#plan.words.print]
  v(2mm)
  box(width: 100mm, height: 4mm, {
    place(bottom + left, line(length: 100mm, stroke: 0.5pt))
    for i in range(11) {
      place(bottom + left, dx: i * 10mm, line(angle: -90deg, length: 3mm, stroke: 0.3pt))
    }
  })
  v(3mm)
  box(width: plan.sheetMm.width * 1mm, height: plan.sheetMm.height * 1mm, clip: true,
    place(top + left, dx: -sheet.x * 1mm, dy: -sheet.y * 1mm,
      image(sheet.file, width: plan.mapMm.width * 1mm, height: plan.mapMm.height * 1mm, alt: plan.words.map)))
}
`;
