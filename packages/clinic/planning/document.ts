import type { PlanDocument } from '@undertone/engine/plan/index.ts';
import { documentFonts, type Typesetter } from '../platform/pdf.ts';

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

/**
 * The plan on paper: what was found, recipe, sessions, predicted pictures, warnings; then the stencil at 1:1, over as
 * many sheets as it needs, each with a 100 mm ruler to check the printer by. Same input, same bytes.
 */
export function planPdf(
  typesetter: Typesetter,
  plan: PlanDocument,
  mapSvg: string,
  pictures: PlanPictures,
): Promise<Uint8Array> {
  const utf8 = (text: string) => new TextEncoder().encode(text);
  return typesetter.pdf(template, {
    '/plan.json': utf8(
      JSON.stringify({ ...printed(plan, mapSvg), hasRange: pictures.week6Range !== undefined }),
    ),
    ...(pictures.week6Range
      ? { '/light': pictures.week6Range.light, '/dark': pictures.week6Range.dark }
      : {}),
    '/map.svg': utf8(mapSvg),
    '/photo': pictures.photo,
    '/day0': pictures.day0,
    '/week6': pictures.week6,
    '/month12': pictures.month12,
  });
}

/** Rows of text for the template: every decision is made here, none in the layout. */
function printed(plan: PlanDocument, mapSvg: string) {
  const [, width, height] = /width="([\d.]+)(?:mm)?" height="([\d.]+)(?:mm)?"/.exec(mapSvg) ?? [];
  const mapMm = { width: Number(width), height: Number(height) };
  const columns = Math.ceil(mapMm.width / sheetMm.width);
  const rows = Math.ceil(mapMm.height / sheetMm.height);
  const sheets = plan.dots.trueScale
    ? Array.from({ length: columns * rows }, (_, i) => ({
        x: (i % columns) * sheetMm.width,
        y: Math.floor(i / columns) * sheetMm.height,
        label: columns * rows === 1 ? '' : `row ${Math.floor(i / columns) + 1}, column ${(i % columns) + 1}`,
      }))
    : [];
  const { needle, dots, match } = plan;
  const n = (value: number, digits = 3) => String(Number(value.toPrecision(digits)));
  const recipe =
    match.kind === 'recipe'
      ? match.recipe.parts.map((part) => [
          part.name + (part.letDown === 10 ? ' (let down 1:9)' : ''),
          `${n(part.parts01 * 100)} %`,
          `${part.drops}`,
        ])
      : match.tones.map((tone) => [tone.tone, `${n(tone.share01 * 100)} %`, `1 : ${tone.diluentParts}`]);
  const predicted =
    match.kind === 'recipe'
      ? match.predicted
          .filter((p) => p.state === 'week6' || p.state === 'month12')
          .map((p) => [
            p.state === 'week6' ? 'week 6' : 'month 12',
            p.illuminant,
            `${p.lab.L.toFixed(1)}, ${p.lab.a.toFixed(1)}, ${p.lab.b.toFixed(1)}`,
            `${p.deltaE00.expected.toFixed(1)} (${p.deltaE00.low90.toFixed(1)}-${p.deltaE00.high90.toFixed(1)})`,
          ])
      : [];
  return {
    fonts: documentFonts,
    title: `Treatment plan: ${plan.treatment}`,
    subtitle: `Engine ${plan.engineVersion}, seed ${plan.inputs.seed}, photo ${plan.inputs.photo.sha256.slice(0, 12)}`,
    facts: [
      ['Region', plan.region.words],
      [
        'Needle',
        `${needle.needle}; ${needle.depthMm.low}-${needle.depthMm.high} mm (${needle.depthNote}); ${needle.passes.low}-${needle.passes.high} passes`,
      ],
      ['Dots', dots.words],
      [
        'Time',
        dots.minutes
          ? `${dots.minutes.low}-${dots.minutes.high} minutes in all`
          : 'not known without the scale',
      ],
      ['Stop rule', needle.stopRule],
      ['Sources', `${needle.source}; ${dots.source}. Unreviewed.`],
    ],
    verdict: match.kind === 'recipe' ? match.verdict.message : match.words,
    firstDose: match.kind === 'recipe' ? match.firstDose.message : '',
    recipeHead:
      match.kind === 'recipe' ? ['Pigment', 'Parts', 'Drops'] : ['Tone', 'Share of dots', 'Black : diluent'],
    recipe,
    diluent:
      match.kind === 'recipe'
        ? `Diluent ${match.recipe.diluentDrops} drops, ${match.recipe.totalDrops} drops in all.`
        : '',
    predicted,
    sessions: plan.sessions.map((s) => s.words),
    warnings: plan.warnings.map((w) => w.message),
    mapMm,
    sheetMm,
    sheets,
  };
}

const template = `
#let plan = json("/plan.json")
#set document(title: plan.title, author: "Undertone", date: none)
#set page(paper: "a4", margin: (x: 15mm, top: 16mm, bottom: 18mm), footer: context [
  #set text(size: 8pt, fill: luma(90))
  #plan.subtitle #h(1fr) #counter(page).display("1 / 1", both: true)
])
#set text(font: plan.fonts, size: 10pt, lang: "en")
#set par(leading: 0.6em)
#show heading: set text(weight: 600)
#show heading: set block(above: 1.2em, below: 0.6em)

#text(size: 20pt, weight: 600)[#plan.title]

#grid(columns: (1fr, 1fr, 1fr, 1fr), gutter: 4mm,
  ..(("/photo", "now"), ("/day0", "day 0"), ("/week6", "week 6"), ("/month12", "month 12")).map(((file, label)) =>
    figure(image(read(file, encoding: none), width: 100%, alt: label), caption: label, supplement: none, numbering: none)))
#if plan.hasRange {
  grid(columns: (1fr, 1fr, 1fr, 1fr), gutter: 4mm, [],
    ..(("/light", "week 6, light end"), ("/week6", "week 6, expected"), ("/dark", "week 6, dark end")).map(((file, label)) =>
      figure(image(read(file, encoding: none), width: 100%, alt: label), caption: label, supplement: none, numbering: none)))
}
#text(size: 8pt, fill: luma(90))[Pictures show likely outcomes within a range; they are no promise.]

= Recipe
#plan.verdict
#table(columns: (1fr, auto, auto), stroke: 0.4pt + luma(180), inset: 5pt,
  ..plan.recipeHead.map(head => strong(head)), ..plan.recipe.flatten().map(cell => [#cell]))
#plan.diluent
#plan.firstDose
#if plan.predicted.len() > 0 [
  == Predicted healed colour
  #table(columns: (auto, auto, 1fr, 1fr), stroke: 0.4pt + luma(180), inset: 5pt,
    [*When*], [*Light*], [*L\\*, a\\*, b\\**], [*ΔE00 to the skin around (90 of 100)*],
    ..plan.predicted.flatten().map(cell => [#cell]))
]
= Treatment
#table(columns: (auto, 1fr), stroke: none, inset: (x: 0pt, y: 3pt), column-gutter: 6mm,
  ..plan.facts.map(((name, words)) => (strong(name), [#words])).flatten())
= Sessions
#enum(..plan.sessions.map(words => [#words]))
= Read this first
#list(..plan.warnings.map(words => [#words]))

#for sheet in plan.sheets {
  pagebreak()
  [= Stencil at 1:1 #sheet.label]
  [Print at 100 %, without fitting to the page. The line below must measure exactly 100 mm.]
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
      image("/map.svg", width: plan.mapMm.width * 1mm, height: plan.mapMm.height * 1mm, alt: "dot map")))
}
`;
