/**
 * What a check-in does with scripts: keeps what is given in this tab, and sends it without leaving the page. A line that
 * drops then takes nothing away, the photograph neither. Without scripts the form is sent as any other.
 */
import { faultsOf, type GivenAnswers, readAnswers } from './check-in-form.ts';

const form = document.querySelector<HTMLFormElement>('form[data-checkin]');
if (form) run(form);

function run(page: HTMLFormElement): void {
  // The link's secret, not the address: one check-in may be read in four languages.
  const key = `undertone-checkin-${page.dataset.checkin}`;
  const send = page.querySelector<HTMLButtonElement>('[data-send]') as HTMLButtonElement;
  const sending = page.querySelector<HTMLElement>('[data-sending]') as HTMLElement;
  const lost = page.querySelector<HTMLElement>('[data-lost]') as HTMLElement;

  if (page.dataset.state === 'open') recall();
  else if (page.dataset.state === 'answered') forget();

  function show(given: GivenAnswers): void {
    const put = (name: string, values: readonly string[]) => {
      for (const box of page.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`))
        box.checked = values.includes(box.value);
    };
    put('course', given.course === null ? [] : [given.course]);
    put('sign', given.signs);
    put('detail', given.details);
    put('none', given.none ? ['1'] : []);
    (page.elements.namedItem('text') as HTMLTextAreaElement).value = given.text;
  }

  // A browser that refuses storage keeps nothing; the page works without.
  function recall(): void {
    try {
      const kept = sessionStorage.getItem(key);
      if (kept !== null) show(JSON.parse(kept) as GivenAnswers);
    } catch {
      return;
    }
  }

  function forget(): void {
    try {
      sessionStorage.removeItem(key);
    } catch {
      return;
    }
  }

  const given = () => readAnswers(new FormData(page));
  page.addEventListener('input', () => {
    try {
      sessionStorage.setItem(key, JSON.stringify(given()));
    } catch {
      return;
    }
  });

  let isSending = false;
  page.addEventListener('submit', (event) => {
    // What is missing the clinic says, with the whole page.
    const { course, signs } = faultsOf(given());
    if (course || signs) return;
    event.preventDefault();
    if (!isSending) void sendWhole();
  });

  async function sendWhole(): Promise<void> {
    isSending = true;
    send.setAttribute('aria-disabled', 'true');
    sending.hidden = false;
    lost.hidden = true;
    try {
      const reply = await fetch(page.action, { method: 'POST', body: new FormData(page) });
      if (reply.redirected && reply.ok) {
        forget();
        location.replace(reply.url);
        return;
      }
      if (reply.status < 500) {
        page.submit();
        return;
      }
    } catch {
      // No line: everything stays as it is on the page.
    }
    isSending = false;
    send.removeAttribute('aria-disabled');
    sending.hidden = true;
    lost.hidden = false;
    lost.focus();
  }
}
