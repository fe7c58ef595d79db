// Derived by tools/derive-skin-tables.ts from fixtures/data; do not edit. Origin: fixtures/data/SOURCES.md

/** Molar extinction (decadic), cm-1/M, 400 to 700 nm every 10 nm, averaged over each band. Prahl's compilation. */
export const oxyhaemoglobinPerCmM: readonly number[] = [
  273351, 444354, 454155, 250738, 110978, 64429.6, 44839.6, 33608.8, 26980.5, 23595.2, 21076, 20325.7,
  25215.9, 39742.9, 50973.7, 43214.9, 34417, 44606.6, 45570.4, 17032.8, 3990.25, 1553.54, 951.86, 616.97,
  445.995, 368.944, 321.61, 294.471, 278.405, 276.791, 290.425,
];

export const deoxyhaemoglobinPerCmM: readonly number[] = [
  226866, 306069, 409896, 515576, 412311, 132446, 25852.2, 16547.9, 14942.3, 16867.5, 20922.4, 25906.8,
  31786.3, 39020, 46622.9, 52845.7, 52686.3, 45211.1, 37138.5, 27789.9, 15916.1, 9672.81, 6624.2, 5188.21,
  4350.13, 3753.03, 3238.21, 2798.53, 2408.32, 2065.56, 1793.07,
];
