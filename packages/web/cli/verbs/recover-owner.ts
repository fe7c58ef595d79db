import type { Command } from 'commander';
import { badInput, printResult } from '../io.ts';
import { withClinic } from '../with-clinic.ts';

export function register(program: Command): void {
  program
    .command('recover-owner')
    .description('Make a link with which an owner who is locked out chooses a new password.')
    .argument('<email>', 'the owner’s e-mail address')
    .option('--json', 'one JSON object on stdout (format undertone/recover-owner, version 1)')
    .addHelpText(
      'after',
      '\nEnds her sessions and takes off the second step at sign-in; both are in the audit log. The link works once.',
    )
    .action(async (email: string, { json }: { json?: true }) => {
      const { createRecoveryLink } = await import('@undertone/clinic/staff/commands.ts');
      const { mainTenant } = await import('@undertone/clinic/tenant/commands.ts');
      const made = await withClinic(async (clinic) =>
        createRecoveryLink(clinic, (await mainTenant(clinic))?.id ?? '', email),
      );
      if (!('url' in made)) throw badInput('there is no owner with this address; check the spelling.');
      const expiresAt = made.expiresAt.toISOString();
      const result = { format: 'undertone/recover-owner', version: 1, url: made.url, expiresAt };
      printResult(json === true, result, () => `${made.url}\nworks once, until ${expiresAt}`);
    });
}
