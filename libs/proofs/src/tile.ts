/**
 * A tile: up to 256 neighbouring hashes of one level, kept together.
 * Rule: C2SP tlog-tiles
 */
export interface Tile {
  /** Tiles of level L hold the tree's nodes of level 8 · L; level 0 holds the leaf hashes. */
  readonly level: number;
  readonly index: number;
  /** Hashes in it: 256, or fewer in the last one of its level. */
  readonly width: number;
}

export const TILE_WIDTH = 256;

/**
 * The path that C2SP tlog-tiles gives a tile: `tile/<L>/<N>[.p/<W>]`, N in groups of three digits, all but the last led by `x`.
 */
export function tilePath({ level, index, width }: Tile): string {
  const digits = index.toString();
  const padded = digits.padStart(digits.length + ((3 - (digits.length % 3)) % 3), '0');
  const groups = padded.match(/\d{3}/g) ?? [];
  const name = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
  const partial = width === TILE_WIDTH ? '' : `.p/${width.toString()}`;
  return `tile/${level.toString()}/${name}${partial}`;
}

/** The tile of a path, or null where the path names none. */
export function parseTilePath(path: string): Tile | null {
  const match = /^tile\/(\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path);
  if (match === null) return null;
  const [, level = '', name = '', partial] = match;
  const tile = {
    level: parseInt(level, 10),
    index: parseInt(name.replace(/[x/]/g, ''), 10),
    width: partial === undefined ? TILE_WIDTH : parseInt(partial, 10),
  };
  // One tile has one path: no padding but what the format asks for.
  return tile.width > 0 && tilePath(tile) === path ? tile : null;
}

/** The tiles of a tree of `size` leaves at tile level `level`: how many are whole, how wide the rest is. */
export function tilesAt(
  level: number,
  size: number,
): { readonly whole: number; readonly rest: number } {
  let nodes = size;
  for (let below = 0; below < level; below += 1)
    nodes = (nodes - (nodes % TILE_WIDTH)) / TILE_WIDTH;
  const rest = nodes % TILE_WIDTH;
  return { whole: (nodes - rest) / TILE_WIDTH, rest };
}
