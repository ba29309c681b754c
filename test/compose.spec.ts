import { describe, expect, it } from '@jest/globals';
import { defaultTopics } from '#libs/platform';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly depends_on?: Readonly<Record<string, { condition: string }>>;
  readonly healthcheck?: unknown;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
}

const project = path.join(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(path.join(project, file), 'utf8');

/** What can be checked of docker/ where no engine runs. */
describe('docker/compose.yaml', () => {
  const compose = parse(read('docker/compose.yaml'), { merge: true }) as {
    services: Record<string, Service>;
    volumes: Record<string, unknown>;
  };
  const services = Object.entries(compose.services);
  const apps = services.filter(([, { image }]) => image === 'deal-ledger');

  it.each(apps)('starts %s by a file that the build makes', (_name, { command }) => {
    const source = command?.[0]?.replace(/^dist\//, '').replace(/\.js$/, '.ts') ?? '';
    expect(source).toMatch(/^apps\//);
    expect(existsSync(path.join(project, source))).toBe(true);
  });

  it.each(apps)('gives %s only variables that docs/operate.md lists', (_name, service) => {
    const listed = new Set(read('docs/operate.md').match(/`[A-Z][A-Z0-9_]+`/g));
    const given = Object.keys(service.environment ?? {}).map((name) => `\`${name}\``);
    expect(given.filter((name) => !listed.has(name))).toEqual([]);
  });

  it('makes every topic that the ingester reads by default', () => {
    const made = [...read('docker/compose.yaml').matchAll(/make \d+ (\S+)/g)].map(
      ([, topic]) => topic,
    );
    expect(made.sort()).toEqual([...defaultTopics].sort());
  });

  it('waits only for services that are there, and can tell when they are ready', () => {
    for (const [, { depends_on: needed = {} }] of services) {
      for (const [name, { condition }] of Object.entries(needed)) {
        expect(compose.services).toHaveProperty(name);
        const isHealth = condition === 'service_healthy';
        expect(compose.services[name]?.healthcheck !== undefined).toBe(isHealth);
      }
    }
  });

  it('opens no port beyond the loopback', () => {
    const ports = services.flatMap(([, service]) => service.ports ?? []);
    expect(ports).not.toHaveLength(0);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it('keeps data in volumes that it declares', () => {
    const used = services.flatMap(([, { volumes = [] }]) => volumes.map((v) => v.split(':')[0]));
    expect(used.sort()).toEqual(Object.keys(compose.volumes).sort());
  });

  it('runs the Kafka that npm start runs', () => {
    const [, version] = /kafka_2\.13<\/artifactId>\s*<version>([^<]+)/.exec(
      read('scripts/servers/pom.xml'),
    ) ?? ['', ''];
    expect(compose.services.kafka?.image).toBe(`apache/kafka:${version}`);
  });
});

describe('docker/Dockerfile', () => {
  const copied = [...read('docker/Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
    ([, files = '']) => files.split(' '),
  );

  it.each(copied)('copies %s, which is there and not ignored', (file) => {
    expect(existsSync(path.join(project, file))).toBe(true);
    expect(read('.dockerignore').split('\n')).toContain(`!${file}`);
  });
});
