import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { atlasNameOf } from './atlas-names.ts';

const file = createRequire(import.meta.url).resolve('world-atlas/countries-110m.json');
const atlas = JSON.parse(readFileSync(file, 'utf8'));
const drawn: string[] = atlas.objects.countries.geometries.map(
  ({ properties }: { properties: { name: string } }) => properties.name,
);

it('finds every country of the atlas by its code, but for two that have none', () => {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  const named = new Set(codes.map(atlasNameOf));
  expect(drawn.filter((name) => !named.has(name)).sort()).toEqual(['N. Cyprus', 'Somaliland']);
});

it('knows no name for what is no code', () => {
  expect(atlasNameOf('unknown')).toBeUndefined();
  expect(atlasNameOf('')).toBeUndefined();
});
