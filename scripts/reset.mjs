import './run/node-version.mjs';

import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

import { explain } from './run/failure.mjs';
import { createProgress } from './run/progress.mjs';
import { runAlone } from './run/session.mjs';
import { readSettings } from './run/settings.mjs';
import { removePlace } from './servers/postgres-place.mjs';

/** `npm run reset`: empties the local data. What DATABASE_URL or KAFKA_BROKERS name is not touched. */
const progress = createProgress();

async function reset(dataFolder) {
  removePlace(path.join(dataFolder, 'postgresql'));
  for (const name of readdirSync(dataFolder).filter((entry) => entry !== 'run.json')) {
    rmSync(path.join(dataFolder, name), { recursive: true, force: true });
  }
  progress.print(`${dataFolder} is empty. The next \`npm start\` begins with the example story.`);
  return 0;
}

try {
  const { dataFolder } = readSettings(process.env);
  if (!existsSync(dataFolder)) {
    progress.print(`There is no data: ${dataFolder} does not exist.`);
  } else {
    await runAlone({
      dataFolder,
      progress,
      interruptedCode: 130,
      work: () => reset(dataFolder),
    });
  }
} catch (error) {
  progress.print(explain(error));
  process.exit(1);
}
