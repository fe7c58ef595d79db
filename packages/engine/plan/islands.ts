/** The pieces a region falls into, by the cells of its map. */
export interface Islands {
  readonly count: number;
  /** Index of the piece of each cell, in the order their first cells are read; only cells of the region count. */
  readonly ofCell: Uint32Array;
}

interface Run {
  readonly start: number;
  readonly end: number;
  readonly first: number;
}

/**
 * Pieces of the cells above 0 that touch at a side or a corner (runs of each row, joined by union-find). Undefined when
 * there is one piece or none, as usual.
 */
export function islandsOf(values: Float32Array, widthPx: number, heightPx: number): Islands | undefined {
  const parent: number[] = [];
  const root = (run: number): number => {
    let at = run;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  };
  const runs: Run[] = [];
  let above = 0;
  let aboveEnd = 0;
  for (let y = 0; y < heightPx; y++) {
    const row = y * widthPx;
    let near = above;
    for (let x = 0; x < widthPx; x++) {
      if (values[row + x] <= 0) continue;
      const start = x;
      while (x < widthPx && values[row + x] > 0) x++;
      const index = runs.length;
      runs.push({ start, end: x, first: row });
      parent.push(index);
      while (near < aboveEnd && runs[near].end < start) near++;
      for (let k = near; k < aboveEnd && runs[k].start <= x; k++) {
        const [a, b] = [root(k), root(index)];
        // The lower index stays, so that pieces are counted in the order they are met.
        parent[Math.max(a, b)] = Math.min(a, b);
      }
    }
    above = aboveEnd;
    aboveEnd = runs.length;
  }
  const number = new Map<number, number>();
  runs.forEach((_, index) => {
    if (parent[index] === index) number.set(index, number.size);
  });
  if (number.size < 2) return undefined;
  const ofCell = new Uint32Array(widthPx * heightPx);
  runs.forEach(({ start, end, first }, index) => {
    ofCell.fill(number.get(root(index)) as number, first + start, first + end);
  });
  return { count: number.size, ofCell };
}
