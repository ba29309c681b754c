import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { Failure } from './failure.mjs';

export const projectFolder = fileURLToPath(new URL('../../', import.meta.url));

/** Environment variable and default of every port that a start takes. */
const portVariables = {
  api: ['API_PORT', 8080],
  ingester: ['INGESTER_PORT', 8081],
  projector: ['PROJECTOR_PORT', 8082],
  postgres: ['POSTGRES_PORT', 15432],
  kafka: ['KAFKA_PORT', 19092],
  kafkaController: ['KAFKA_CONTROLLER_PORT', 19093],
};

/**
 * Where a start keeps its data and listens, read from the environment.
 *
 * Throws one Failure that lists every wrong variable at once.
 */
export function readSettings(env) {
  const faults = [];
  const ports = {};
  for (const [name, [variable, fallback]] of Object.entries(portVariables)) {
    const text = env[variable] || String(fallback);
    const port = Number(text);
    if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) ports[name] = port;
    else faults.push(`${variable}: expected a port from 1 to 65535, not "${text}"`);
  }
  for (const [port, names] of namesByPort(ports)) {
    if (names.length < 2) continue;
    const variables = names.map((name) => portVariables[name][0]).join(' and ');
    faults.push(`${variables}: expected different ports, not ${port} for both`);
  }
  if (faults.length > 0) throw new Failure('The environment is wrong.', { hints: faults });
  return {
    ports,
    dataFolder: path.resolve(projectFolder, env.DEAL_LEDGER_DATA || '.data'),
    cacheFolder: path.resolve(
      env.DEAL_LEDGER_CACHE ||
        path.join(env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'deal-ledger'),
    ),
    databaseUrl: env.DATABASE_URL || undefined,
    kafkaBrokers: env.KAFKA_BROKERS || undefined,
  };
}

export const portVariable = (name) => portVariables[name][0];

function namesByPort(ports) {
  const names = new Map();
  for (const [name, port] of Object.entries(ports)) {
    names.set(port, [...(names.get(port) ?? []), name]);
  }
  return names;
}
