/**
 * A map from text to values that is never changed, only succeeded: `set` and `without` cost
 * O(log n) and share all but one path with the map they came from. So a company's state after
 * every day can be kept, and going back to one costs nothing. Keys ascend by UTF-16 code units.
 * An AVL tree.
 */
export class SortedMap<V> {
  readonly #root: Node<V> | null;
  readonly size: number;

  private constructor(root: Node<V> | null, size: number) {
    this.#root = root;
    this.size = size;
  }

  static empty<V>(): SortedMap<V> {
    return new SortedMap<V>(null, 0);
  }

  get(key: string): V | undefined {
    let node = this.#root;
    while (node !== null && node.key !== key) node = key < node.key ? node.left : node.right;
    return node?.value;
  }

  has(key: string): boolean {
    let node = this.#root;
    while (node !== null && node.key !== key) node = key < node.key ? node.left : node.right;
    return node !== null;
  }

  set(key: string, value: V): SortedMap<V> {
    const size = this.has(key) ? this.size : this.size + 1;
    return new SortedMap(insert(this.#root, key, value), size);
  }

  without(key: string): SortedMap<V> {
    return this.has(key) ? new SortedMap(remove(this.#root, key), this.size - 1) : this;
  }

  *entries(): Generator<readonly [string, V]> {
    const path: Node<V>[] = [];
    for (let node = this.#root; node !== null || path.length > 0;) {
      for (; node !== null; node = node.left) path.push(node);
      const next = path.pop();
      if (next === undefined) return;
      yield [next.key, next.value];
      node = next.right;
    }
  }

  *values(): Generator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  *keys(): Generator<string> {
    for (const [key] of this.entries()) yield key;
  }
}

interface Node<V> {
  readonly key: string;
  readonly value: V;
  readonly left: Node<V> | null;
  readonly right: Node<V> | null;
  readonly height: number;
}

type Tree<V> = Node<V> | null;

function insert<V>(tree: Tree<V>, key: string, value: V): Node<V> {
  if (tree === null) return { key, value, left: null, right: null, height: 1 };
  if (key === tree.key) {
    return { key, value, left: tree.left, right: tree.right, height: tree.height };
  }
  return key < tree.key
    ? balance(tree, insert(tree.left, key, value), tree.right)
    : balance(tree, tree.left, insert(tree.right, key, value));
}

function remove<V>(tree: Tree<V>, key: string): Tree<V> {
  if (tree === null) return null;
  if (key < tree.key) return balance(tree, remove(tree.left, key), tree.right);
  if (key > tree.key) return balance(tree, tree.left, remove(tree.right, key));
  if (tree.left === null) return tree.right;
  if (tree.right === null) return tree.left;
  const heir = least(tree.right);
  return balance(heir, tree.left, remove(tree.right, heir.key));
}

function least<V>(tree: Node<V>): Node<V> {
  let node = tree;
  while (node.left !== null) node = node.left;
  return node;
}

/** `top` between two trees whose heights differ by at most two, rotated to differ by at most one. */
function balance<V>(top: Node<V>, left: Tree<V>, right: Tree<V>): Node<V> {
  const slope = heightOf(left) - heightOf(right);
  if (slope > 1 && left !== null) {
    if (heightOf(left.left) >= heightOf(left.right)) {
      return join(left, left.left, join(top, left.right, right));
    }
    const middle = left.right;
    if (middle !== null) {
      return join(middle, join(left, left.left, middle.left), join(top, middle.right, right));
    }
  }
  if (slope < -1 && right !== null) {
    if (heightOf(right.right) >= heightOf(right.left)) {
      return join(right, join(top, left, right.left), right.right);
    }
    const middle = right.left;
    if (middle !== null) {
      return join(middle, join(top, left, middle.left), join(right, middle.right, right.right));
    }
  }
  return join(top, left, right);
}

function join<V>(top: Node<V>, left: Tree<V>, right: Tree<V>): Node<V> {
  const a = heightOf(left);
  const b = heightOf(right);
  return { key: top.key, value: top.value, left, right, height: (a > b ? a : b) + 1 };
}

function heightOf<V>(tree: Tree<V>): number {
  return tree === null ? 0 : tree.height;
}
