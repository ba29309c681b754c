/**
 * The links of `mention` that lead to what is said under an id of a company: at home there, or
 * that another id is to be read under it. SQL, of an expression of the id.
 */
export function linksTo(id: string): string {
  return `'company:' || ${id}, 'joined-to:' || ${id}`;
}
