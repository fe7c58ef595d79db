/** Address of a clinic's pages: the one of the settings, with the clinic's own host name where it has one. */
export function siteUrl(mainUrl: string, host: string | null): string {
  if (host === null) return mainUrl;
  const url = new URL(mainUrl);
  url.hostname = host;
  return url.origin;
}

/**
 * The clinic a host name leads to: the one it belongs to; else the first one opened, unless that one has a name of its
 * own and this is another.
 */
export function siteOf<S extends { readonly host: string | null }>(
  sites: readonly S[],
  hostname: string,
): S | undefined {
  const host = hostname.toLowerCase();
  return sites.find((site) => site.host === host) ?? sites.find((site) => site.host === null);
}
