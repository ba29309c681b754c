import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { Failure } from '../run/failure.mjs';
import { tailOf } from '../run/log.mjs';

const readyWithinMs = 60_000;
/** An app finishes its batch and its answers first, in SHUTDOWN_TIMEOUT_SECONDS (20) at most. */
const stopping = { stopSignal: 'SIGTERM', stopWithinMs: 30_000 };

export const entryPoint = (app) => path.join('dist', 'apps', app, 'src', 'main.js');

/**
 * Starts the ingester, the projector and the API beside each other and waits until all are ready.
 *
 * Returns what Children.serve says of each, by name.
 */
export async function startApps({ children, ports, env, say }) {
  const names = ['ingester', 'projector', 'api'];
  const servers = names.map((name) =>
    children.serve(name, process.execPath, ['--enable-source-maps', entryPoint(name)], {
      env: { ...env, HTTP_PORT: String(ports[name]) },
      ...stopping,
    }),
  );
  const waiting = new Set(names);
  await Promise.all(
    servers.map(async (server) => {
      await ready(server, `http://127.0.0.1:${ports[server.name]}/health/ready`, children);
      waiting.delete(server.name);
      say(`waiting for ${[...waiting].join(', ')}`);
    }),
  );
  return servers;
}

async function ready({ name, ended }, url, children) {
  const deadline = performance.now() + readyWithinMs;
  for (;;) {
    const said = await fetch(url, { signal: AbortSignal.timeout(5_000) })
      .then((response) => (response.ok ? 'ready' : response.text()))
      .catch((error) => String(error.cause?.message ?? error.message));
    if (said === 'ready') return;
    if (performance.now() > deadline) {
      const log = children.logFile(name);
      throw new Failure(
        `The ${name} is not ready after ${readyWithinMs / 1000} s; ${url} says: ${said}`,
        { tail: tailOf(log), log: path.relative(process.cwd(), log) },
      );
    }
    const end = await Promise.race([ended, sleep(100)]);
    if (end instanceof Error) throw end;
  }
}
