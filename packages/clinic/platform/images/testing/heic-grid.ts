/**
 * Puts tiles together to one HEIC as phones write it: a `grid` item over hidden coded tiles, the last column and row cut at the
 * picture's edge, turned by the container (ISO/IEC 23008-12, 6.6.2.3).
 */
import { boxes, boxOf, fullBoxOf, only, u16, u32 } from './heic-boxes.ts';

export interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** Of the stored picture; at most the tiles' together, and more than without the last column and row. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** Anticlockwise. */
  readonly quarterTurns: 0 | 1 | 2 | 3;
}

/** What a HEIC of one picture, as heif-enc writes it, holds: its decoder's settings and its coded bytes. */
function codedOf(heic: Buffer): { readonly settings: Buffer; readonly size: Buffer; readonly coded: Buffer } {
  const top = boxes(heic, 0, heic.length);
  const meta = only(top, 'meta');
  const iprp = only(boxes(heic, meta.at + 12, meta.end), 'iprp');
  const ipco = only(boxes(heic, iprp.at + 8, iprp.end), 'ipco');
  const properties = boxes(heic, ipco.at + 8, ipco.end);
  const of = (kind: string) => {
    const { at, end } = only(properties, kind);
    return heic.subarray(at, end);
  };
  const mdat = only(top, 'mdat');
  return { settings: of('hvcC'), size: of('ispe'), coded: heic.subarray(mdat.at + 8, mdat.end) };
}

/** One HEIC of `columns` times `rows` tiles of equal size, row by row. */
export function gridHeic(
  tiles: readonly Buffer[],
  { columns, rows, widthPx, heightPx, quarterTurns }: Grid,
): Buffer {
  if (tiles.length !== columns * rows) throw new Error(`${columns} x ${rows} tiles are needed.`);
  const all = tiles.map(codedOf);
  const gridId = tiles.length + 1;
  const ids = all.map((_, n) => n + 1);
  const hidden = 1;
  const infe = (id: number, type: string, flags: number) =>
    fullBoxOf('infe', 2, flags, u16(id), u16(0), Buffer.from(`${type}\0`, 'latin1'));
  const descriptor = [0, 0, rows - 1, columns - 1, ...u16(widthPx), ...u16(heightPx)];

  // Properties: each tile's settings, the size of all, then the grid's size and turn.
  const [first] = all;
  if (!first) throw new Error('A grid has tiles.');
  const sizeAt = all.length + 1;
  const properties = boxOf(
    'ipco',
    ...all.map(({ settings }) => settings),
    first.size,
    fullBoxOf('ispe', 0, 0, u32(widthPx), u32(heightPx)),
    boxOf('irot', [quarterTurns]),
  );
  const essential = 0x80;
  const associations = fullBoxOf(
    'ipma',
    0,
    0,
    u32(gridId),
    ids.flatMap((id) => [...u16(id), 2, essential | id, sizeAt]),
    [...u16(gridId), 2, sizeAt + 1, essential | (sizeAt + 2)],
  );
  const metaOf = (codedAt: number) => {
    let at = codedAt;
    const places = all.map(({ coded }, n) => {
      const place = [...u16(n + 1), ...u16(0), ...u16(0), ...u16(1), ...u32(at), ...u32(coded.length)];
      at += coded.length;
      return place;
    });
    // The descriptor lies in the `idat` box, as phones put it: construction method 1.
    const own = [...u16(gridId), ...u16(1), ...u16(0), ...u16(1), ...u32(0), ...u32(descriptor.length)];
    return fullBoxOf(
      'meta',
      0,
      0,
      fullBoxOf('hdlr', 0, 0, u32(0), Buffer.from('pict', 'latin1'), Buffer.alloc(13)),
      fullBoxOf('pitm', 0, 0, u16(gridId)),
      fullBoxOf(
        'iinf',
        0,
        0,
        u16(gridId),
        ...ids.map((id) => infe(id, 'hvc1', hidden)),
        infe(gridId, 'grid', 0),
      ),
      fullBoxOf('iref', 0, 0, boxOf('dimg', u16(gridId), u16(ids.length), ids.flatMap(u16))),
      boxOf('iprp', properties, associations),
      boxOf('idat', descriptor),
      fullBoxOf('iloc', 1, 0, [0x44, 0x00], u16(gridId), ...places, own),
    );
  };
  const ftyp = boxOf('ftyp', Buffer.from('heic\0\0\0\0mif1heic', 'latin1'));
  // Where the coded bytes lie does not change how long the boxes before them are.
  const codedAt = ftyp.length + metaOf(0).length + 8;
  return Buffer.concat([ftyp, metaOf(codedAt), boxOf('mdat', ...all.map(({ coded }) => coded))]);
}
