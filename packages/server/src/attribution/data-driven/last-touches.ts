import type { Matrix } from './lay-out.ts';
import { type Block, width } from './sweep.ts';

/**
 * Puts the states of a chain together by the campaign touched last, each as often as paths reach it, and inverts what
 * is then a chain of order one: I − P, its rows weighted. Such a matrix needs no pivoting, since every path ends.
 *
 * @returns row by row, a row and a column for each campaign
 */
export function* invertLastTouches(matrix: Matrix): Generator<number, Float64Array> {
  const { campaigns: size } = matrix;
  const inverse = weigh(matrix);
  // Gauss and Jordan, in place.
  for (let pivot = 0; pivot < size; pivot += 1) {
    const own = inverse.subarray(pivot * size, (pivot + 1) * size);
    const scale = 1 / own[pivot]!;
    own[pivot] = 1;
    for (let column = 0; column < size; column += 1) own[column]! *= scale;
    for (let row = 0; row < size; row += 1) {
      const start = row * size;
      const factor = inverse[start + pivot]!;
      if (row === pivot || factor === 0) continue;
      inverse[start + pivot] = 0;
      for (let column = 0; column < size; column += 1) inverse[start + column]! -= factor * own[column]!;
    }
    if (pivot % 64 === 63) yield 0;
  }
  return inverse;
}

function weigh({ campaigns, first, to, probability, reached, last }: Matrix): Float64Array {
  const weights = new Float64Array(campaigns * campaigns);
  for (let state = 1; state < last.length; state += 1) {
    const row = last[state]! * campaigns;
    weights[row + last[state]!]! += reached[state]!;
    for (let step = first[state]!; step < first[state + 1]!; step += 1) {
      weights[row + last[to[step]!]!]! -= reached[state]! * probability[step]!;
    }
  }
  return weights;
}

/**
 * Adds to the chances of all states of one last touch what is left over of them together. In each column the campaign
 * that is removed there has no part in it: the inverse without its row and column differs from the whole one by a
 * product of the two, divided by what stands where they cross.
 */
export function correctByLastTouch(matrix: Matrix, inverse: Float64Array, block: Block): void {
  const { first, holding, left, chances } = block;
  for (let column = 0; column < holding.length; column += 1) left[(first + column) * width + column] = 0;
  const change = multiply(inverse, left, matrix.campaigns);
  for (let column = 0; column < holding.length; column += 1) {
    const out = first + column;
    const factor = change[out * width + column]! / inverse[out * matrix.campaigns + out]!;
    for (let row = 0; row < matrix.campaigns; row += 1) {
      change[row * width + column]! -= factor * inverse[row * matrix.campaigns + out]!;
    }
  }
  for (let state = 1; state < matrix.last.length; state += 1) {
    const own = state * width;
    const row = matrix.last[state]! * width;
    for (let column = 0; column < width; column += 1) chances[own + column]! += change[row + column]!;
  }
  for (const [column, places] of holding.entries()) {
    for (const place of places) chances[place * width + column] = 0;
  }
}

/** `inverse` times `left`, whose rows have a column for each campaign of the block. */
function multiply(inverse: Float64Array, left: Float64Array, size: number): Float64Array {
  const product = new Float64Array(size * width);
  for (let row = 0; row < size; row += 1) {
    const own = row * width;
    for (let column = 0; column < size; column += 1) {
      const factor = inverse[row * size + column]!;
      for (let place = 0; place < width; place += 1) {
        product[own + place]! += factor * left[column * width + place]!;
      }
    }
  }
  return product;
}
