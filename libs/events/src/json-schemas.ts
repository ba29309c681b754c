import { z } from 'zod';
import { CLAIM_TYPES, claimTypes, type ClaimType } from './claim.ts';
import { schemaOf } from './conditions.ts';
import { examples } from './examples.ts';
import type { CompiledVersion } from './versions.ts';

export type SchemaName = `${ClaimType}/v${number}`;

/**
 * JSON Schema (draft 2020-12) of the data of every type and version, named as a dataschema ends.
 * Extra fields are allowed. A schema cannot say that a key or a number must be one that RFC 8785
 * can write, nor that a source is counted in bytes: `read` is stricter by that much.
 */
export function jsonSchemas(): Record<SchemaName, object> {
  const schemas: Record<SchemaName, object> = {};
  for (const type of CLAIM_TYPES) {
    const versions = claimTypes[type];
    for (let version = 1; version <= versions.newest; version++) {
      const example = version === versions.newest ? { examples: [examples[type]] } : {};
      const title = `${type}/v${version}` as const;
      schemas[title] = { title, ...jsonSchemaOf(versions.at(version)), ...example };
    }
  }
  return schemas;
}

function jsonSchemaOf({ schema, conditions }: CompiledVersion): object {
  const form = z.toJSONSchema(schema, { io: 'input' });
  return conditions.length === 0 ? form : { ...form, allOf: conditions.map(schemaOf) };
}
