import { fileURLToPath } from 'node:url';
import { reactRouter } from '@react-router/dev/vite';
import { defineConfig, type Plugin } from 'vite';
import { everySaying } from './app/shared/every-saying.ts';

/** `virtual:sayings/hi`: what the engine and the commands say, English templates with their Hindi and no other language. */
function sayingsOfOneLanguage(): Plugin {
  const name = /^\0?virtual:sayings\/(hi|bn|ne)$/;
  return {
    name: 'sayings-of-one-language',
    resolveId: (id) => (name.test(id) ? `\0${id}` : undefined),
    load(id) {
      const language = name.exec(id)?.[1] as 'hi' | 'bn' | 'ne' | undefined;
      if (!language) return undefined;
      const own = everySaying.map((saying) => ({ en: saying.en, [language]: saying[language] }));
      return `export const sayings = ${JSON.stringify(own)};`;
    },
  };
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [reactRouter(), sayingsOfOneLanguage()],
  worker: { format: 'es' },
  build: {
    // Inlined assets would need `data:` in the content security policy.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
});
