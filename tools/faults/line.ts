import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** How a line behaves; may be changed while it carries. */
export interface LineState {
  /** Where it leads on this machine. */
  port: number;
  /** Milliseconds each piece of bytes takes in either direction. */
  lagMs: number;
  /** Bytes a second and direction. */
  bytesPerSecond: number;
  /** Nothing arrives, and nobody is told: as with a cable pulled out behind the next switch. */
  isSilent: boolean;
}

export interface Line {
  readonly port: number;
  readonly state: LineState;
  /** Cuts what is open; new connections are taken. */
  cut(): void;
  close(): void;
}

/** A line before a server on this machine that can be slow, silent, cut, or lead elsewhere. */
export async function openLine(initial: Partial<LineState> & Pick<LineState, 'port'>): Promise<Line> {
  const state: LineState = {
    lagMs: 0,
    bytesPerSecond: Number.POSITIVE_INFINITY,
    isSilent: false,
    ...initial,
  };
  const open = new Set<Socket>();
  const carry = async (from: Socket, to: Socket) => {
    // Pieces arrive in their order, each not before its lag; the line is busy with each for its length.
    let freeMs = 0;
    for await (const piece of from as AsyncIterable<Buffer>) {
      const beginsMs = Math.max(freeMs, performance.now());
      freeMs = beginsMs + (piece.length / state.bytesPerSecond) * 1000;
      const arrivesMs = freeMs + state.lagMs;
      if (arrivesMs > performance.now()) await pause(arrivesMs - performance.now());
      while (state.isSilent) await pause(20);
      if (!to.write(piece)) await new Promise((resolve) => to.once('drain', resolve).once('close', resolve));
    }
    to.end();
  };
  const server = createServer((near) => {
    const far = connect(state.port, '127.0.0.1');
    for (const socket of [near, far]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on('close', () => open.delete(socket));
      socket.on('error', () => [near, far].forEach((one) => void one.destroy()));
    }
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const)
      carry(from, to).catch(() => [near, far].forEach((one) => void one.destroy()));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const cut = () => open.forEach((socket) => void socket.destroy());
  return {
    port: (server.address() as { port: number }).port,
    state,
    cut,
    close: () => {
      server.close();
      cut();
    },
  };
}
