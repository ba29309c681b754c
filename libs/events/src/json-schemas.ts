import { z } from 'zod';
import { CLAIM_TYPES, claimTypes, type ClaimType } from './claim.ts';
import { schemaOf } from './conditions.ts';
import type { CompiledVersion } from './versions.ts';

/** JSON Schema (draft 2020-12) of the data of every type and version. Extra fields are allowed. */
export function jsonSchemas(): Record<`${ClaimType}/v${number}`, object> {
  const schemas: Record<`${ClaimType}/v${number}`, object> = {};
  for (const type of CLAIM_TYPES) {
    const versions = claimTypes[type];
    for (let version = 1; version <= versions.newest; version++)
      schemas[`${type}/v${version}`] = jsonSchemaOf(versions.at(version));
  }
  return schemas;
}

function jsonSchemaOf({ schema, conditions }: CompiledVersion): object {
  const form = z.toJSONSchema(schema, { io: 'input' });
  return conditions.length === 0 ? form : { ...form, allOf: conditions.map(schemaOf) };
}
