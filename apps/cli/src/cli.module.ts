import { Module } from '@nestjs/common';
import { InjectCommander } from 'nest-commander';
import { ImportOcfCommand } from './import-ocf/import-ocf.command.ts';
import { ImportCommand } from './import.command.ts';
import { MigrateCommand } from './migrate/migrate.command.ts';
import { PublishCommand } from './publish/publish.command.ts';

/** What the program needs of commander's root command. */
interface Root {
  name(text: string): Root;
  description(text: string): Root;
}

@Module({ providers: [PublishCommand, MigrateCommand, ImportCommand, ImportOcfCommand] })
export class CliModule {
  constructor(@InjectCommander() root: Root) {
    root.name('deal-ledger').description('Loads and looks after a deal ledger.');
  }
}
