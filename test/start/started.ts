import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What a start printed, and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** A start under way: `node scripts/start.mjs`, or `npm start`. */
export interface Started {
  readonly process: ChildProcess;
  /** What it has printed so far. */
  output(): string;
  /** Resolves once it has printed `text`; rejects with its output where it ends first. */
  printed(text: string): Promise<void>;
  readonly ended: Promise<Ended>;
}

/** A data folder and ports of one spec's own. */
export interface Place {
  readonly folder: string;
  readonly ports: Readonly<Record<'api' | 'ingester' | 'projector' | 'postgres' | 'kafka', number>>;
  readonly env: Readonly<Record<string, string>>;
  remove(): void;
}

export async function makePlace(): Promise<Place> {
  const folder = mkdtempSync(path.join(tmpdir(), 'deal-ledger-start-'));
  chmodSync(folder, 0o755); // As root, PostgreSQL runs as another user.
  const [api, ingester, projector, postgres, kafka, controller] = await freePorts();
  return {
    folder,
    ports: { api, ingester, projector, postgres, kafka },
    env: {
      DEAL_LEDGER_DATA: folder,
      API_PORT: String(api),
      INGESTER_PORT: String(ingester),
      PROJECTOR_PORT: String(projector),
      POSTGRES_PORT: String(postgres),
      KAFKA_PORT: String(kafka),
      KAFKA_CONTROLLER_PORT: String(controller),
      DATABASE_URL: '',
      KAFKA_BROKERS: '',
    },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs a command of package.json's in the project's folder. */
export function run(command: readonly string[], env: Readonly<Record<string, string>>): Started {
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    cwd: path.join(import.meta.dirname, '..', '..'),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const ended = new Promise<Ended>((resolve) => {
    child.on('exit', (code) => {
      resolve({ code, output });
    });
  });
  return {
    process: child,
    output: () => output,
    printed: (text) => printed(child, text, () => output),
    ended,
  };
}

/** Ends a start that a failed spec left running. */
export async function end({ process: child, ended }: Started): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  await ended;
}

/** The processes that a run has written down as its own. */
export function childrenOf({ folder }: Place): number[] {
  const run = JSON.parse(readFileSync(path.join(folder, 'run.json'), 'utf8')) as {
    children: { pid: number }[];
  };
  return run.children.map(({ pid }) => pid);
}

/** Resolves once none of the processes lives; rejects after `withinMs`. */
export async function gone(pids: readonly number[], withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (pids.some(isAlive)) {
    if (performance.now() > deadline) {
      throw new Error(`Still alive: ${pids.filter(isAlive).join(', ')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export function listen(port = 0): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      resolve(server);
    });
  });
}

export const portOf = (server: Server): number => (server.address() as AddressInfo).port;

async function freePorts(): Promise<[number, number, number, number, number, number]> {
  const servers = await Promise.all([listen(), listen(), listen(), listen(), listen(), listen()]);
  const ports = servers.map(portOf) as [number, number, number, number, number, number];
  for (const server of servers) server.close();
  return ports;
}

async function printed(child: ChildProcess, text: string, output: () => string): Promise<void> {
  while (!output().includes(text)) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`It ended without printing "${text}":\n${output()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
