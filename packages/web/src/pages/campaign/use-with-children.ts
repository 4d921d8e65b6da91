import { useUrlState } from '../../url-state.ts';

/** Whether a campaign's figures include those of the campaigns below it; stands in the address. */
export function useWithChildren(): [boolean, (withChildren: boolean) => void] {
  const [state, change] = useUrlState();
  return [
    state.children === 'with',
    (withChildren) => change({ children: withChildren ? 'with' : undefined }),
  ];
}
