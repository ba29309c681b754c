/** Names a field whose word decides. */
export interface When {
  readonly field: string;
  readonly is: readonly string[];
}

/** A rule between the fields of one claim; its check and its JSON Schema stand side by side. */
export type Condition =
  | { readonly rule: 'required' | 'absent'; readonly field: string; readonly when: When }
  | { readonly rule: 'together'; readonly fields: readonly [string, string] };

/** The field of a broken condition, and what should have been there. */
export interface Breach {
  readonly field: string;
  readonly expected: string;
}

/** How the data breaks the condition; null if it does not. */
export function breachOf(condition: Condition, data: object): Breach | null {
  const fields = data as Readonly<Record<string, unknown>>;
  if (condition.rule === 'together') {
    const missing = condition.fields.filter((name) => fields[name] === undefined);
    if (missing.length !== 1) return null;
    return { field: missing.join(), expected: `${condition.fields.join(' and ')} together` };
  }
  const { rule, field, when } = condition;
  const word = fields[when.field];
  if (typeof word !== 'string' || !when.is.includes(word)) return null;
  const isThere = fields[field] !== undefined;
  if (isThere === (rule === 'required')) return null;
  const expected = rule === 'required' ? `${field}, which is required` : `no ${field}`;
  return { field, expected: `${expected} where ${when.field} is ${word}` };
}

/** The same rule as a JSON Schema. */
export function schemaOf(condition: Condition): object {
  if (condition.rule === 'together') {
    const [a, b] = condition.fields;
    return { dependentRequired: { [a]: [b], [b]: [a] } };
  }
  const { rule, field, when } = condition;
  const required = { required: [field] };
  return {
    if: { properties: { [when.field]: { enum: when.is } }, required: [when.field] },
    then: rule === 'required' ? required : { not: required },
  };
}
