import { groupBy } from '../../vocabulary/group-by.ts';

/** A settled order of a known customer, as one model version counts it. */
export type CustomerOrder = {
  /** Customers with the same email hash are one person. */
  person_id: string;
  model_version_id: string;
  order_id: string;
  sale_time: Date;
  currency: string;
  /** All of it that could be credited, credited or not. */
  revenue_minor: bigint;
  /** Who holds most of its credit; null when no campaign holds any. */
  campaign_id: string | null;
  is_first: boolean;
  is_acquiring: boolean;
};

/**
 * Says of each person's orders which is the first under a version, and which acquired the person: the first that a
 * campaign holds credit of. By sale time, then by id, so that the order of arrival does not matter. Pure.
 */
export function markFirsts(orders: CustomerOrder[]): CustomerOrder[] {
  return [...groupBy(orders, personKey).values()].flatMap((group) => {
    const inTime = group.toSorted(byTime);
    const acquiring = inTime.find(({ campaign_id }) => campaign_id !== null);
    return inTime.map((order, place) => ({
      ...order,
      is_first: place === 0,
      is_acquiring: order === acquiring,
    }));
  });
}

/** A person under a version. */
export function personKey({ person_id, model_version_id }: CustomerOrder): string {
  return `${person_id}|${model_version_id}`;
}

function byTime(a: CustomerOrder, b: CustomerOrder): number {
  return a.sale_time.getTime() - b.sale_time.getTime() || (a.order_id < b.order_id ? -1 : 1);
}
