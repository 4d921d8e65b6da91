import type { OrderSettlement } from './settle-order.ts';

/** What a settlement of many orders moves or has moved, per model, currency and campaign. Integers of minor units. */
export type Movement = Map<string, MovedCredit>;
export type MovedCredit = {
  model_version_id: string;
  currency: string;
  campaign_id: string;
  before_minor: bigint;
  after_minor: bigint;
  /** Sum of the absolute differences: credit that went to another line or moment shows even where the sums agree. */
  moved_minor: bigint;
};

/** Adds one order's settlement to a movement, in place. */
export function addMovement(movement: Movement, { posted, differences }: OrderSettlement): void {
  for (const row of posted) {
    const moved = entryOf(movement, row);
    moved.before_minor += row.revenue_minor;
    moved.after_minor += row.revenue_minor;
  }
  for (const difference of differences) {
    const moved = entryOf(movement, difference);
    moved.after_minor += difference.revenue_minor;
    moved.moved_minor += difference.revenue_minor < 0n ? -difference.revenue_minor : difference.revenue_minor;
  }
}

type Place = Pick<MovedCredit, 'model_version_id' | 'currency' | 'campaign_id'>;

function entryOf(movement: Movement, place: Place): MovedCredit {
  const known = movement.get(keyOf(place));
  if (known !== undefined) return known;
  const { model_version_id, currency, campaign_id } = place;
  const nothing = { before_minor: 0n, after_minor: 0n, moved_minor: 0n };
  const moved = { model_version_id, currency, campaign_id, ...nothing };
  movement.set(keyOf(place), moved);
  return moved;
}

function keyOf({ model_version_id, currency, campaign_id }: Place): string {
  return `${model_version_id}|${currency}|${campaign_id}`;
}

/** A movement as it is kept between batches, integers as text. */
export function packMovement(movement: Movement): PackedCredit[] {
  return [...movement.values()].map((moved) => ({
    ...moved,
    before_minor: String(moved.before_minor),
    after_minor: String(moved.after_minor),
    moved_minor: String(moved.moved_minor),
  }));
}

export function unpackMovement(packed: unknown): Movement {
  return new Map(
    (packed as PackedCredit[]).map((moved) => [
      keyOf(moved),
      {
        ...moved,
        before_minor: BigInt(moved.before_minor),
        after_minor: BigInt(moved.after_minor),
        moved_minor: BigInt(moved.moved_minor),
      },
    ]),
  );
}

type PackedCredit = { [Key in keyof MovedCredit]: string };
