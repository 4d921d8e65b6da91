export type CountryValue = {
  /** ISO 3166, two letters. */
  country: string;
  value: number;
};

export type WorldMapProps = {
  /** What the map shows, for those who do not see it; its table stands beside it. */
  label: string;
  countries: CountryValue[];
  /** What is counted: "visits". */
  unit: string;
  format: (value: number) => string;
};
