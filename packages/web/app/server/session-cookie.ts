/**
 * The cookie that carries a staff session's token. Over https it has the `__Host-` prefix: browsers then refuse it
 * from subdomains, from other paths and without `Secure`.
 */
const nameFor = (https: boolean) => (https ? '__Host-undertone' : 'undertone');

/** @returns the token as the browser sent it, unverified; undefined when there is none */
export function readSessionToken(
  cookieHeader: string | null | undefined,
  https: boolean,
): string | undefined {
  return readCookie(cookieHeader, nameFor(https));
}

function readCookie(cookieHeader: string | null | undefined, name: string): string | undefined {
  for (const part of (cookieHeader ?? '').split(';')) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) {
      const value = part.slice(at + 1).trim();
      return /^[\w.~-]{20,400}$/.test(value) ? value : undefined;
    }
  }
  return undefined;
}

/** The cookie ends with the browser; the session's own limits are kept on the server. */
export function sessionCookie(token: string, https: boolean): string {
  return `${nameFor(https)}=${token}; Path=/; HttpOnly; SameSite=Lax${https ? '; Secure' : ''}`;
}

export function endedSessionCookie(https: boolean): string {
  return `${nameFor(https)}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0${https ? '; Secure' : ''}`;
}

/** Between password and code: a ticket that opens nothing by itself, for ten minutes. */
const ticketNameFor = (https: boolean) => (https ? '__Host-undertone-ticket' : 'undertone-ticket');

export function readTicket(cookieHeader: string | null | undefined, https: boolean): string | undefined {
  return readCookie(cookieHeader, ticketNameFor(https));
}

export function ticketCookie(ticket: string, https: boolean): string {
  return `${ticketNameFor(https)}=${ticket}; Path=/; Max-Age=600; HttpOnly; SameSite=Strict${https ? '; Secure' : ''}`;
}

export function endedTicketCookie(https: boolean): string {
  return `${ticketNameFor(https)}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict${https ? '; Secure' : ''}`;
}
