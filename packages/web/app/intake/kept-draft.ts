/**
 * What was typed, on the device, until the clinic has all of it. Local storage and not IndexedDB: it is written before the next
 * letter can be typed, so that a lid closed in the middle of a word loses nothing.
 */
import { type Draft, draftSchema } from '@undertone/clinic/intake/schema.ts';

const keyOf = (formId: string) => `undertone-intake-${formId}`;

export function keepDraft(formId: string, draft: Draft): boolean {
  try {
    localStorage.setItem(keyOf(formId), JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

export function keptDraft(formId: string): Draft {
  try {
    const read = draftSchema.safeParse(JSON.parse(localStorage.getItem(keyOf(formId)) ?? '{}'));
    return read.success ? read.data : {};
  } catch {
    return {};
  }
}

const aheadKeyOf = (formId: string) => `undertone-intake-ahead-${formId}`;

/** How far the clinic's clock is ahead of this device's, ms: a page opened without a line cannot ask. */
export function keepAhead(formId: string, aheadMs: number): void {
  try {
    localStorage.setItem(aheadKeyOf(formId), String(Math.round(aheadMs)));
  } catch {
    // Without storage there is no page to open without a line either.
  }
}

export function keptAhead(formId: string): number {
  try {
    return Number(localStorage.getItem(aheadKeyOf(formId)) ?? 0) || 0;
  } catch {
    return 0;
  }
}

export function forgetDraft(formId: string): void {
  try {
    localStorage.removeItem(keyOf(formId));
    localStorage.removeItem(aheadKeyOf(formId));
  } catch {
    // Nothing was kept.
  }
}
