import { migrate } from '#libs/ledger';
import { loadConfig } from '#libs/platform';
import { Command, CommandRunner } from 'nest-commander';
import { migrateSettings } from '../settings.ts';

@Command({
  name: 'migrate',
  description:
    'Brings the schemas of the ledger to the newest version, and makes the roles that are ' +
    'missing. Safe to repeat and to run at once. DATABASE_URL must be allowed to create roles.',
})
export class MigrateCommand extends CommandRunner {
  async run(): Promise<void> {
    const done = await migrate(loadConfig(migrateSettings).DATABASE_URL);
    const told = done.length === 0 ? 'Nothing to migrate' : `Migrated: ${done.join(', ')}`;
    process.stdout.write(`${told}.\n`);
  }
}
