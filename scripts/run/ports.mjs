import { createServer } from 'node:net';

import { Failure } from './failure.mjs';
import { portVariable } from './settings.mjs';

/** Throws one Failure that names every port somebody else listens on. */
export async function requireFree(ports) {
  const taken = [];
  for (const [name, port] of Object.entries(ports)) {
    if (!(await isFree(port))) {
      taken.push(`port ${port} (${name}): set ${portVariable(name)} to another, or end its user`);
    }
  }
  if (taken.length === 0) return;
  throw new Failure(taken.length === 1 ? 'A port is in use.' : 'Ports are in use.', {
    hints: taken,
  });
}

/** As many ports as asked for that are free on the loopback now. */
export async function freePorts(count) {
  const servers = await Promise.all(Array.from({ length: count }, () => listen(0)));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

async function isFree(port) {
  try {
    const server = await listen(port);
    await new Promise((done) => server.close(done));
    return true;
  } catch (error) {
    if (error.code === 'EADDRINUSE') return false;
    throw new Failure(`Port ${port} cannot be used: ${error.message}.`);
  }
}

const listen = (port) =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
