/** Names a field whose word decides. */
export interface When {
  readonly field: string;
  readonly is: readonly string[];
}

/** A rule between fields of one claim. */
export type Condition =
  | { readonly rule: 'required' | 'absent'; readonly field: string; readonly when: When }
  | { readonly rule: 'together'; readonly fields: readonly [string, string] };
