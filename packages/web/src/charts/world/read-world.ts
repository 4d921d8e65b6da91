import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import atlas from 'world-atlas/countries-110m.json' with { type: 'json' };

type Ring = [longitude: number, latitude: number][];
type Country = {
  type: 'Feature';
  properties: { name: string };
  geometry: { coordinates: Ring[] | Ring[][] };
};

/**
 * The countries by the atlas's names, as GeoJSON. The atlas is drawn on a sphere: a ring that crosses the 180th meridian
 * (Russia, Fiji) would run across a flat map, so its western part goes on beyond 180 degrees. Antarctica has no shops.
 */
export function readWorld(): { type: 'FeatureCollection'; features: Country[] } {
  const world = atlas as unknown as Topology<{ countries: GeometryCollection<{ name: string }> }>;
  const { features } = feature(world, world.objects.countries) as unknown as { features: Country[] };
  const inhabited = features.filter(({ properties }) => properties.name !== 'Antarctica');
  for (const { geometry } of inhabited) {
    for (const ring of ringsOf(geometry.coordinates)) unroll(ring);
  }
  return { type: 'FeatureCollection', features: inhabited };
}

/** All rings of a country: outlines, and holes in them. */
export function ringsOf(coordinates: Ring[] | Ring[][]): Ring[] {
  return coordinates.flatMap((part) => (isRing(part) ? [part] : part));
}

function isRing(part: Ring | Ring[]): part is Ring {
  return typeof part[0]?.[0] === 'number';
}

function unroll(ring: Ring): void {
  const crosses = ring.some(
    ([longitude], place) => Math.abs(longitude - (ring[place - 1]?.[0] ?? longitude)) > 180,
  );
  if (!crosses) return;
  for (const point of ring) if (point[0] < 0) point[0] += 360;
}
