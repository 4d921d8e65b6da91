import { useUrlState } from '../url-state.ts';

export type TableState = { sort: { id: string; desc: boolean } | undefined; page: number };

/**
 * How a table is sorted and which page it shows, kept in the address as `sort=-revenue&page=2`; a second table of a
 * view gives a prefix.
 */
export function useTableState(
  prefix: string,
  fallback: TableState['sort'],
): [TableState, (changes: Partial<TableState>) => void] {
  const [state, change] = useUrlState();
  const sortName = `${prefix}sort`;
  const pageName = `${prefix}page`;
  const current = { sort: readSort(state[sortName]) ?? fallback, page: readPage(state[pageName]) };
  return [
    current,
    ({ sort = current.sort, page = 0 }) =>
      change({
        [sortName]: sort === undefined || sameSort(sort, fallback) ? undefined : writeSort(sort),
        [pageName]: page === 0 ? undefined : String(page + 1),
      }),
  ];
}

function readSort(text: string | undefined): TableState['sort'] {
  if (text === undefined || text === '') return undefined;
  return text.startsWith('-') ? { id: text.slice(1), desc: true } : { id: text, desc: false };
}

function writeSort({ id, desc }: NonNullable<TableState['sort']>): string {
  return desc ? `-${id}` : id;
}

function sameSort(a: TableState['sort'], b: TableState['sort']): boolean {
  return a?.id === b?.id && a?.desc === b?.desc;
}

function readPage(text: string | undefined): number {
  const page = Number(text);
  return Number.isInteger(page) && page >= 1 ? page - 1 : 0;
}
