/** The cookie that says a person has shown who they are: for one form, unreadable by scripts, gone with the browser. */
const nameOf = (formId: string, https: boolean) =>
  `${https ? '__Host-' : ''}undertone-intake-${formId.slice(0, 8)}`;

export function passCookie(formId: string, pass: string, https: boolean): string {
  return `${nameOf(formId, https)}=${pass}; Path=/; HttpOnly; SameSite=Lax${https ? '; Secure' : ''}`;
}

/** All passes the request carries are tried: a token names its form only to the server. */
export function readPass(header: string | null, formId: string, https: boolean): string | undefined {
  const start = `${nameOf(formId, https)}=`;
  return (header ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(start))
    ?.slice(start.length);
}
