// Coarse places of addresses, from a local database file only: no address ever leaves this machine for it.
import { readFileSync } from 'node:fs';
import { type CityResponse, Reader } from 'mmdb-lib';
import { AppError } from './errors.ts';
import { truncatedIp } from './event-rows.ts';

export interface Place {
  /** ISO 3166-1 alpha-2. */
  country: string;
  region: string;
  city: string;
}

/**
 * Reads a MaxMind database of cities or countries. The answer is for the shortened address (IPv4 /24, IPv6 /48), and
 * undefined where the database knows nothing; without a path there is no place at all.
 * Throws at once when the file is not such a database.
 */
export function openPlaces(path: string | undefined): (address: string) => Place | undefined {
  if (path === undefined) return () => undefined;
  let reader: Reader<CityResponse>;
  try {
    reader = new Reader<CityResponse>(readFileSync(path));
  } catch (error) {
    throw new AppError(
      'invalid_input',
      `GEOIP_DATABASE (${path}) is not a readable .mmdb file; correct the path or leave the variable out.`,
      { cause: error },
    );
  }
  return (address) => {
    const coarse = truncatedIp(address);
    if (coarse === '') return undefined;
    const found = reader.get(coarse);
    if (found === null) return undefined;
    return {
      country: found.country?.iso_code ?? '',
      region: found.subdivisions?.[0]?.names?.en ?? '',
      city: found.city?.names?.en ?? '',
    };
  };
}
