/**
 * What the booking form does with scripts: offers the self-check's answers and the preview picture, each by a tick of its
 * own, and works against robots in time.
 */
import { keptAnswers } from '../check/kept-answers.ts';
import { fileOf, keptPicture } from '../preview/kept-picture.ts';
import { solveWork, type WorkChallenge } from './proof-of-work.ts';

const form = document.querySelector<HTMLFormElement>('[data-booking-form]');
if (form) run(form);

function run(page: HTMLFormElement): void {
  const field = (name: string) => page.elements.namedItem(name) as HTMLInputElement | null;
  const send = page.querySelector<HTMLButtonElement>('[data-send]') as HTMLButtonElement;
  const state = page.querySelector<HTMLElement>('[data-checking]') as HTMLElement;
  const lost = page.querySelector<HTMLElement>('[data-lost]') as HTMLElement;
  const proof = field('altcha') as HTMLInputElement;
  let work: Promise<string | undefined> | undefined;
  let sending = false;

  const kept = keptAnswers();
  const offer = page.querySelector<HTMLElement>('[data-share]');
  const treatment = offer?.dataset.treatment;
  if (offer && kept !== undefined && (treatment === '' || treatment === kept.treatment)) {
    offer.hidden = false;
    // The answers enter the form with the tick and leave it with the tick.
    field('share')?.addEventListener('change', putAnswers);
    putAnswers();
  }

  function putAnswers(): void {
    const answers = field('answers');
    if (answers) answers.value = field('share')?.checked && kept ? JSON.stringify(kept) : '';
  }

  const picture = keptPicture();
  const pictureOffer = page.querySelector<HTMLElement>('[data-picture]');
  if (pictureOffer && picture !== undefined) {
    pictureOffer.hidden = false;
    const shown = pictureOffer.querySelector<HTMLImageElement>('[data-picture-shown]');
    if (shown) shown.src = picture.address;
    field('sendPicture')?.addEventListener('change', putPicture);
    putPicture();
  }

  /** The picture enters the form with its tick and leaves it with it. */
  function putPicture(): void {
    const file = field('picture');
    const shows = field('pictureShows');
    if (!file || !shows || picture === undefined) return;
    const sends = field('sendPicture')?.checked === true;
    const files = new DataTransfer();
    if (sends) files.items.add(fileOf(picture));
    file.files = files.files;
    shows.value = sends ? JSON.stringify(picture.shows) : '';
  }

  async function prepare(): Promise<string | undefined> {
    try {
      const reply = await fetch('/api/v1/challenge');
      return reply.ok ? await solveWork((await reply.json()) as WorkChallenge) : undefined;
    } catch {
      return undefined;
    }
  }

  // Most people need longer to type their name than their device needs for the work.
  page.addEventListener('focusin', () => void (work ??= prepare()), { once: true });

  page.addEventListener('submit', (event) => {
    if (proof.value !== '') return;
    event.preventDefault();
    if (sending) return;
    sending = true;
    send.setAttribute('aria-disabled', 'true');
    state.hidden = false;
    lost.hidden = true;
    void sendWhole();
  });

  async function sendWhole(): Promise<void> {
    // The line may have been away when the first field was entered.
    const solved = (await (work ??= prepare())) ?? (await (work = prepare()));
    if (!(await hasLine())) {
      rest();
      lost.hidden = false;
      return;
    }
    proof.value = solved ?? '';
    // Without a solution the request still goes out, and becomes a call-back.
    page.submit();
  }

  function rest(): void {
    sending = false;
    proof.value = '';
    work = undefined;
    state.hidden = true;
    send.removeAttribute('aria-disabled');
  }

  // Back from the next page, the browser shows this one as it was, or with what stood in its fields: the work was spent.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) rest();
    else if (!sending) proof.value = '';
  });
}

/** A form sent without a line ends on the browser's own page, and what was typed with it. */
async function hasLine(): Promise<boolean> {
  try {
    await fetch('/mark.svg', { method: 'HEAD', cache: 'no-store' });
    return true;
  } catch {
    return false;
  }
}
