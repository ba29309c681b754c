/** Values nested deeper are refused: whoever reads a claim may recurse into it. */
export const DEPTH_MAX = 100;

/**
 * The canonical text of a JSON value (RFC 8785): no spaces, keys by UTF-16 code units, numbers
 * and escapes as ECMAScript writes them.
 *
 * Null where there is none: a number beyond the doubles (RFC 7493), nesting beyond DEPTH_MAX, or
 * no JSON at all. Lone surrogates are for the caller to have refused. `quote` writes a string:
 * `quoteUnescaped` will do for all values of a text that has no backslash.
 */
export function canonicalText(value: unknown, quote = quoteAny, depth = 0): string | null {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return value - value === 0 ? JSON.stringify(value) : null;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value !== 'object') return null;
  if (value === null) return 'null';
  if (depth === DEPTH_MAX) return null;
  if (Array.isArray(value)) return listText(value, quote, depth);
  return objectText(value as JsonObject, quote, depth);
}

type JsonObject = Readonly<Record<string, unknown>>;
type Quote = (text: string) => string;

/** What JSON must escape; DEL and the line separators it need not. */
const ESCAPED = /[\u0000-\u001f"\\\ud800-\udfff]/;

/** RFC 8785 takes its escapes from ECMAScript's JSON.stringify, which most strings do not need. */
export const quoteAny: Quote = (text) => (ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`);

/** What JSON must escape can only have come in behind a backslash. */
export const quoteUnescaped: Quote = (text) => `"${text}"`;

function listText(items: readonly unknown[], quote: Quote, depth: number): string | null {
  if (items.length === 0) return '[]';
  let list = '';
  for (let i = 0; i < items.length; i++) {
    const item = canonicalText(items[i], quote, depth + 1);
    if (item === null) return null;
    list += i === 0 ? `[${item}` : `,${item}`;
  }
  return `${list}]`;
}

function objectText(object: JsonObject, quote: Quote, depth: number): string | null {
  const { keys, openings } = shapes.of(object);
  let text = '';
  for (let i = 0; i < keys.length; i++) {
    const value = object[keys[i] as string];
    const member =
      typeof value === 'string' ? quote(value) : canonicalText(value, quote, depth + 1);
    if (member === null) return null;
    text += openings[i] as string;
    text += member;
  }
  return keys.length === 0 ? '{}' : `${text}}`;
}

/** The keys of an object in canonical order, each with the text before its value. */
interface Shape {
  readonly keys: readonly string[];
  readonly openings: readonly string[];
}

function shapeOf(unordered: string[]): Shape {
  const keys = unordered.sort(); // By UTF-16 code units, as RFC 8785 asks.
  return {
    keys,
    openings: keys.map((key, i) => `${i === 0 ? '{' : ','}${quoteAny(key)}:`),
  };
}

/**
 * Remembers the shapes of small objects by their keys as they come: claims of one publisher
 * share a few dozen. Sorting anew takes half of the whole canonicalisation. What is remembered
 * is bounded in shapes, keys and their length, and forgotten whole once full.
 */
class Shapes {
  static readonly #NODES_MAX = 4_096;
  static readonly #KEYS_MAX = 48;
  static readonly #KEY_LENGTH_MAX = 64;
  #root = new ShapeNode();
  #nodes = 0;

  of(object: JsonObject): Shape {
    let node = this.#root;
    let keys = 0;
    for (const key in object) {
      const known = node.next.get(key);
      if (known !== undefined) {
        node = known;
        keys += 1;
        continue;
      }
      if (++keys > Shapes.#KEYS_MAX || key.length > Shapes.#KEY_LENGTH_MAX)
        return shapeOf(Object.keys(object));
      node = this.#grow(node, key);
    }
    return (node.shape ??= shapeOf(Object.keys(object)));
  }

  #grow(node: ShapeNode, key: string): ShapeNode {
    if (this.#nodes >= Shapes.#NODES_MAX) {
      this.#root = new ShapeNode();
      this.#nodes = 0;
    }
    const grown = new ShapeNode();
    node.next.set(key, grown);
    this.#nodes += 1;
    return grown;
  }
}

class ShapeNode {
  readonly next = new Map<string, ShapeNode>();
  shape: Shape | null = null;
}

const shapes = new Shapes();
