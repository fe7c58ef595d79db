/** Largest preview picture a booking takes along, in bytes and pixels. Alone, for pages that load no schema. */
export const pictureMostBytes = 700_000;
export const pictureMostPixels = 2_000_000;
