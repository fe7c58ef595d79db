import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { Client } from 'pg';

const mark = '/* kept plan */';

/**
 * Written at the very start of a statement that is asked often and costs about as much to plan as to run: every connection
 * then plans it once (a named prepared statement) instead of each time. Only for statements whose text never varies, since
 * a connection keeps each text for as long as it lives.
 */
export const keepPlan = sql.raw(mark);

/** A connection of the driver that prepares what carries {@link keepPlan}. */
export class PlanKeepingClient extends Client {
  readonly #names = new Map<string, string>();

  // The driver declares nine ways to call this; all but the one with a text and its values pass untouched.
  override query = ((text: unknown, ...rest: unknown[]): unknown => {
    const plainly = (...given: unknown[]) => (super.query as (...all: unknown[]) => unknown)(...given);
    if (typeof text !== 'string' || !text.startsWith(mark)) return plainly(text, ...rest);
    let name = this.#names.get(text);
    if (name === undefined) {
      name = `kept_${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`;
      this.#names.set(text, name);
    }
    const [values, ...callback] = rest;
    return plainly({ name, text, values }, ...callback);
  }) as Client['query'];
}
