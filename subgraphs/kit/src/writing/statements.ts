/** SQL within a transaction, past every scope. */
export interface Statements {
  /** @returns the rows; none for a statement that answers none */
  readonly query: <Row extends object = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ) => Promise<Row[]>;
}
