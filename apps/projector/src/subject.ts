/**
 * What is projected on its own: a party, with its timeline as a company and what is said of it, or
 * the rate of two currencies on a day, by its business key.
 */
export interface Subject {
  readonly kind: 'party' | 'rate';
  readonly name: string;
}

export function subjectName({ kind, name }: Subject): string {
  return `${kind}:${name}`;
}
