import { EventEmitter } from 'node:events';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stopOnSignal } from './stop-on-signal.ts';

/** A process that is told things at times of our own; what it takes down is never done by itself. */
function running() {
  const signals = new EventEmitter();
  const seen = { stops: 0, drains: false, exits: [] as (number | undefined)[] };
  let atMs = 0;
  let settle: (failure?: Error) => void = () => undefined;
  const stopping = stopOnSignal({ signals, exit: (code) => void seen.exits.push(code), nowMs: () => atMs });
  stopping.onSignal((leave) => {
    seen.stops++;
    seen.drains = !leave.aborted;
    leave.addEventListener('abort', () => (seen.drains = false));
    return new Promise((resolve, reject) => {
      settle = (failure) => (failure === undefined ? resolve() : reject(failure));
    });
  });
  return {
    seen,
    stopping,
    signals,
    tell: (signal: NodeJS.Signals, afterMs = 0) => {
      atMs += afterMs;
      signals.emit(signal, signal);
    },
    done: async (failure?: Error) => {
      settle(failure);
      await new Promise(setImmediate);
    },
  };
}

describe('a process that is told to stop', () => {
  it('drains for SIGTERM, and is not cut short by any number more of them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(60_000), { minLength: 1, maxLength: 8 }), async (pausesMs) => {
        const one = running();
        for (const pauseMs of pausesMs) one.tell('SIGTERM', pauseMs);
        expect(one.seen).toEqual({ stops: 1, drains: true, exits: [] });
        await one.done();
        expect(one.seen.exits).toEqual([undefined]);
      }),
    );
  });

  it('never drains for Ctrl-C; a repeat within two seconds is the same wish, a later one leaves at once', () => {
    const one = running();
    one.tell('SIGINT');
    one.tell('SIGINT', 1900);
    expect(one.seen).toEqual({ stops: 1, drains: false, exits: [] });
    one.tell('SIGINT', 200);
    expect(one.seen).toEqual({ stops: 1, drains: false, exits: [1] });
  });

  it('ends the drain of a SIGTERM at the first Ctrl-C, in order, and leaves at once at a later one', () => {
    const one = running();
    one.tell('SIGTERM');
    expect(one.seen.drains).toBe(true);
    one.tell('SIGINT', 30_000);
    expect(one.seen).toEqual({ stops: 1, drains: false, exits: [] });
    one.tell('SIGTERM', 30_000);
    expect(one.seen.exits).toEqual([]);
    one.tell('SIGINT');
    expect(one.seen.exits).toEqual([1]);
  });

  it('stops without a drain when its terminal is closed, and once however often it hears of it', () => {
    const one = running();
    one.tell('SIGHUP');
    one.tell('SIGHUP', 10_000);
    one.stopping.now();
    expect(one.seen).toEqual({ stops: 1, drains: false, exits: [] });
  });

  it('ends with 1 when something could not be taken down, and listens no more once it is told to forget', async () => {
    const one = running();
    one.tell('SIGTERM');
    await one.done(new Error('a sample failure'));
    expect(one.seen.exits).toEqual([1]);
    one.stopping.forget();
    expect(one.signals.eventNames()).toEqual([]);
  });
});
