import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import {
  boolean,
  ConfigurationError,
  databaseSettings,
  httpSettings,
  integer,
  kafkaSettings,
  list,
  loadConfig,
  saslIsComplete,
  serviceSettings,
} from '#libs/platform';
import type { ConfigurationFault } from '#libs/platform';

const settings = z
  .object({ ...serviceSettings, ...httpSettings(8080), ...databaseSettings, ...kafkaSettings })
  .check(saslIsComplete);
const enough = {
  DATABASE_URL: 'postgres://me:secret@db.example:5432/deals',
  KAFKA_BROKERS: 'a:9092, b:9092,',
};

function faultsOf(environment: NodeJS.ProcessEnv): readonly ConfigurationFault[] {
  try {
    loadConfig(settings, environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    throw error;
  }
  return [];
}

describe('configuration', () => {
  it('reads numbers, booleans and lists from text, and takes an empty variable as absent', () => {
    const config = loadConfig(settings, { ...enough, KAFKA_SSL: 'true', HTTP_PORT: '' });
    expect(config).toMatchObject({
      NODE_ENV: 'development',
      HTTP_PORT: 8080,
      KAFKA_BROKERS: ['a:9092', 'b:9092'],
      KAFKA_SSL: true,
      DATABASE_POOL_MAX: 10,
    });
  });

  it('names every fault at once, and no value', () => {
    const faults = faultsOf({
      DATABASE_URL: 'mysql://me:secret@db/deals',
      KAFKA_SSL: 'maybe',
      HTTP_PORT: '70000',
      DATABASE_POOL_MAX: '1e2',
      NODE_ENV: 'prod',
      KAFKA_SASL_USERNAME: 'me',
    });
    expect(faults.map(({ variable }) => variable).sort()).toEqual([
      'DATABASE_POOL_MAX',
      'DATABASE_URL',
      'HTTP_PORT',
      'KAFKA_BROKERS',
      'KAFKA_SASL_MECHANISM',
      'KAFKA_SASL_PASSWORD',
      'KAFKA_SSL',
      'NODE_ENV',
    ]);
    expect(JSON.stringify(faults)).not.toContain('secret');
    expect(faults).toContainEqual({ variable: 'KAFKA_BROKERS', expected: 'is required' });
  });

  it('asks for a whole Kafka login or none', () => {
    expect(faultsOf({ ...enough, KAFKA_SASL_USERNAME: 'me' })).toEqual([
      {
        variable: 'KAFKA_SASL_MECHANISM',
        expected: 'is required beside the other KAFKA_SASL_ variables',
      },
      {
        variable: 'KAFKA_SASL_PASSWORD',
        expected: 'is required beside the other KAFKA_SASL_ variables',
      },
    ]);
  });

  it('refuses numbers that are not written as digits', () => {
    const one = z.object({ N: integer({ min: 1, max: 5 }) });
    for (const N of ['0', '6', '-1', '1.5', '0x1', 'NaN', '1e0', '９']) {
      expect(() => loadConfig(one, { N })).toThrow('a whole number from 1 to 5 is expected');
    }
    expect(loadConfig(one, { N: ' 5 ' })).toEqual({ N: 5 });
  });

  it('reads the usual words for yes and no', () => {
    const one = z.object({ B: boolean(), L: list(z.string()) });
    expect(loadConfig(one, { B: 'NO', L: 'x' })).toEqual({ B: false, L: ['x'] });
    expect(() => loadConfig(one, { B: 'true', L: ' , ' })).toThrow(ConfigurationError);
  });
});
