import { ConfigurationError } from '#libs/platform';
import { CommandFactory } from 'nest-commander';
import { CliModule } from './cli.module.ts';
import { exitCodes } from './exit-codes.ts';

// Nest declares its options as a class, and takes literals everywhere.
// eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
await CommandFactory.run(CliModule, {
  errorHandler: (error) => {
    // Commander throws to leave, once it has told help or what is wrong with the arguments.
    process.exit((error as { exitCode?: number }).exitCode ?? exitCodes.broken);
  },
  serviceErrorHandler: (error) => {
    process.stderr.write(`deal-ledger: ${error.message}\n`);
    process.exit(error instanceof ConfigurationError ? exitCodes.misconfigured : exitCodes.broken);
  },
});
