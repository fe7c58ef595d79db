import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { Client, Submittable } from 'pg';

/*
 * COPY over the driver's own connection (PostgreSQL documentation, 54.2.6): rows of a table as lines of text, out of one
 * server and into another, whatever their versions. Nothing is held whole in memory.
 */

// The driver knows the protocol's messages but does not show them in its types.
interface Wire {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  readonly stream: Socket;
}

/** Rows that wait to be taken, in bytes, before the server is asked to wait. */
const mostWaiting = 4 * 1024 * 1024;

const ignore = () => undefined;

/** A statement of its own in the driver's queue, with what this module wants to hear of it. */
function statement(text: string, heard: object): Submittable {
  return {
    submit: (connection: unknown) => (connection as Wire).query(text),
    handleCommandComplete: ignore,
    handleRowDescription: ignore,
    handleDataRow: ignore,
    handleEmptyQuery: ignore,
    ...heard,
  } as Submittable;
}

/** The lines of `copy … to stdout`, in parts that end with a line. @throws what the server refuses it with */
export async function* copyOut(client: Client, text: string): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = [];
  let bytes = 0;
  let over: { readonly error?: unknown } | undefined;
  let isWanted = true;
  let wake: () => void = ignore;
  const { stream } = (client as unknown as { connection: Wire }).connection;
  client.query(
    statement(text, {
      handleCopyData({ chunk }: { readonly chunk: Buffer }) {
        if (!isWanted) return;
        // The driver uses its buffer again.
        waiting.push(Buffer.from(chunk));
        bytes += chunk.length;
        if (bytes > mostWaiting) stream.pause();
        wake();
      },
      handleError(error: unknown) {
        over = { error };
        wake();
      },
      handleReadyForQuery() {
        over ??= {};
        wake();
      },
    }),
  );
  try {
    for (;;) {
      if (waiting.length > 0) {
        const part = Buffer.concat(waiting);
        waiting = [];
        bytes = 0;
        stream.resume();
        yield part;
      } else if (over !== undefined) {
        if (over.error !== undefined) throw over.error;
        return;
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    // Left early: what the server still sends is let pass.
    isWanted = false;
    stream.resume();
  }
}

export interface CopyIn {
  write(part: Buffer): Promise<void>;
  /** @throws what the server refuses the rows with */
  end(): Promise<void>;
}

/** Begins `copy … from stdin`. */
export async function copyIn(client: Client, text: string): Promise<CopyIn> {
  const begun = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  ended.promise.catch(ignore);
  client.query(
    statement(text, {
      handleCopyInResponse: () => begun.resolve(),
      handleError(error: Error) {
        begun.reject(error);
        ended.reject(error);
      },
      handleReadyForQuery: () => ended.resolve(),
    }),
  );
  await begun.promise;
  const wire = (client as unknown as { connection: Wire }).connection;
  return {
    async write(part) {
      wire.sendCopyFromChunk(part);
      if (wire.stream.writableNeedDrain) await Promise.race([once(wire.stream, 'drain'), ended.promise]);
    },
    async end() {
      wire.endCopyFrom();
      await ended.promise;
    },
  };
}
