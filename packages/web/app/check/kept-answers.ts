/** The self-check's answers on the visitor's device: in this tab only, gone when it is closed. */
const key = 'undertone-self-check';

export interface KeptAnswers {
  readonly treatment: string;
  readonly answers: unknown;
}

export function keepAnswers(kept: KeptAnswers): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // A browser that refuses storage forgets the answers; the booking works without them.
  }
}

export function keptAnswers(): KeptAnswers | undefined {
  try {
    const text = sessionStorage.getItem(key);
    return text === null ? undefined : (JSON.parse(text) as KeptAnswers);
  } catch {
    return undefined;
  }
}

export function forgetAnswers(): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}
