import type { Branch, ClinicFacts } from './schema.ts';

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

type Reach = Pick<ClinicFacts, 'addressLines' | 'town' | 'phone'>;

/**
 * Where a person finds a branch and how she calls it; what the branch has not said of itself, the clinic's stands for. Its
 * name is null where there are no others to tell it from, or no branch is meant.
 */
export function reachOf(
  facts: Reach,
  branches: readonly Branch[],
  branchId: string | null | undefined,
): Reach & { readonly branchName: string | null } {
  const branch = branches.find(({ id }) => id === branchId);
  if (branch === undefined) return { ...facts, branchName: null };
  return {
    branchName: branches.length > 1 ? branch.name : null,
    addressLines: branch.addressLines ? [...branch.addressLines] : facts.addressLines,
    town: branch.addressLines ? branch.town : facts.town,
    phone: branch.phone ?? facts.phone,
  };
}

export interface Sender {
  /** The clinic, and the branch where there are several. */
  readonly name: string;
  readonly phone: string | null;
  /** The lines under a letter: name, where it is, telephone. */
  readonly signature: string;
  /** The same for a message that is paid by its length: without the address. */
  readonly shortSignature: string;
}

/** Who a message is from. */
export function senderOf(
  clinic: { readonly name: string; readonly facts: Reach },
  branches: readonly Branch[],
  branchId: string | null | undefined,
): Sender {
  const { branchName, addressLines, town, phone } = reachOf(clinic.facts, branches, branchId);
  const oneLine = (parts: readonly (string | null | undefined)[]) =>
    parts
      .filter((part) => (part ?? '') !== '')
      .join(', ')
      .replaceAll(/[\r\n]+/g, ' ');
  const name = oneLine([clinic.name, branchName]);
  const lines = [name, oneLine([...(addressLines ?? []), town]), phone ?? ''];
  return {
    name,
    phone,
    signature: lines.filter((line) => line !== '').join('\n'),
    shortSignature: oneLine([name, phone]),
  };
}
