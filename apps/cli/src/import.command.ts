import { Command, CommandRunner } from 'nest-commander';
import { ImportOcfCommand } from './import-ocf/import-ocf.command.ts';

@Command({
  name: 'import',
  description: 'Tells what is kept elsewhere as events. `import ocf --help` says how.',
  subCommands: [ImportOcfCommand],
})
export class ImportCommand extends CommandRunner {
  run(): Promise<void> {
    this.command.help();
  }
}
