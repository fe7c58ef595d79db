import type { Server } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ServeStatic } from './static.ts';

export interface DevServer {
  /** Vite's own files, modules and hot reload. */
  readonly serveStatic: ServeStatic;
  /** The routes as the sources stand now. */
  loadApp(): Promise<unknown>;
  close(): Promise<void>;
}

/** Serves from the sources. Vite is imported here only: production starts without it. */
export async function openDevServer(httpServer: Server): Promise<DevServer> {
  const { createServer } = await import('vite');
  const vite = await createServer({
    configFile: join(dirname(dirname(fileURLToPath(import.meta.url))), 'vite.config.ts'),
    server: { middlewareMode: true, hmr: { server: httpServer } },
    appType: 'custom',
    clearScreen: false,
  });
  return {
    serveStatic: (req, res) =>
      new Promise((resolve, reject) => {
        res.once('finish', () => resolve(true));
        res.once('close', () => resolve(true));
        vite.middlewares(req, res, (error?: unknown) => (error ? reject(error as Error) : resolve(false)));
      }),
    loadApp: () => vite.ssrLoadModule('virtual:react-router/server-build'),
    close: () => vite.close(),
  };
}
