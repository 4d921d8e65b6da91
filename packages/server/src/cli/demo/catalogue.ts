/** The shop of the demo: gear for weather that was not in the forecast. */
export const shop = {
  name: 'Drizzle & Dune',
  source: 'drizzle-and-dune',
  site: 'https://drizzle-and-dune.example',
  email: 'demo@drizzle-and-dune.example',
} as const;

export type Category =
  | 'Jackets'
  | 'Footwear'
  | 'Tents & sleep'
  | 'Packs'
  | 'Camp kitchen'
  | 'Layers'
  | 'Small comforts';

/** When something sells: in the cold, in the warm, or always. */
export type Season = 'cold' | 'warm' | 'always';

export type CatalogueProduct = {
  sku: string;
  name: string;
  category: Category;
  /** In euros. */
  price: number;
  /** What one piece costs us, in euros; null where nobody ever told. */
  cost: number | null;
  season: Season;
  /** How often it sells, beside the others. */
  popularity: number;
};

type Row = [
  sku: string,
  name: string,
  price: number,
  cost: number | null,
  season: Season,
  popularity: number,
];

export const catalogue: CatalogueProduct[] = [
  ...inCategory('Jackets', [
    ['JK-101', 'Puddle Pact rain jacket', 159, 62, 'always', 9],
    ['JK-102', 'Sideways Rain shell', 249, 104, 'cold', 5],
    ['JK-103', 'Almost Summit down jacket', 289, 131, 'cold', 5],
    ['JK-104', 'Windbag windbreaker', 89, 31, 'always', 6],
    ['JK-105', 'Dune Walker sun hoodie', 69, 22, 'warm', 6],
    ['JK-106', 'Little Drizzle kids’ rain suit', 79, 33, 'always', 4],
  ]),
  ...inCategory('Footwear', [
    ['FW-201', 'Questionable Shortcut trail shoe', 139, 58, 'always', 10],
    ['FW-202', 'Scenic Route hiking boot', 199, 92, 'cold', 7],
    ['FW-203', 'Low Tide sandal', 75, 27, 'warm', 6],
    ['FW-204', 'Mud Diplomat rubber boot', 64, 24, 'cold', 4],
    ['FW-205', 'Second Wind approach shoe', 149, 66, 'always', 4],
    ['FW-206', 'Sock of the North, merino', 19.9, 5.6, 'cold', 14],
    ['FW-207', 'Blister Negotiator sock, 3 pairs', 29.9, 8.4, 'always', 9],
  ]),
  ...inCategory('Tents & sleep', [
    ['TS-301', 'Two Is Company tent', 349, 168, 'warm', 4],
    ['TS-302', 'Three Is a Holiday tent', 429, 214, 'warm', 3],
    ['TS-303', 'Bear-Free Dreams sleeping bag', 179, 77, 'warm', 5],
    ['TS-304', 'Five More Minutes sleeping mat', 99, 38, 'warm', 6],
    ['TS-305', 'Between Two Trees hammock', 59, 18, 'warm', 5],
    ['TS-306', 'Borrowed Pillow', 24.9, 7.2, 'always', 5],
  ]),
  ...inCategory('Packs', [
    ['PK-401', 'Just the Essentials pack, 65 l', 229, 108, 'warm', 3],
    ['PK-402', 'Overnight Maybe pack, 38 l', 149, 64, 'always', 5],
    ['PK-403', 'Lunch Included daypack, 22 l', 89, 35, 'always', 8],
    ['PK-404', 'Pocketful hip bag', 39, 12, 'always', 6],
    ['PK-405', 'Everything Stays Dry sack, set of 3', 34.9, 10.5, 'always', 5],
  ]),
  ...inCategory('Camp kitchen', [
    ['CK-501', 'Second Breakfast gas stove', 69, 26, 'warm', 5],
    ['CK-502', 'Emotional Support thermos', 39.9, 13.1, 'cold', 11],
    ['CK-503', 'One Pot Truce cook set', 54, 20, 'warm', 4],
    ['CK-504', 'Spork Treaty, titanium', 12.9, 3.1, 'always', 8],
    ['CK-505', 'Campfire Opera kettle', 44, 17, 'always', 3],
    ['CK-506', 'Good Morning, Mountain coffee press', 36, null, 'always', 4],
  ]),
  ...inCategory('Layers', [
    ['LY-601', 'Itch-Free Promise base layer', 79, 29, 'cold', 7],
    ['LY-602', 'Campfire Smell fleece', 99, 37, 'cold', 7],
    ['LY-603', 'Knees Welcome trekking trousers', 109, 44, 'always', 5],
    ['LY-604', 'Cloud Nine-ish beanie', 27.9, 7.9, 'cold', 9],
    ['LY-605', 'Warm Handshake gloves', 44.9, 15.2, 'cold', 6],
  ]),
  ...inCategory('Small comforts', [
    ['SC-701', 'Just-in-Case head torch', 45, 16, 'cold', 7],
    ['SC-702', 'North-ish compass', 32, 9.5, 'always', 3],
    ['SC-703', 'Wasp Whisperer repellent', 9.9, 2.4, 'warm', 8],
    ['SC-704', 'Plan B plasters and tape', 7.9, 1.9, 'always', 9],
    ['SC-705', 'Map You Can Fold Again', 14.9, null, 'always', 4],
  ]),
];

function inCategory(category: Category, rows: Row[]): CatalogueProduct[] {
  return rows.map(([sku, name, price, cost, season, popularity]) => ({
    sku,
    name,
    category,
    price,
    cost,
    season,
    popularity,
  }));
}
