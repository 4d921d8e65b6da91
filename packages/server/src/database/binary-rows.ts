/** The types whose values are written here: `bytea` from text as PostgreSQL has it, `\\x1f…`. */
export type BinaryType = keyof typeof oids;

/**
 * Rows as one array of a row type, in PostgreSQL's binary format (`array_recv`, `record_recv` in its sources): what it reads
 * of sixty clicks takes it a sixth less time than an array of text for each of their columns, which it takes apart
 * character by character.
 *
 * @param rowType its oid
 * @param columns all of the type, in its order
 */
export function binaryRows<Row>(
  rows: readonly Row[],
  rowType: number,
  columns: readonly (readonly [name: keyof Row, type: BinaryType])[],
): Buffer {
  const out = new Growing(headBytes + rows.length * usualRowBytes);
  for (const head of [1, 0, rowType, rows.length, 1]) out.int(head);
  for (const row of rows) {
    const start = out.skipLength();
    out.int(columns.length);
    for (const [name, type] of columns) {
      out.int(oids[type]);
      writeValue(out, type, row[name]);
    }
    out.setLength(start);
  }
  return out.written();
}

// As pg_type.dat has them; those of built-in types never change.
const oids = { text: 25, jsonb: 3802, uuid: 2950, timestamptz: 1184, bytea: 17 };
const headBytes = 20;
const usualRowBytes = 1024;
// The version of its format, before the text of a jsonb.
const jsonVersion = 1;

function writeValue(out: Growing, type: BinaryType, value: unknown): void {
  if (value === null) out.int(nothing);
  else if (type === 'text') out.text(value as string);
  else if (type === 'jsonb') out.text(JSON.stringify(value), jsonVersion);
  else if (type === 'timestamptz') out.instant(value as Date);
  else out.hex(value as string, type === 'bytea' ? 2 : 0);
}

// In place of a length.
const nothing = -1;

/** Bytes that are written one value after another, each behind its length. */
class Growing {
  private buffer: Buffer;
  private at = 0;

  constructor(bytes: number) {
    this.buffer = Buffer.allocUnsafe(bytes);
  }

  int(value: number): void {
    this.hold(4);
    this.put(value, this.at);
    this.at += 4;
  }

  text(text: string, before?: number): void {
    // A unit of UTF-16 is three bytes of UTF-8 at most.
    this.hold(5 + text.length * 3);
    const start = this.skipLength();
    if (before !== undefined) this.buffer[this.at++] = before;
    this.at += text.length < shortText ? this.shortText(text) : this.buffer.write(text, this.at);
    this.setLength(start);
  }

  /** Of digits, with or without hyphens among them. */
  hex(digits: string, from: number): void {
    this.hold(4 + digits.length / 2);
    const start = this.skipLength();
    for (let place = from; place < digits.length; place += 2) {
      if (digits.charCodeAt(place) === hyphen) place += 1;
      const high = digitOf[digits.charCodeAt(place)]!;
      this.buffer[this.at++] = high * 16 + digitOf[digits.charCodeAt(place + 1)]!;
    }
    this.setLength(start);
  }

  /** In microseconds since 2000, as 64 bits. */
  instant(at: Date): void {
    const microseconds = (at.getTime() - year2000) * 1000;
    const high = Math.floor(microseconds / 2 ** 32);
    this.int(8);
    this.int(high);
    this.int(microseconds - high * 2 ** 32);
  }

  skipLength(): number {
    this.hold(4);
    this.at += 4;
    return this.at;
  }

  setLength(start: number): void {
    this.put(this.at - start, start - 4);
  }

  written(): Buffer {
    return this.buffer.subarray(0, this.at);
  }

  /** The words of our own are short, and a call of the system for each takes longer than to write them. */
  private shortText(text: string): number {
    for (let place = 0; place < text.length; place += 1) {
      const code = text.charCodeAt(place);
      if (code > 127) return this.buffer.write(text, this.at);
      this.buffer[this.at + place] = code;
    }
    return text.length;
  }

  private put(value: number, at: number): void {
    const { buffer } = this;
    buffer[at] = value >>> 24;
    buffer[at + 1] = value >>> 16;
    buffer[at + 2] = value >>> 8;
    buffer[at + 3] = value;
  }

  private hold(bytes: number): void {
    const needed = this.at + bytes;
    if (needed <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.buffer.length * 2));
    this.buffer.copy(larger, 0, 0, this.at);
    this.buffer = larger;
  }
}

const year2000 = Date.UTC(2000, 0, 1);
const shortText = 32;
const hyphen = '-'.charCodeAt(0);
const digitOf = Uint8Array.from(
  { length: 128 },
  (_, code) => Number.parseInt(String.fromCharCode(code), 16) || 0,
);
