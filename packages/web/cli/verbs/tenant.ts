import type { Command } from 'commander';
import { badInput, printResult } from '../io.ts';
import { withClinic } from '../with-clinic.ts';

interface AddFlags {
  readonly host: string;
  readonly country: string;
  readonly zone: string;
  readonly currency: string;
  readonly languages: string;
  readonly branch: string;
  readonly json?: true;
}

export function register(program: Command): void {
  const tenant = program.command('tenant').description('The clinics of this installation.');
  tenant
    .command('add')
    .description('Open one more clinic under a host name of its own, and make a link for its owner.')
    .argument('<name>', 'the clinic’s name, as visitors read it')
    .requiredOption('--host <name>', 'host name of its pages; point it at this server')
    .option('--country <code>', 'two letters', 'IN')
    .option('--zone <name>', 'time zone', 'Asia/Kolkata')
    .option('--currency <code>', 'three letters', 'INR')
    .option('--languages <list>', 'languages of its texts, the first one leading', 'en,bn,hi,ne')
    .option('--branch <name>', 'name of its first branch', 'Main')
    .option('--json', 'one JSON object on stdout (format undertone/tenant-added, version 1)')
    .action(async (name: string, { json, languages, ...flags }: AddFlags) => {
      const { openClinic } = await import('@undertone/clinic/open-clinic.ts');
      const spoken = languages.split(',').map((one) => one.trim()) as ('bn' | 'en' | 'hi' | 'ne')[];
      const opened = await withClinic((clinic) => openClinic(clinic, { name, ...flags, languages: spoken }));
      if (!opened.ok) throw badInput(`--${opened.field.split('.')[0]}: ${opened.message}`);
      const { tenantId, url, invite } = opened;
      const expiresAt = invite.expiresAt.toISOString();
      const result = {
        format: 'undertone/tenant-added',
        version: 1,
        tenantId,
        url,
        ownerLink: invite.url,
        expiresAt,
      };
      printResult(json === true, result, () =>
        [
          `${name} is open at ${url}.`,
          `Its owner makes the account with this link (once, until ${expiresAt}):`,
          `  ${invite.url}`,
        ].join('\n'),
      );
    });
  tenant
    .command('list')
    .description('List the clinics and where their pages are.')
    .option('--json', 'one JSON object on stdout (format undertone/tenants, version 1)')
    .action(async ({ json }: { json?: true }) => {
      const { listTenants, tenantSites } = await import('@undertone/clinic/tenant/commands.ts');
      const tenants = await withClinic(async (clinic) => {
        const names = new Map((await listTenants(clinic)).map(({ id, name }) => [id, name]));
        return (await tenantSites(clinic)).map(({ id, publicUrl }) => ({
          id,
          name: names.get(id),
          url: publicUrl,
        }));
      });
      const result = { format: 'undertone/tenants', version: 1, tenants };
      printResult(json === true, result, () =>
        tenants.map(({ id, name, url }) => `${id}  ${url}  ${name}`).join('\n'),
      );
    });
}
