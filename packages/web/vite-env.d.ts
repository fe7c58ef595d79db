/// <reference types="vite/client" />

/** One language of what the engine and the commands say; made by `vite.config.ts`. */
declare module 'virtual:sayings/*' {
  export const sayings: readonly import('@undertone/engine/words/template.ts').SomeSaying[];
}
