/** The whole city, which is no row. */
export interface CityRef {
  code: string;
}
