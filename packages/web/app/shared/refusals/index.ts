/**
 * What commands say when they refuse, for the pages that show their sentence as it is. Commands write English, as the
 * engine does, and the same catalogue machine finds it again. Pages with words of their own for a reason keep them.
 * Translations are unread by native speakers, as those of the pages are.
 */
import type { Saying } from '@undertone/engine/words/index.ts';
import { deskRefusals } from './desk.ts';
import { planRefusals } from './plans.ts';
import { resultRefusals } from './results.ts';

export const refusals: readonly Saying[] = [...deskRefusals, ...planRefusals, ...resultRefusals];
