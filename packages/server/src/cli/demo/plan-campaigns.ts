import type { Calendar } from './calendar.ts';
import type { LifeEvent, PlannedCampaign, Selection } from './campaign-plan.ts';
import type { CatalogueProduct } from './catalogue.ts';

/** Something done to a campaign on a day. Products are named by SKU. */
export type CampaignStep = { at: Date; code: string } & (
  | { do: 'create'; starts_at: Date; ends_at: Date | null; campaign: PlannedCampaign; skus: string[] }
  | { do: 'run' | 'pause' | 'end' | 'archive'; reason: string | undefined }
  | { do: 'target' | 'untarget'; skus: string[] }
);

/** A campaign laid out over the days. */
export type LaidOutCampaign = {
  campaign: PlannedCampaign;
  /** From which day on the installation knows of it. */
  enteredOn: number;
  stepsOn(day: number): CampaignStep[];
  /** What it promotes on a day; nothing while it does not run. */
  promotedOn(day: number): ReadonlySet<string>;
};

const hourMilliseconds = 3_600_000;

/** Lays the campaigns out over the days. One whose time does not come within them is left out. Pure. */
export function planCampaigns(
  plan: PlannedCampaign[],
  catalogue: CatalogueProduct[],
  calendar: Calendar,
): LaidOutCampaign[] {
  return plan.flatMap((campaign) => {
    const start = calendar.dayOf(campaign.starts);
    return start === undefined ? [] : [layOut(campaign, start, catalogue, calendar)];
  });
}

function layOut(
  campaign: PlannedCampaign,
  start: number,
  catalogue: CatalogueProduct[],
  calendar: Calendar,
): LaidOutCampaign {
  const skusOf = (selections: Selection[]) =>
    catalogue
      .filter(({ sku, category }) => selections.includes(sku) || selections.includes(category))
      .map(({ sku }) => sku);
  // What is still to come was written down last week.
  const enteredOn =
    campaign.remains === undefined ? start + (campaign.enteredLate ?? 0) : Math.max(0, calendar.days - 7);
  const steps = stepsOf(campaign, { start, enteredOn }, skusOf, calendar);
  const end = campaign.lasts === undefined ? Number.POSITIVE_INFINITY : start + campaign.lasts;
  return {
    campaign,
    enteredOn,
    stepsOn: (day) =>
      steps.filter((step) => step.day === day).map(({ day: _, ...step }) => step as CampaignStep),
    promotedOn: (day) =>
      campaign.remains === undefined && day >= start && day < end
        ? promotedAfter(
            skusOf(campaign.targets),
            steps.filter((step) => step.day <= day),
          )
        : new Set(),
  };
}

type DatedStep = CampaignStep & { day: number };

function stepsOf(
  campaign: PlannedCampaign,
  { start, enteredOn }: { start: number; enteredOn: number },
  skusOf: (selections: Selection[]) => string[],
  calendar: Calendar,
): DatedStep[] {
  const { code, lasts, life = [], remains } = campaign;
  const at = (day: number, hour: number) =>
    new Date(calendar.startOf(day).getTime() + hour * hourMilliseconds);
  const created: DatedStep = {
    day: enteredOn,
    at: at(enteredOn, 0),
    code,
    do: 'create',
    starts_at: calendar.startOf(start),
    ends_at: lasts === undefined ? null : calendar.startOf(start + lasts),
    campaign,
    skus: skusOf(campaign.targets),
  };
  const began: DatedStep = { day: enteredOn, at: at(enteredOn, 0), code, do: 'run', reason: undefined };
  const lived = life.map((event): DatedStep => {
    const day = start + event.after;
    return { day, at: at(day, 9), code, ...deedOf(event, skusOf) };
  });
  return [created, ...(remains === 'draft' ? [] : [began]), ...lived];
}

function deedOf(event: LifeEvent, skusOf: (selections: Selection[]) => string[]) {
  if ('pause' in event) return { do: 'pause', reason: event.pause } as const;
  if ('resume' in event) return { do: 'run', reason: event.resume } as const;
  if ('end' in event) return { do: 'end', reason: event.end } as const;
  if ('archive' in event) return { do: 'archive', reason: event.archive } as const;
  if ('target' in event) return { do: 'target', skus: skusOf(event.target) } as const;
  return { do: 'untarget', skus: skusOf(event.untarget) } as const;
}

function promotedAfter(first: string[], steps: DatedStep[]): Set<string> {
  const skus = new Set(first);
  let runs = true;
  for (const step of steps) {
    if (step.do === 'run') runs = true;
    if (step.do === 'pause' || step.do === 'end') runs = false;
    if (step.do === 'target') for (const sku of step.skus) skus.add(sku);
    if (step.do === 'untarget') for (const sku of step.skus) skus.delete(sku);
  }
  return runs ? skus : new Set();
}
