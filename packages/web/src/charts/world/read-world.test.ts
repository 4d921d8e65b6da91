import { expect, it } from 'vitest';
import { readWorld, ringsOf } from './read-world.ts';

it('draws no border across the whole map', () => {
  const { features } = readWorld();
  expect(features.length).toBeGreaterThan(150);
  for (const { properties, geometry } of features) {
    for (const ring of ringsOf(geometry.coordinates)) {
      const steps = ring.map(([longitude], place) =>
        Math.abs(longitude - (ring[place - 1]?.[0] ?? longitude)),
      );
      expect(Math.max(...steps), properties.name).toBeLessThan(180);
    }
  }
});
