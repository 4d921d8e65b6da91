import { bucketOf } from './buckets.ts';
import { type CreditableLine, measureOrder, type StandingCredit } from './measure-order.ts';
import { addMeasures, type Measures, noMeasures } from './measures.ts';
import type { Subject, SubjectsOf } from './subjects.ts';

export type Basis = 'sale' | 'posted';

/** What stands of one order under one version at one sale time: its credit, and all of it that could be credited. */
export type Standing = {
  model_version_id: string;
  currency: string;
  sale_time: Date;
  credits: StandingCredit[];
  creditable: CreditableLine[];
};

/**
 * Changes of many orders, summed per quarter hour and subject; days are added up from these at the end. Every standing
 * adds to some ten subjects: looking each up in the map of its quarter took a third of the time that a key of text per
 * row took.
 */
export type RollupChanges = Map<string, Cell>;
type Cell = Place & { bySubject: Map<Subject, Measures> };
type Place = { model_version_id: string; basis: Basis; currency: string; bucket: Date };

export type RollupRules = { conserving: (modelVersionId: string) => boolean; subjectsOf: SubjectsOf };

/**
 * Adds to `changes` what it means for the rollups that an order went from `before` to `after`.
 * By sale time each standing counts in the bucket of its own sale; as booked, the difference counts in the bucket of
 * its posting. Order shares and coverage exist by sale time only: the ledger does not keep what was once creditable.
 */
export function changeRollups(
  changes: RollupChanges,
  before: Standing[],
  after: Standing[],
  postedAt: Date,
  rules: RollupRules,
): void {
  for (const [standings, times] of [
    [before, -1n],
    [after, 1n],
  ] as const) {
    for (const standing of standings) {
      const measured = measureStanding(standing, rules);
      addSale(changes, standing, measured, times);
      addPosting(changes, standing, measured, times, postedAt);
    }
  }
}

/** Adds a standing to the rollups by sale time, `times` being 1 or −1. */
export function addBySale(
  changes: RollupChanges,
  standing: Standing,
  times: 1n | -1n,
  rules: RollupRules,
): void {
  addSale(changes, standing, measureStanding(standing, rules), times);
}

/** Adds a standing to the rollups as booked, at the time of its posting. */
export function addByPosting(
  changes: RollupChanges,
  standing: Standing,
  times: 1n | -1n,
  postedAt: Date,
  rules: RollupRules,
): void {
  addPosting(changes, standing, measureStanding(standing, rules), times, postedAt);
}

/** The changes of one quarter hour or day, made when there are none yet. */
export function cellOf(
  changes: RollupChanges,
  { model_version_id, basis, currency, bucket }: Place,
): Map<Subject, Measures> {
  const key = `${bucket.getTime()}|${basis}|${currency}|${model_version_id}`;
  const known = changes.get(key);
  if (known !== undefined) return known.bySubject;
  const bySubject = new Map<Subject, Measures>();
  changes.set(key, { model_version_id, basis, currency, bucket, bySubject });
  return bySubject;
}

/** Adds `times` × `more` to what a cell holds of a subject, in place. */
export function sumInto(
  cell: Map<Subject, Measures>,
  subject: Subject,
  more: Measures,
  times: 1n | -1n,
): void {
  let sum = cell.get(subject);
  if (sum === undefined) {
    sum = noMeasures();
    cell.set(subject, sum);
  }
  addMeasures(sum, more, times);
}

function measureStanding(standing: Standing, rules: RollupRules): Map<Subject, Measures> {
  const model = { conserving: rules.conserving(standing.model_version_id) };
  return measureOrder(standing.credits, standing.creditable, model, rules.subjectsOf);
}

function addSale(
  changes: RollupChanges,
  standing: Standing,
  measured: Map<Subject, Measures>,
  times: 1n | -1n,
): void {
  const bucket = bucketOf(standing.sale_time, 'quarter');
  const cell = cellOf(changes, { ...standing, basis: 'sale', bucket });
  for (const [subject, measures] of measured) sumInto(cell, subject, measures, times);
}

function addPosting(
  changes: RollupChanges,
  standing: Standing,
  measured: Map<Subject, Measures>,
  times: 1n | -1n,
  postedAt: Date,
): void {
  const cell = cellOf(changes, { ...standing, basis: 'posted', bucket: bucketOf(postedAt, 'quarter') });
  for (const [subject, measures] of measured) {
    if (subject.kind === 'creditable' || subject.kind === 'matched') continue;
    sumInto(cell, subject, { ...measures, order_share_e9: 0n }, times);
  }
}
