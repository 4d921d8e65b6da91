/** What a database in MaxMind format says of a network. */
type Value = string | number | Value[] | { [name: string]: Value };

/**
 * A database of places in MaxMind format (version 2.0) that knows one network of IPv4.
 * https://maxmind.github.io/MaxMind-DB/
 *
 * @param network such as `81.2.69.0/24`
 */
export function oneNetworkDatabase(network: string, known: Value): Buffer {
  const [address = '', length = ''] = network.split('/');
  const bits = address.split('.').flatMap((part) => [...Number(part).toString(2).padStart(8, '0')]);
  const nodes = Number(length);
  // A node a bit: one side leads on, the last one to the first byte of the data, the other to nothing.
  const tree = bits.slice(0, nodes).flatMap((bit, place) => {
    const onward = place === nodes - 1 ? nodes + separator.length : place + 1;
    return bit === '0' ? [...record(onward), ...record(nodes)] : [...record(nodes), ...record(onward)];
  });
  const metadata = {
    node_count: nodes,
    record_size: 24,
    ip_version: 4,
    database_type: 'one network',
    languages: ['en'],
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: 1_700_000_000,
    description: { en: 'For tests' },
  };
  return Buffer.concat([
    Buffer.from(tree),
    separator,
    encode(known),
    Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1'),
    encode(metadata),
  ]);
}

const separator = Buffer.alloc(16);

function record(to: number): number[] {
  return [(to >> 16) & 0xff, (to >> 8) & 0xff, to & 0xff];
}

/** Strings and maps of fewer than 29, numbers of 32 bits. */
function encode(value: Value): Buffer {
  if (typeof value === 'string')
    return Buffer.concat([Buffer.from([0x40 | value.length]), Buffer.from(value)]);
  if (typeof value === 'number') {
    const bytes = Buffer.alloc(5, 0xc4);
    bytes.writeUInt32BE(value, 1);
    return bytes;
  }
  if (Array.isArray(value)) return Buffer.concat([Buffer.from([value.length, 4]), ...value.map(encode)]);
  const pairs = Object.entries(value).flatMap(([name, each]) => [encode(name), encode(each)]);
  return Buffer.concat([Buffer.from([0xe0 | Object.keys(value).length]), ...pairs]);
}
