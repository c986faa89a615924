/** A bound on a column, in plain words. */
export interface Bound<Value> {
  readonly atLeast?: Value;
  readonly above?: Value;
  readonly atMost?: Value;
  readonly below?: Value;
  readonly not?: Value | null;
}

/** Conditions that all hold: a value, null, one of a list, or bounds. */
export type Where<Row> = {
  readonly [Key in keyof Row]?:
    | Row[Key]
    | null
    | readonly NonNullable<Row[Key]>[]
    | Bound<NonNullable<Row[Key]>>;
};

export interface FindOptions<Row> {
  readonly order?: { readonly [Key in keyof Row]?: "asc" | "desc" };
  readonly limit?: number;
  readonly offset?: number;
}
