/** Size of a chart and the margins around what it plots, in its own units. */
export const frame = { width: 720, height: 320, left: 56, right: 16, top: 12, bottom: 44 } as const;
