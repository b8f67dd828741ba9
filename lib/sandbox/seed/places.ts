import type { Place } from '../records.ts'

/** The places that the seed's jobs are in. */
export const places = {
  rotterdam: place('Rotterdam', 'South Holland', 'Netherlands', 'NL', '51.92, 4.47'),
  venlo: place('Venlo', 'Limburg', 'Netherlands', 'NL', '51.37, 6.17'),
  schiphol: place('Schiphol', 'North Holland', 'Netherlands', 'NL', '52.30, 4.76'),
  felixstowe: place('Felixstowe', 'England', 'United Kingdom', 'GB', '51.96, 1.35'),
  daventry: place('Daventry', 'England', 'United Kingdom', 'GB', '52.25, -1.16'),
  london: place('London', 'England', 'United Kingdom', 'GB', '51.50, -0.12'),
  hamburg: place('Hamburg', 'Hamburg', 'Germany', 'DE', '53.55, 9.99'),
  munich: place('München', 'Bayern', 'Germany', 'DE', '48.13, 11.58'),
  gdansk: place('Gdańsk', 'Pomorskie', 'Poland', 'PL', '54.35, 18.64'),
  antwerp: place('Antwerpen', 'Vlaanderen', 'Belgium', 'BE', '51.22, 4.40'),
} as const satisfies Record<string, Place>

export type PlaceName = keyof typeof places

export const placeNames = Object.keys(places) as [PlaceName, ...PlaceName[]]

function place(city: string, region: string, country: string, countryCode: string, coords: string): Place {
  return { city, region, country, countryCode, coords }
}
