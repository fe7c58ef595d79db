/** The largest number the database keeps a version as: no plan has so many. */
const mostVersions = 2 ** 31 - 1;

/** `?version=` of an address; undefined without one, which means the latest. */
export function versionOf(url: URL): number | undefined {
  const asked = Number(url.searchParams.get('version') ?? Number.NaN);
  return Number.isSafeInteger(asked) && asked > 0 ? Math.min(asked, mostVersions) : undefined;
}
