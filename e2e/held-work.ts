import type { Page } from 'playwright-core';

/** What is held back of a worker's messages: all after a job of this kind began, or after it told this step. */
export interface Hold {
  readonly kind: string;
  readonly step?: string;
}

/**
 * Puts a hand between the page and its workers, so that a step lasts until it has been given up, and its answer comes late:
 * {@link holdWork} keeps messages back, {@link releaseWork} lets them go. To be called before the page is opened.
 */
export async function interceptWork(page: Page): Promise<void> {
  await page.addInitScript(() => {
    type Listener = (event: MessageEvent) => void;
    const held: (() => void)[] = [];
    const hands = {
      hold: undefined as { kind: string; step?: string } | undefined,
      fail: undefined as string | undefined,
      held,
    };
    Object.assign(globalThis, { undertoneHands: hands });
    const Real = globalThis.Worker;
    globalThis.Worker = class extends Real {
      #kind = '';
      #isHeld = false;
      override postMessage(message: unknown, transfer: never): void {
        const { kind = 'photo', type } = message as { kind?: string; type?: string };
        if (kind === hands.fail) {
          this.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
          return;
        }
        if (type !== 'cancel') {
          this.#kind = kind;
          this.#isHeld = hands.hold?.kind === kind && hands.hold.step === undefined;
        }
        super.postMessage(message, transfer);
      }
      override addEventListener(type: string, listener: never, options?: never): void {
        if (type !== 'message') return super.addEventListener(type, listener, options);
        super.addEventListener(type, ((event: MessageEvent) => {
          const hear = () => (listener as Listener)(event);
          const { step, type: told } = event.data as { step?: string; type: string };
          if (this.#isHeld) held.push(hear);
          else hear();
          if (told === 'progress' && hands.hold?.kind === this.#kind && hands.hold.step === step)
            this.#isHeld = true;
        }) as never);
      }
    };
  });
}

export async function holdWork(page: Page, hold: Hold): Promise<void> {
  await page.evaluate((wanted) => {
    (globalThis as unknown as { undertoneHands: { hold: Hold } }).undertoneHands.hold = wanted;
  }, hold);
}

/** From now on workers die of jobs of this kind, as of too little memory; of none without it. */
export async function failWork(page: Page, kind?: string): Promise<void> {
  await page.evaluate((wanted) => {
    const { undertoneHands } = globalThis as unknown as { undertoneHands: { fail: string | undefined } };
    undertoneHands.fail = wanted;
  }, kind);
}

/** Nothing is held any more, and what was comes now. @returns how many messages came late */
export function releaseWork(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { undertoneHands } = globalThis as unknown as {
      undertoneHands: { hold: undefined; held: (() => void)[] };
    };
    undertoneHands.hold = undefined;
    const late = undertoneHands.held.splice(0);
    for (const hear of late) hear();
    // What a late answer would change is on the screen after two frames.
    for (let n = 0; n < 2; n += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    return late.length;
  });
}

/** Waits until a message is held: the worker has come so far. */
export async function untilHeld(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      (globalThis as unknown as { undertoneHands: { held: readonly unknown[] } }).undertoneHands.held.length >
      0,
    undefined,
    { timeout: 60_000 },
  );
}
