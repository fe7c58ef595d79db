/** `?version=` of an address; undefined without one, which means the latest. */
export function versionOf(url: URL): number | undefined {
  const asked = Number(url.searchParams.get('version') ?? Number.NaN);
  return Number.isSafeInteger(asked) && asked > 0 ? asked : undefined;
}
