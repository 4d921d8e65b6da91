import { Skeleton, useComputedColorScheme } from '@mantine/core';
import { lazy, Suspense } from 'react';
import type { WorldMapProps } from './world-map.ts';

const WorldMap = lazy(() => import('./WorldMap.tsx'));

/** A map of the world; its atlas and the library that draws it are loaded with the first one. */
export function LazyWorldMap(props: WorldMapProps) {
  const dark = useComputedColorScheme('light') === 'dark';
  return (
    <Suspense fallback={<Skeleton style={{ aspectRatio: '2 / 1' }} />}>
      <WorldMap {...props} dark={dark} />
    </Suspense>
  );
}
