import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { FAULTS_MAX, Faults, REASON_CODES, type FaultCode } from './fault.ts';
import { read } from './read.ts';

const fault = (code: FaultCode, pointer: string) => ({ code, pointer, expected: 'something' });

describe('the faults of a record', () => {
  it('begin with the one that decides, and keep the order of those alike', () => {
    const faults = new Faults();
    expect(faults.areNone).toBe(true);
    faults.add(fault('schema-violation', '/b'));
    faults.add(fault('unknown-enum', '/c'));
    faults.add(fault('schema-violation', '/a'));
    expect(faults.list().map(({ pointer }) => pointer)).toEqual(['/c', '/b', '/a']);
    expect(faults.areNone).toBe(false);
  });

  it('are one a pointer, whichever came first', () => {
    const faults = new Faults();
    faults.add(fault('schema-violation', '/id'));
    faults.add(fault('bad-text', '/id'));
    faults.add(fault('schema-violation', '/id'));
    expect(faults.list()).toEqual([fault('bad-text', '/id')]);
  });

  it('end at a bound', () => {
    const faults = new Faults();
    for (let i = 0; i <= FAULTS_MAX; i++) faults.add(fault('schema-violation', `/${i}`));
    expect(faults.isFull).toBe(true);
    expect(faults.list()).toHaveLength(FAULTS_MAX);
  });
});

describe('docs/errors.md', () => {
  const docs = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
  const sections = docs
    .split(/^### /m)
    .map((section) => ({ code: /^`([a-z-]+)`\n/.exec(section)?.[1], section }))
    .filter(({ code }) => (REASON_CODES as readonly (string | undefined)[]).includes(code));

  it('explains every code, in the order in which they decide', () => {
    expect(sections.map(({ code }) => code)).toEqual(REASON_CODES);
  });

  const examples = sections.flatMap(({ code, section }) => {
    const received = /```(?:json|text) received\n(.*?)\n```/s.exec(section)?.[1];
    const faults = /```json faults\n(.*?)\n```/s.exec(section)?.[1];
    return received === undefined || faults === undefined ? [] : [{ code, received, faults }];
  });

  it('has an example of every code that one record can show', () => {
    expect(examples.map(({ code }) => code)).toEqual(
      REASON_CODES.filter(
        (code) => !['too-large', 'empty-value', 'conflicting-duplicate'].includes(code),
      ),
    );
  });

  it.each(examples)('tells the faults of its example of $code', ({ code, received, faults }) => {
    const value = new TextEncoder().encode(received);
    expect(read({ key: null, value, headers: [] })).toMatchObject({
      reason: code,
      faults: JSON.parse(faults) as unknown,
    });
  });
});
