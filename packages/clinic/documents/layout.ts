/**
 * How every document looks, in Typst. It reads `/document.json` and the pictures named there; no word of a document is
 * ever part of this source. Headings, lists, table headers and alternatives of pictures become tags of the PDF; what
 * repeats on every page is left out of them.
 */
export const layout = `
#let doc = json("/document.json")
#set document(title: doc.title, author: doc.clinic.name, date: none)
#let quiet = luma(95)
#set text(font: doc.fonts, size: 10.5pt, lang: doc.language, hyphenate: false)
#set par(leading: 0.68em, spacing: 0.95em)
#set page(
  paper: "a4",
  margin: (x: 15mm, top: 17mm, bottom: 19mm),
  header: context if here().page() > 1 [
    #set text(size: 8pt, fill: quiet)
    #doc.title #h(1fr) #doc.running
  ],
  footer: context [
    #set text(size: 8pt, fill: quiet)
    #doc.reference #h(1fr) #doc.words.page #counter(page).display("1 / 1", both: true)
  ],
)
#show heading: set text(weight: 600)
#show heading.where(level: 1): set text(size: 13pt)
#show heading.where(level: 2): set text(size: 11pt)
#show heading: set block(above: 1.35em, below: 0.75em, sticky: true)
#set list(indent: 2mm)
#set enum(indent: 2mm)
#show title: set text(size: 21pt, weight: 600)
#show title: set block(above: 1.1em, below: 0.8em)

#let lines(value) = value.split("\\n").map(line => [#line]).join(linebreak())
#let words(value) = {
  if type(value) == str { return lines(value) }
  for piece in value {
    if type(piece) == str { lines(piece) } else { strong(lines(piece.strong)) }
  }
}
#let facts(rows) = grid(
  columns: (auto, 1fr), column-gutter: 6mm, row-gutter: 0.75em,
  ..rows.map(((name, value)) => (text(fill: quiet, name), words(value))).flatten()
)
#let tones = (stop: rgb("#9b2d1f"), attention: rgb("#8a5a00"), info: rgb("#2b3a8c"))

#let draw(one) = {
  if one.kind == "heading" { heading(level: one.level, one.text) }
  else if one.kind == "paragraph" {
    if one.small { par(text(size: 8.5pt, fill: quiet, words(one.text))) } else { par(words(one.text)) }
  }
  else if one.kind == "list" {
    if one.numbered { enum(..one.items.map(words)) } else { list(..one.items.map(words)) }
  }
  else if one.kind == "facts" { facts(one.rows) }
  else if one.kind == "table" {
    table(
      columns: one.widths.map(width => if width == 0 { auto } else { width * 1fr }),
      align: (x, y) => (if one.align.at(x) == "end" { right } else { left }) + top,
      stroke: (x, y) => (bottom: 0.4pt + luma(170)),
      inset: (x: 4pt, y: 4.5pt),
      table.header(..one.head.map(cell => strong(cell))),
      ..one.rows.flatten().map(cell => words(cell.words)),
    )
  }
  else if one.kind == "note" {
    let tone = tones.at(one.tone)
    block(width: 100%, breakable: false, inset: (left: 4mm, y: 2.5mm, right: 3mm), stroke: (left: 2.4pt + tone), fill: luma(246), {
      text(fill: tone, strong(one.title))
      if one.items.len() == 1 { par(words(one.items.first())) } else { list(..one.items.map(words)) }
    })
  }
  else if one.kind == "pictures" {
    grid(
      columns: one.pictures.map(_ => 1fr), gutter: 4mm,
      ..one.pictures.map(picture => {
        let drawn = image(picture.file, width: if picture.widthMm == 0 { 100% } else { picture.widthMm * 1mm }, alt: picture.alt)
        if picture.caption == "" { drawn } else {
          figure(drawn, caption: text(size: 8.5pt, fill: quiet, picture.caption), supplement: none, numbering: none)
        }
      })
    )
  }
  else if one.kind == "signatures" {
    block(breakable: false, above: 2em, grid(
      columns: (1fr, 1fr), column-gutter: 12mm, row-gutter: 9mm,
      ..one.lines.map(line => {
        block(height: 16mm, width: 100%, stroke: (bottom: 0.5pt), {
          if line.file != "" { align(bottom, image(line.file, height: 15mm, width: 100%, fit: "contain", alt: line.alt)) }
        })
        v(-2mm)
        text(size: 9pt)[#line.role#if line.name != "" [: #line.name]#if line.at != "" [ #linebreak() #line.at]]
      })
    ))
  }
  else if one.kind == "page-break" { pagebreak(weak: true) }
  else if one.kind == "stencil" {
    for sheet in one.sheets {
      pagebreak(weak: true)
      heading(level: 1)[#doc.words.stencil #sheet.label]
      par(doc.words.printAtFullSize)
      box(width: 100mm, height: 4mm, {
        place(bottom + left, line(length: 100mm, stroke: 0.5pt))
        for i in range(11) { place(bottom + left, dx: i * 10mm, line(angle: -90deg, length: 3mm, stroke: 0.3pt)) }
      })
      v(3mm)
      box(width: one.sheetMm.width * 1mm, height: one.sheetMm.height * 1mm, clip: true,
        place(top + left, dx: -sheet.x * 1mm, dy: -sheet.y * 1mm,
          image(one.file, width: one.widthMm * 1mm, height: one.heightMm * 1mm, alt: one.alt)))
    }
  }
}

#if doc.clinic.name != "" {
  grid(columns: (1fr, auto), column-gutter: 8mm,
    text(size: 12pt, weight: 600, doc.clinic.name),
    align(right, text(size: 8.5pt, fill: quiet, doc.clinic.lines.map(line => [#line]).join(linebreak()))))
  line(length: 100%, stroke: 0.6pt)
}
#title()
#if doc.facts.len() > 0 { facts(doc.facts) }

#for one in doc.blocks { draw(one) }

#if doc.review != "" or doc.sources.len() > 0 {
  v(1.2em)
  line(length: 30%, stroke: 0.4pt + quiet)
  set text(size: 8.5pt, fill: quiet)
  if doc.review != "" { par(doc.review) }
  if doc.sources.len() > 0 {
    par(strong(doc.words.sources))
    list(..doc.sources.map(source => [#source]))
  }
}
`;
