/** Light: spectra, illuminants, observers, colour spaces and colour differences. Imports nothing. */
export * from './ciede2000.ts';
export * from './colour.ts';
export * from './rgb.ts';
export * from './spectrum.ts';
